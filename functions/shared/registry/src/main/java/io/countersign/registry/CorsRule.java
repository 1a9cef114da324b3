package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import java.util.List;
import java.util.OptionalLong;

/**
 * A CORS rule of a bucket, with the members of OSS's PutBucketCors.
 *
 * @param allowedOrigins exact, or with one {@code *}
 * @param allowedMethods GET, PUT, DELETE, POST, HEAD
 * @param allowedHeaders names, each exact or with one {@code *}
 * @param maxAgeSeconds how long a browser may cache the answer
 */
public record CorsRule(
        List<String> allowedOrigins,
        List<String> allowedMethods,
        List<String> allowedHeaders,
        List<String> exposeHeaders,
        OptionalLong maxAgeSeconds) {
    public CorsRule {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedMethods = List.copyOf(allowedMethods);
        allowedHeaders = List.copyOf(allowedHeaders);
        exposeHeaders = List.copyOf(exposeHeaders);
    }

    /** The JSON form of a CORS rule inside a bucket's payload. */
    static final class CorsText {
        private CorsText() {}

        static void put(JsonText.ObjectWriter json, CorsRule rule) {
            json.put("allowedOrigins", rule.allowedOrigins())
                    .put("allowedMethods", rule.allowedMethods())
                    .put("allowedHeaders", rule.allowedHeaders())
                    .put("exposeHeaders", rule.exposeHeaders());
            rule.maxAgeSeconds().ifPresent(seconds -> json.put("maxAgeSeconds", seconds));
        }

        static CorsRule read(Members members) throws InvalidDocumentException {
            CorsRule rule = new CorsRule(
                    ItemFields.strings(members, "allowedOrigins"),
                    ItemFields.strings(members, "allowedMethods"),
                    ItemFields.strings(members, "allowedHeaders"),
                    ItemFields.strings(members, "exposeHeaders"),
                    members.optionalInteger("maxAgeSeconds", 0, Integer.MAX_VALUE));
            members.done();
            return rule;
        }
    }
}
