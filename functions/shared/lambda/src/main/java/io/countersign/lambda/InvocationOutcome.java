package io.countersign.lambda;

import io.countersign.http.Outcome;
import io.countersign.http.Reply;
import java.util.regex.Pattern;

/**
 * How an invocation ended, for logs and metrics. Its values hold no secret and are few, as the dimensions of metrics must be.
 *
 * @param code the reason that the caller was given; {@code OK} when there is none
 */
public record InvocationOutcome(Outcome decision, String code) {
    public static final InvocationOutcome ALLOWED = new InvocationOutcome(Outcome.ALLOWED, "OK");
    static final InvocationOutcome FAILED = new InvocationOutcome(Outcome.FAILED, "InternalError");

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9.]{0,63}");

    /** @return refused for this reason, or for {@code Other} when the text does not have the form of a code */
    public static InvocationOutcome refused(String code) {
        return new InvocationOutcome(Outcome.REFUSED, CODE.matcher(code).matches() ? code : "Other");
    }

    /** Returns the outcome that a reply reports. */
    public static InvocationOutcome of(Reply reply) {
        return switch (reply.outcome()) {
            case ALLOWED -> ALLOWED;
            case REFUSED -> refused(reply.code().orElse("Status" + reply.status()));
            case FAILED ->
                new InvocationOutcome(
                        Outcome.FAILED,
                        reply.code()
                                .filter(code -> CODE.matcher(code).matches())
                                .orElse(FAILED.code()));
        };
    }
}
