package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.ErrorBody;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.oss.Body;
import io.countersign.policy.TraceStep;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.OfflineVerifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Diagnosis;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.FormDifference;
import io.countersign.verify.explain.SeenRequest;
import io.countersign.verify.explain.UrlText;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports on requests to object storage. */
final class StorageReports {
    private StorageReports() {}

    /** The moment of the server's answer: signatures expire, so an old request is judged at the time when its server saw it. */
    static Optional<Instant> answeredAt(Exchange exchange) {
        return exchange.answer().flatMap(Exchange.Answer::date);
    }

    static VerifyRequest request(Exchange exchange, Optional<Instant> at) {
        return new VerifyRequest(
                exchange.method(),
                exchange.url(),
                exchange.headers(),
                Optional.empty(),
                exchange.secure(),
                exchange.form(),
                Body.UNKNOWN,
                Context.NONE,
                at);
    }

    static Report of(Exchange exchange, Explained.ClientForm client, VerifyAnswer answer, Explained explained) {
        Report.Verdict verdict = answer.allowed() ? Report.Verdict.ALLOWED : Report.Verdict.REFUSED;
        return report(exchange, client, verdict, answer.error(), answer.trace(), explained, answer.at());
    }

    static Report of(
            Exchange exchange,
            Explained.ClientForm client,
            OfflineVerifier.SignatureAnswer answer,
            Explained explained) {
        Report.Verdict verdict = answer.error().isPresent()
                ? Report.Verdict.REFUSED
                : answer.checked() ? Report.Verdict.SIGNATURE_HOLDS : Report.Verdict.NOT_JUDGED;
        return report(exchange, client, verdict, answer.error(), answer.trace(), explained, answer.at());
    }

    private static Report report(
            Exchange exchange,
            Explained.ClientForm client,
            Report.Verdict verdict,
            Optional<VerifyAnswer.AnswerError> error,
            List<TraceStep> trace,
            Explained explained,
            Optional<Instant> at) {
        SeenRequest seen = new SeenRequest(exchange.url(), exchange.headers(), exchange.form());
        Explained.ClientForm server = serverForm(exchange);
        Optional<Explained.Cause> ours = explained
                .cause()
                .or(() -> verdict == Report.Verdict.NOT_JUDGED ? UrlText.cause(seen) : Optional.empty());
        Optional<ServerRefusal> word = ServerRefusal.of(exchange.answer(), Optional.of(seen));
        Optional<Explained.Cause> cause = word.map(said -> said.cause(
                        OurRefusal.of(error, ours), FormDifference.cause(explained.canonical(), client, server)))
                .or(() -> ours);
        return new Report(
                Report.Kind.OSS,
                verdict,
                error.map(refused -> new Report.Refusal(refused.code(), refused.message())),
                word.map(ServerRefusal::shown),
                trace,
                new Explained(explained.canonical(), comparisons(explained, server), cause),
                explained.cause().filter(found -> !cause.equals(Optional.of(found))),
                at);
    }

    /** Leaves out the form of a POST upload: its one line may contain a token. */
    private static Explained.ClientForm serverForm(Exchange exchange) {
        return exchange.form().isPresent()
                ? Explained.ClientForm.UNKNOWN
                : exchange.answer()
                        .flatMap(Exchange.Answer::error)
                        .map(ErrorBody::form)
                        .orElse(Explained.ClientForm.UNKNOWN);
    }

    /** Compares with the server's form where the server reported one and the client did not. */
    private static List<Comparison> comparisons(Explained explained, Explained.ClientForm server) {
        if (!explained.comparisons().isEmpty() || explained.canonical().isEmpty()) {
            return explained.comparisons();
        }
        return Diagnosis.compare(explained.canonical().get(), server).stream()
                .map(comparison -> comparison.with(Comparison.Beside.ANSWER))
                .toList();
    }

    /** A refusal of the request by this program, with its cause. */
    record OurRefusal(String code, Optional<String> ec, String message, Explained.Cause cause) {
        /** Empty when this program did not refuse the request. */
        static Optional<OurRefusal> of(Optional<VerifyAnswer.AnswerError> error, Optional<Explained.Cause> cause) {
            return error.flatMap(refused ->
                    cause.map(found -> new OurRefusal(refused.code(), refused.ec(), refused.message(), found)));
        }
    }
}
