package io.countersign.verify.report;

import io.countersign.policy.TraceStep;
import io.countersign.verify.explain.Cause;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What was found out about a failing request. It holds no secret, no security token and no signature that was expected.
 *
 * @param refusal in the words of whoever judges such requests; absent when it was not refused here
 * @param answered what the server is on record to have answered
 * @param trace the steps of the decision here; empty where nothing was decided
 * @param explained with the cause: of what the server answered, where it refused, else of the refusal here
 * @param here the cause of the refusal here, where the server refused for another
 * @param at the moment that it was judged at, if that is not the present
 */
public record Report(
        Kind kind,
        Verdict verdict,
        Optional<Refusal> refusal,
        Optional<Answered> answered,
        List<TraceStep> trace,
        Explained explained,
        Optional<Cause> here,
        Optional<Instant> at) {
    /** A code and a message of an error, each cut where it is longer than any that a server writes. */
    public record Refusal(String code, String message) {
        private static final int MAX_CODE = 128;
        private static final int MAX_MESSAGE = 2048;

        public Refusal {
            code = cut(code, MAX_CODE);
            message = cut(message, MAX_MESSAGE);
        }

        private static String cut(String text, int max) {
            if (text.length() <= max) {
                return text;
            }
            int end = Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max;
            return text.substring(0, end) + "...";
        }
    }

    /**
     * An answer that refuses.
     *
     * @param status absent where only the error is known
     * @param error absent where only the status is known
     * @param ec the number of OSS's troubleshooting pages
     */
    public record Answered(OptionalInt status, Optional<Refusal> error, Optional<String> ec) {}

    public Report {
        trace = List.copyOf(trace);
    }
}
