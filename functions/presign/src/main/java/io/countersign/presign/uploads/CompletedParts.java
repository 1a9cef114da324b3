package io.countersign.presign.uploads;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.Upload;
import io.countersign.upstream.xml.PartList;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the parts that a client lists to complete an upload. */
final class CompletedParts {
    private static final int MAX_ETAG = 130;

    private CompletedParts() {}

    /** Reads {@code {"parts": [{"PartNumber", "ETag"}]}}. A part may have its size, which is not believed. */
    static List<PartList.Part> read(Members members) throws InvalidDocumentException {
        Value list = members.required("parts");
        List<Value> elements = Members.array(list);
        if (elements.isEmpty() || elements.size() > Upload.MAX_PARTS) {
            throw new InvalidDocumentException(list.at(), "expected from 1 to " + Upload.MAX_PARTS + " parts");
        }
        List<PartList.Part> parts = new ArrayList<>(elements.size());
        Set<Integer> seen = new TreeSet<>();
        for (Value element : elements) {
            PartList.Part part = part(Members.of(element));
            if (!seen.add(part.number())) {
                throw new InvalidDocumentException(element.at(), "this part is duplicated; name it once");
            }
            parts.add(part);
        }
        return parts;
    }

    private static PartList.Part part(Members members) throws InvalidDocumentException {
        int number = (int) Members.integer(members.required("PartNumber"), 1, Upload.MAX_PARTS);
        String eTag = members.string("ETag");
        if (eTag.isEmpty() || eTag.length() > MAX_ETAG) {
            throw new InvalidDocumentException(members.required("ETag").at(), "expected the ETag of the part's answer");
        }
        members.optional("Size");
        members.done();
        return new PartList.Part(number, eTag);
    }
}
