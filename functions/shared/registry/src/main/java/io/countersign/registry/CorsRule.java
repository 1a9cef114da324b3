package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import java.util.List;
import java.util.OptionalLong;

/**
 * One CORS rule of a bucket, as OSS's PutBucketCors takes it.
 *
 * @param allowedOrigins exact, or with one {@code *}
 * @param allowedMethods GET, PUT, DELETE, POST, HEAD
 * @param allowedHeaders names, each exact or with one {@code *}
 * @param maxAgeSeconds how long a browser may keep the answer
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

    /** A CORS rule inside a bucket's payload. */
    static final class CorsText {
        private CorsText() {}

        static void put(JsonText.JsonObjectWriter json, CorsRule rule) {
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
