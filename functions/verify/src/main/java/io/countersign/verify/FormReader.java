package io.countersign.verify;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.verify.SubmittedForm.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code {"fields":[[name,value]],"fileLength"}}. */
final class FormReader {
    private FormReader() {}

    static Optional<SubmittedForm> read(Optional<Value> form) throws InvalidDocumentException {
        if (form.isEmpty()) {
            return Optional.empty();
        }
        Members members = Members.of(form.get());
        List<Field> fields = new ArrayList<>();
        for (Value element : Members.array(members.required("fields"))) {
            fields.add(field(element));
        }
        SubmittedForm submitted = new SubmittedForm(fields, members.optionalInteger("fileLength", 0, Long.MAX_VALUE));
        members.done();
        return Optional.of(submitted);
    }

    private static Field field(Value element) throws InvalidDocumentException {
        List<Value> pair = Members.array(element);
        if (pair.size() != 2) {
            throw new InvalidDocumentException(element.at(), "expected a pair [name, value]");
        }
        return new Field(Members.string(pair.get(0)), Members.string(pair.get(1)));
    }
}
