package io.countersign.lambda;

import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.BooleanValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The outcome of an invocation, for logs and metrics. Its values hold no secret and are few, as the dimensions of metrics must be.
 *
 * @param decision {@code allowed}, {@code refused}, or {@code failed} when there was no decision
 * @param code the reason that the caller was given; {@code OK} when there is none
 */
public record Outcome(String decision, String code) {
    public static final Outcome ALLOWED = new Outcome("allowed", "OK");
    static final Outcome FAILED = new Outcome("failed", "InternalError");

    /** Longer bodies, such as a batch of URLs, are not searched for a code. */
    private static final int MAX_BYTES = 64 * 1024;

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9.]{0,63}");
    private static final Pattern IN_XML = Pattern.compile("<Code>([A-Za-z][A-Za-z0-9.]{0,63})</Code>");

    /** @return refused for this reason, or for {@code Other} when the text does not have the form of a code */
    public static Outcome refused(String code) {
        return new Outcome("refused", CODE.matcher(code).matches() ? code : "Other");
    }

    /** Reads the outcome from the reply of any endpoint; some refuse with status 200. */
    public static Outcome of(Reply reply) {
        Optional<String> code = reply.body().length() > MAX_BYTES
                ? Optional.empty()
                : code(reply.body().utf8(), reply.status());
        if (reply.status() >= 500) {
            return new Outcome(
                    "failed", code.filter(text -> CODE.matcher(text).matches()).orElse(FAILED.code()));
        }
        if (code.isPresent()) {
            return refused(code.get());
        }
        return reply.status() >= 400 ? refused("Status" + reply.status()) : ALLOWED;
    }

    private static Optional<String> code(String body, int status) {
        if (body.startsWith("<")) {
            Matcher xml = IN_XML.matcher(body);
            return xml.find() ? Optional.of(xml.group(1)) : Optional.empty();
        }
        if (!body.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Values.parse(body) instanceof ObjectValue object ? code(object, status) : Optional.empty();
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    /** Finds the code of a JSON body. STS refuses by status and {@code Code}; with status 200, a {@code Code} is a session's ({@code Success}). */
    private static Optional<String> code(ObjectValue object, int status) {
        List<String> names = status < 400 ? List.of("code", "ErrorCode") : List.of("code", "ErrorCode", "Code");
        for (String name : names) {
            if (object.members().get(name) instanceof StringValue text) {
                return Optional.of(text.text());
            }
        }
        boolean denied = object.members().get("allowed") instanceof BooleanValue allowed && !allowed.value();
        Value error = object.members().get("error");
        return denied && error instanceof ObjectValue reason ? code(reason, status) : Optional.empty();
    }
}
