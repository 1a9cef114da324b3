package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.util.ArrayList;
import java.util.List;

/** A string of a document with its location. */
record LocatedString(String text, Value.Location at) {
    static LocatedString of(Value value) throws InvalidDocumentException {
        return new LocatedString(Members.string(value), value.at());
    }

    /** Reads one string, or an array of strings that is neither empty nor too long. */
    static List<LocatedString> several(Value value) throws InvalidDocumentException {
        List<LocatedString> texts = new ArrayList<>();
        for (Value element : elements(value)) {
            texts.add(of(element));
        }
        return texts;
    }

    /**
     * As {@link #several}, but one string may contain the whole list as JSON, {@code "[123456790]"}: OSS accepts
     * bucket policies in this form, which the tests of its Java SDK use (BucketPolicyTest). Numbers in such a list
     * count as their digits.
     */
    static List<LocatedString> listed(Value value) throws InvalidDocumentException {
        return value instanceof StringValue string && string.text().startsWith("[") ? inside(string) : several(value);
    }

    private static List<LocatedString> inside(StringValue string) throws InvalidDocumentException {
        List<LocatedString> texts = new ArrayList<>();
        try {
            for (Value element : elements(Values.parse(string.text()))) {
                texts.add(new LocatedString(
                        element instanceof NumberValue number ? number.literal() : Members.string(element),
                        string.at()));
            }
        } catch (InvalidDocumentException e) {
            throw new InvalidDocumentException(
                    string.at(),
                    "this string begins like a list and is not a list of strings; write the list itself, without quotes around it");
        }
        return texts;
    }

    /** Returns the value itself, or the elements of an array that is neither empty nor too long. */
    static List<Value> elements(Value value) throws InvalidDocumentException {
        if (!(value instanceof ArrayValue array)) {
            return List.of(value);
        }
        if (array.elements().isEmpty()) {
            throw new InvalidDocumentException(value.at(), "the array is empty; name at least one");
        }
        if (array.elements().size() > DocumentReader.Limits.VALUES) {
            throw new InvalidDocumentException(
                    value.at(), "more than " + DocumentReader.Limits.VALUES + " entries; split the statement");
        }
        return array.elements();
    }

    InvalidDocumentException refused(String problem) {
        return new InvalidDocumentException(at, problem);
    }
}
