package io.countersign.presign;

import io.countersign.identity.delegation.SigningTable;
import io.countersign.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the policy of a form (docs/protocol.md 4). The policy binds every field of the form, and the requested key, length and types. */
final class PolicyText {
    private static final DateTimeFormatter EXPIRATION = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private PolicyText() {}

    /** @param fixed further fields of the form with their only permitted values */
    static String base64(PostPolicyRequest request, Map<String, String> fixed, Instant expiration) {
        String json = JsonText.object(policy -> policy.put("expiration", EXPIRATION.format(expiration))
                .array("conditions", conditions -> conditions(request, fixed, conditions)));
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static void conditions(
            PostPolicyRequest request, Map<String, String> fixed, JsonText.ArrayWriter conditions) {
        equal(conditions, "bucket", request.place().bucket());
        switch (request.place()) {
            case SigningTable.UploadPlace.Key key -> equal(conditions, "key", key.key());
            case SigningTable.UploadPlace.Below below ->
                conditions.array(condition -> {
                    condition.add("starts-with");
                    condition.add("$key");
                    condition.add(escaped(below.prefix()));
                });
        }
        conditions.array(condition -> {
            condition.add("content-length-range");
            condition.add(request.length().min());
            condition.add(request.length().max());
        });
        FormSigner.UploadForm.TYPES.forEach(field -> types(field, request.contentTypes(), conditions));
        fixed.forEach((field, value) -> equal(conditions, field, value));
    }

    private static void types(String field, List<String> types, JsonText.ArrayWriter conditions) {
        if (types.size() > 1) {
            conditions.array(condition -> {
                condition.add("in");
                condition.add("$" + field);
                condition.array(values -> types.forEach(type -> values.add(escaped(type))));
            });
        } else {
            types.forEach(type -> equal(conditions, field, type));
        }
    }

    private static void equal(JsonText.ArrayWriter conditions, String field, String value) {
        conditions.array(condition -> {
            condition.add("eq");
            condition.add("$" + field);
            condition.add(escaped(value));
        });
    }

    /** Escapes dollar signs, which policies write as {@code \$}. */
    private static String escaped(String value) {
        return value.replace("$", "\\$");
    }
}
