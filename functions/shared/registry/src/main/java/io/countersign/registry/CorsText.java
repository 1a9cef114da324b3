package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonObjectWriter;
import io.countersign.json.Members;

/** A CORS rule inside a bucket's payload. */
final class CorsText {
    private CorsText() {}

    static void put(JsonObjectWriter json, CorsRule rule) {
        json.put("allowedOrigins", rule.allowedOrigins())
                .put("allowedMethods", rule.allowedMethods())
                .put("allowedHeaders", rule.allowedHeaders())
                .put("exposeHeaders", rule.exposeHeaders());
        rule.maxAgeSeconds().ifPresent(seconds -> json.put("maxAgeSeconds", seconds));
    }

    static CorsRule read(Members members) throws InvalidDocumentException {
        CorsRule rule = new CorsRule(
                Stored.strings(members, "allowedOrigins"),
                Stored.strings(members, "allowedMethods"),
                Stored.strings(members, "allowedHeaders"),
                Stored.strings(members, "exposeHeaders"),
                members.optionalInteger("maxAgeSeconds", 0, Integer.MAX_VALUE));
        members.done();
        return rule;
    }
}
