package io.countersign.verify;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code {name: value or [values]}} as header lines. Whether HTTP allows them is judged with the request. */
final class HeaderLines {
    private HeaderLines() {}

    static Headers read(Value value) throws InvalidDocumentException {
        if (!(value instanceof ObjectValue object)) {
            throw new InvalidDocumentException(value.at(), "expected an object of header names, found " + value.kind());
        }
        List<HeaderField> lines = new ArrayList<>();
        for (var member : object.members().entrySet()) {
            for (String text : Members.strings(member.getValue())) {
                lines.add(new HeaderField(member.getKey(), text));
            }
        }
        return new Headers(lines);
    }
}
