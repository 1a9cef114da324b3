package io.countersign.verify.decide;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Values;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One line of {@code clients/captured.jsonl}: what an unmodified client sent, and the right verdict on it.
 *
 * @param line the number of the line, from 1
 * @param at the moment to judge at
 * @param code of a refusal
 */
public record CapturedRequest(
        int line,
        String client,
        String name,
        String at,
        String method,
        String url,
        Map<String, String> headers,
        boolean allowed,
        Optional<String> code,
        Optional<String> action) {
    public static CapturedRequest parse(int line, String json) {
        try {
            Members row = Members.of(Values.parse(json));
            Members request = Members.of(row.required("request"));
            return new CapturedRequest(
                    line,
                    row.string("client"),
                    row.string("case"),
                    row.string("at"),
                    request.string("method"),
                    request.string("url"),
                    headers((ObjectValue) request.required("headers")),
                    Members.bool(row.required("allowed")),
                    row.optionalString("code"),
                    row.optionalString("action"));
        } catch (InvalidDocumentException e) {
            throw new AssertionError("line " + line, e);
        }
    }

    private static Map<String, String> headers(ObjectValue object) throws InvalidDocumentException {
        Map<String, String> headers = new LinkedHashMap<>();
        for (var header : object.members().entrySet()) {
            headers.put(header.getKey(), Members.string(header.getValue()));
        }
        return headers;
    }

    public String displayName() {
        return line + ": " + name + ": " + method + " " + url;
    }

    /** The body of a call of {@code /verify}. */
    public String call() {
        return JsonText.object(call -> call.put("method", method)
                .put("url", url)
                .object("headers", members -> headers.forEach(members::put))
                .put("at", at));
    }
}
