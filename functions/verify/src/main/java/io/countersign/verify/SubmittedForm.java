package io.countersign.verify;

import java.util.List;
import java.util.OptionalLong;

/**
 * The multipart form of a POST upload, without its file.
 *
 * @param fields in the order of the form, repeated ones kept
 * @param fileLength bytes of the file
 */
public record SubmittedForm(List<Field> fields, OptionalLong fileLength) {
    public SubmittedForm {
        fields = List.copyOf(fields);
    }

    /** One field by its name, as it was sent. */
    public record Field(String name, String value) {}
}
