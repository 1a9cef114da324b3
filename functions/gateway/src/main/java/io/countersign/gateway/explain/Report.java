package io.countersign.gateway.explain;

import io.countersign.json.JsonText;
import io.countersign.policy.TraceStep;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.ExplainedWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
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
        Optional<Explained.Cause> here,
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

    /** What a failing request asked. */
    public enum Kind {
        /** Object storage. */
        OSS,
        /** STS, by an RPC call. */
        STS,
        /** An app's own server, for a session. */
        TOKEN;

        /** As a report writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was decided about a request here. */
    public enum Verdict {
        /** It may pass. */
        ALLOWED("allowed"),
        REFUSED("refused"),
        /** Its signature holds; whether it may pass is for policies to say, which were not at hand. */
        SIGNATURE_HOLDS("signature-holds"),
        /** It was only looked at. */
        NOT_JUDGED("not-judged");

        private final String text;

        Verdict(String text) {
            this.text = text;
        }

        /** As a report writes it. */
        public String text() {
            return text;
        }
    }

    /** Writes a report as JSON. What is absent has no member. */
    public static final class ReportWriter {
        private ReportWriter() {}

        /** The text of one object. */
        public static String json(Report report) {
            return JsonText.object(json -> {
                json.put("kind", report.kind().text())
                        .put("verdict", report.verdict().text());
                report.refusal().ifPresent(refusal -> json.object("error", member -> write(member, refusal)));
                report.answered().ifPresent(answered -> json.object("answered", member -> write(member, answered)));
                json.array(
                        "trace",
                        array -> report.trace()
                                .forEach(step -> array.object(member -> member.put("step", step.step())
                                        .put("outcome", step.outcome().text())
                                        .put("detail", step.detail()))));
                ExplainedWriter.write(json, report.explained());
                report.here().ifPresent(cause -> json.object("here", member -> ExplainedWriter.write(member, cause)));
                report.at().ifPresent(at -> json.put("at", at.toString()));
            });
        }

        private static void write(JsonText.JsonObjectWriter json, Report.Answered answered) {
            answered.status().ifPresent(status -> json.put("status", status));
            answered.error().ifPresent(error -> write(json, error));
            json.put("ec", answered.ec());
        }

        private static void write(JsonText.JsonObjectWriter json, Report.Refusal refusal) {
            json.put("code", refusal.code()).put("message", refusal.message());
        }
    }
}
