package io.countersign.lambda;

import io.countersign.http.Reply;
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

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9.]{0,63}");

    /** @return refused for this reason, or for {@code Other} when the text does not have the form of a code */
    public static Outcome refused(String code) {
        return new Outcome("refused", CODE.matcher(code).matches() ? code : "Other");
    }

    /** Returns the outcome that a reply reports. Some endpoints refuse with status 200, so the code of the reply decides. */
    public static Outcome of(Reply reply) {
        if (reply.status() >= 500) {
            return new Outcome(
                    "failed",
                    reply.code().filter(code -> CODE.matcher(code).matches()).orElse(FAILED.code()));
        }
        if (reply.code().isPresent()) {
            return refused(reply.code().get());
        }
        return reply.status() >= 400 ? refused("Status" + reply.status()) : ALLOWED;
    }
}
