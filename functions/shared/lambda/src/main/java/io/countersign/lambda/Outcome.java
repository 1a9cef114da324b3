package io.countersign.lambda;

import io.countersign.http.Reply;
import java.util.regex.Pattern;

/**
 * What became of an invocation, for logs and metrics: none of it is a secret, and there are few of each.
 *
 * @param decision {@code allowed}, {@code refused} or {@code failed}: there was no decision
 * @param code why, as the caller was told; {@code OK} where there is nothing to say
 */
public record Outcome(String decision, String code) {
    public static final Outcome ALLOWED = new Outcome("allowed", "OK");
    static final Outcome FAILED = new Outcome("failed", "InternalError");

    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z0-9.]{0,63}");

    /** Refused, for this reason. */
    public static Outcome refused(String code) {
        return new Outcome("refused", CODE.matcher(code).matches() ? code : "Other");
    }

    /** The outcome that a reply reports. Some functions refuse with status 200, so the reply's code decides. */
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
