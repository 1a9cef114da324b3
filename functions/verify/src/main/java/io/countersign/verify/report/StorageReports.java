package io.countersign.verify.report;

import io.countersign.oss.Body;
import io.countersign.policy.TraceStep;
import io.countersign.verify.AnswerError;
import io.countersign.verify.Context;
import io.countersign.verify.SignatureAnswer;
import io.countersign.verify.VerifyAnswer;
import io.countersign.verify.VerifyRequest;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Diagnosis;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.ShownText;
import io.countersign.verify.transcript.Answer;
import io.countersign.verify.transcript.ErrorBody;
import io.countersign.verify.transcript.Exchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports on requests to object storage. */
final class StorageReports {
    private StorageReports() {}

    /** A signature is dated, so a request of yesterday is judged when its server saw it. */
    static Optional<Instant> answeredAt(Exchange exchange) {
        return exchange.answer().flatMap(Answer::date);
    }

    static VerifyRequest request(Exchange exchange, ClientForm client, Optional<Instant> at) {
        return new VerifyRequest(
                exchange.method(),
                exchange.url(),
                exchange.headers(),
                Optional.empty(),
                exchange.secure(),
                exchange.form(),
                Body.UNKNOWN,
                Context.NONE,
                at,
                Optional.of(client));
    }

    static Report of(Exchange exchange, VerifyAnswer answer) {
        Verdict verdict = answer.allowed() ? Verdict.ALLOWED : Verdict.REFUSED;
        return report(exchange, verdict, answer.error(), answer.trace(), answer.explained(), answer.at());
    }

    static Report of(Exchange exchange, SignatureAnswer answer) {
        Verdict verdict = answer.error().isPresent()
                ? Verdict.REFUSED
                : answer.signed() ? Verdict.SIGNATURE_HOLDS : Verdict.NOT_JUDGED;
        return report(exchange, verdict, answer.error(), answer.trace(), answer.explained(), answer.at());
    }

    private static Report report(
            Exchange exchange,
            Verdict verdict,
            Optional<AnswerError> error,
            List<TraceStep> trace,
            Explained explained,
            Optional<Instant> at) {
        Optional<ErrorBody> answered = exchange.answer().flatMap(Answer::error);
        return new Report(
                Kind.OSS,
                verdict,
                error.map(refused -> new Report.Refusal(refused.code(), refused.message())),
                answered.map(body -> new Report.Refusal(body.code(), ShownText.of(body.message()))),
                trace,
                beside(explained, exchange.form().isPresent() ? Optional.empty() : answered),
                at);
    }

    /** The server's form, where it told one and the client did not. */
    private static Explained beside(Explained explained, Optional<ErrorBody> answered) {
        if (!explained.comparisons().isEmpty() || explained.canonical().isEmpty() || answered.isEmpty()) {
            return explained;
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (Comparison comparison :
                Diagnosis.compare(explained.canonical().get(), answered.get().form())) {
            comparisons.add(comparison.with(Comparison.Beside.ANSWER));
        }
        return new Explained(explained.canonical(), comparisons, explained.cause());
    }
}
