package io.countersign.gateway.explain;

import io.countersign.json.JsonText;
import io.countersign.policy.TraceStep;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.ExplainedWriter;
import io.countersign.verify.explain.TraceWriter;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The report on a failing request. It contains no secret, no security token and no expected signature.
 *
 * @param refusal the refusal of this program; absent when it did not refuse the request
 * @param answered the recorded answer of the server, if it is an error
 * @param trace the steps of the decision of this program; empty where nothing was decided
 * @param explained the explanation, with the cause of the server's error if there is one, or else of the refusal of this program
 * @param here the cause of this program's refusal, where the server refused for another cause
 * @param at the moment that the request was judged at, if it is not the present
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
    /** The code and the message of an error, truncated to more than any server writes. */
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
     * An error that a server answered.
     *
     * @param status the HTTP status; absent where only the error is known
     * @param error the error; absent where only the status is known
     * @param ec the EC, which numbers OSS's troubleshooting pages
     */
    public record Answered(OptionalInt status, Optional<Refusal> error, Optional<String> ec) {}

    public Report {
        trace = List.copyOf(trace);
    }

    /** The service that a failing request was sent to. */
    public enum Kind {
        /** Object storage. */
        OSS,
        /** STS, by an RPC call. */
        STS,
        /** An app's own token server. */
        TOKEN;

        /** As a report writes it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The decision of this program on a request. */
    public enum Verdict {
        /** The request is allowed. */
        ALLOWED("allowed"),
        REFUSED("refused"),
        /** The signature matches. Policies were not available to decide more. */
        SIGNATURE_HOLDS("signature-holds"),
        /** The request was not judged. */
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

    /** Writes a report as JSON. An absent part has no member. */
    public static final class Writer {
        private Writer() {}

        /** The JSON text of the report. */
        public static String json(Report report) {
            return JsonText.object(json -> {
                json.put("kind", report.kind().text())
                        .put("verdict", report.verdict().text());
                json.object("error", report.refusal(), Writer::write)
                        .object("answered", report.answered(), Writer::write);
                TraceWriter.write(json, report.trace());
                ExplainedWriter.write(json, report.explained());
                json.object("here", report.here(), ExplainedWriter::write);
                report.at().ifPresent(at -> json.put("at", at.toString()));
            });
        }

        private static void write(JsonText.ObjectWriter json, Report.Answered answered) {
            answered.status().ifPresent(status -> json.put("status", status));
            answered.error().ifPresent(error -> write(json, error));
            json.put("ec", answered.ec());
        }

        private static void write(JsonText.ObjectWriter json, Report.Refusal refusal) {
            json.put("code", refusal.code()).put("message", refusal.message());
        }
    }
}
