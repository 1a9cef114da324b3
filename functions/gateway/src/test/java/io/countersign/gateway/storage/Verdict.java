package io.countersign.gateway.storage;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The decision on a request.
 *
 * @param error the elements of the error document by name, empty when allowed
 * @param cors the headers that tell a browser what a page may do, of a preflight that may pass
 */
record Verdict(boolean allowed, int status, Map<String, String> error, Map<String, String> cors) {
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
        return new Verdict(allowed, status, error, cors(members));
    }

    private static Map<String, String> cors(Members answer) throws InvalidDocumentException {
        Map<String, String> headers = new LinkedHashMap<>();
        if (answer.optional("cors").isPresent()) {
            Members cors = Members.of(answer.required("cors"));
            headers.put("Vary", "Origin");
            headers.put("Access-Control-Allow-Origin", cors.string("allowOrigin"));
            headers.put("Access-Control-Allow-Methods", list(cors, "allowMethods"));
            headers.put("Access-Control-Allow-Headers", list(cors, "allowHeaders"));
            headers.put("Access-Control-Expose-Headers", list(cors, "exposeHeaders"));
        }
        return headers;
    }

    private static String list(Members members, String name) throws InvalidDocumentException {
        List<String> values = new ArrayList<>();
        for (Value value : members.list(name)) {
            values.add(Members.string(value));
        }
        return String.join(", ", values);
    }

    private static String elementName(String member) {
        return switch (member) {
            case "ec" -> "EC";
            case "ossAccessKeyId" -> "OSSAccessKeyId";
            default -> Character.toUpperCase(member.charAt(0)) + member.substring(1);
        };
    }
}
