package io.countersign.gateway.storage;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the decision on a request was.
 *
 * @param error the elements of the error document by name, empty when allowed
 */
record Verdict(boolean allowed, int status, Map<String, String> error) {
    static Verdict read(Value answer) throws InvalidDocumentException {
        Members members = Members.of(answer);
        boolean allowed = members.optionalBoolean("allowed").orElseThrow();
        int status = (int) members.optionalInteger("status", 100, 599).orElseThrow();
        Map<String, String> error = new LinkedHashMap<>();
        if (members.optional("error").orElse(null) instanceof Value.ObjectValue object) {
            for (var member : object.members().entrySet()) {
                if (member.getValue() instanceof Value.StringValue text) {
                    error.put(elementName(member.getKey()), text.text());
                }
            }
        }
        return new Verdict(allowed, status, error);
    }

    private static String elementName(String member) {
        return switch (member) {
            case "ec" -> "EC";
            case "ossAccessKeyId" -> "OSSAccessKeyId";
            default -> Character.toUpperCase(member.charAt(0)) + member.substring(1);
        };
    }
}
