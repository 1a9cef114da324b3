package io.countersign.verify.decide;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The multipart form of a POST upload, without its file.
 *
 * @param fields in the order of the form, with duplicates
 * @param fileLength the length of the file in bytes
 */
public record SubmittedForm(List<Field> fields, OptionalLong fileLength) {
    public SubmittedForm {
        fields = List.copyOf(fields);
    }

    /** One field with its name, as it was sent. */
    public record Field(String name, String value) {}

    /**
     * The fields of a form by name. Sources disagree whether names are case-sensitive (docs/protocol.md 4). Here they are not, and two names that
     * differ only in case are a duplicate, which is refused: the storage might use the other field.
     */
    static final class FormFields {
        private final Map<String, String> values;

        private FormFields(Map<String, String> values) {
            this.values = values;
        }

        /** @throws OssRefusal MalformedPOSTRequest when a field is duplicated or has no name */
        static FormFields of(SubmittedForm form) throws OssRefusal {
            Map<String, String> values = new LinkedHashMap<>();
            for (SubmittedForm.Field field : form.fields()) {
                String name = lower(field.name());
                if (name.isEmpty() || values.putIfAbsent(name, field.value()) != null) {
                    throw new OssRefusal(
                            OssError.MALFORMED_POST_REQUEST,
                            "A field of the form is duplicated or has no name; send each field once, with its name.");
                }
            }
            return new FormFields(values);
        }

        Optional<String> value(String name) {
            return Optional.ofNullable(values.get(lower(name)));
        }

        /** In lower case. */
        Set<String> names() {
            return values.keySet();
        }

        boolean hasAny(String... names) {
            for (String name : names) {
                if (value(name).isPresent()) {
                    return true;
                }
            }
            return false;
        }

        /** @throws OssRefusal InvalidArgument when the field is missing */
        String required(String name) throws OssRefusal {
            return required(name, OssError.INVALID_ARGUMENT);
        }

        /** @throws OssRefusal this error when the field is missing */
        String required(String name, OssError otherwise) throws OssRefusal {
            return value(name)
                    .orElseThrow(() -> new OssRefusal(
                            otherwise, "The form lacks the field " + name + "; add it before the file."));
        }

        static String lower(String name) {
            return name.toLowerCase(Locale.ROOT);
        }
    }
}
