package io.countersign.presign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The type that OSS stores of a form. Each condition is about the field that it names and about no other, and of the types that are sent, the field {@code x-oss-content-type} goes
 * before the type of the file's part, and that before the field {@code content-type} (help.aliyun.com, "PostObject").
 */
public final class StoredType {
    private static final String HTML = "text/html";

    private StoredType() {}

    /** Whatever else the holder of a form sends, OSS stores this type or refuses. */
    public static void requireOnly(Map<String, String> fields, String type) {
        assertThat(of(fields, Optional.empty())).contains(type);
        assertThat(of(fields, Optional.of(HTML))).contains(type);
        for (String field : List.of("content-type", "x-oss-content-type")) {
            Map<String, String> without = new LinkedHashMap<>(fields);
            without.remove(field);
            Map<String, String> with = new LinkedHashMap<>(fields);
            with.put(field, HTML);
            for (Map<String, String> changed : List.of(without, with)) {
                assertThat(of(changed, Optional.empty())).isEmpty();
                assertThat(of(changed, Optional.of(HTML))).isEmpty();
            }
        }
    }

    /** @return empty when a condition on a type refuses the form */
    private static Optional<String> of(Map<String, String> fields, Optional<String> fileType) {
        try {
            byte[] policy = Base64.getDecoder()
                    .decode(Optional.ofNullable(fields.get("policy")).orElseThrow());
            for (Value condition :
                    Members.array(Members.of(Values.parse(policy)).required("conditions"))) {
                List<Value> parts = Members.array(condition);
                boolean refused = parts.get(1) instanceof Value.StringValue about
                        && about.text().endsWith("content-type")
                        && !permitted(parts.get(2))
                                .contains(Optional.ofNullable(
                                                fields.get(about.text().substring(1)))
                                        .orElse(""));
                if (refused) {
                    return Optional.empty();
                }
            }
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
        return Optional.ofNullable(fields.get("x-oss-content-type"))
                .or(() -> fileType)
                .or(() -> Optional.ofNullable(fields.get("content-type")));
    }

    private static List<String> permitted(Value value) {
        List<Value> values = value instanceof Value.ArrayValue array ? array.elements() : List.of(value);
        return values.stream()
                .map(one -> ((Value.StringValue) one).text().replace("\\$", "$"))
                .toList();
    }
}
