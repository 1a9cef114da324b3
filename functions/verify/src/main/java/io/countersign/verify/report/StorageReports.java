package io.countersign.verify.report;

import io.countersign.oss.Body;
import io.countersign.policy.TraceStep;
import io.countersign.verify.AnswerError;
import io.countersign.verify.Context;
import io.countersign.verify.SignatureAnswer;
import io.countersign.verify.VerifyAnswer;
import io.countersign.verify.VerifyRequest;
import io.countersign.verify.explain.Cause;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Diagnosis;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.FormsApart;
import io.countersign.verify.explain.SeenRequest;
import io.countersign.verify.explain.UrlText;
import io.countersign.verify.transcript.Answer;
import io.countersign.verify.transcript.ErrorBody;
import io.countersign.verify.transcript.Exchange;
import java.time.Instant;
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

    static Report of(Exchange exchange, ClientForm client, VerifyAnswer answer) {
        Verdict verdict = answer.allowed() ? Verdict.ALLOWED : Verdict.REFUSED;
        return report(exchange, client, verdict, answer.error(), answer.trace(), answer.explained(), answer.at());
    }

    static Report of(Exchange exchange, ClientForm client, SignatureAnswer answer) {
        Verdict verdict = answer.error().isPresent()
                ? Verdict.REFUSED
                : answer.checked() ? Verdict.SIGNATURE_HOLDS : Verdict.NOT_JUDGED;
        return report(exchange, client, verdict, answer.error(), answer.trace(), answer.explained(), answer.at());
    }

    private static Report report(
            Exchange exchange,
            ClientForm client,
            Verdict verdict,
            Optional<AnswerError> error,
            List<TraceStep> trace,
            Explained explained,
            Optional<Instant> at) {
        SeenRequest seen = new SeenRequest(exchange.url(), exchange.headers(), exchange.form());
        ClientForm server = serverForm(exchange);
        Optional<Cause> ours =
                explained.cause().or(() -> verdict == Verdict.NOT_JUDGED ? UrlText.cause(seen) : Optional.empty());
        Optional<ServerWord> word = ServerWord.of(exchange.answer(), Optional.of(seen));
        Optional<Cause> cause = word.map(said ->
                        said.cause(OurRefusal.of(error, ours), FormsApart.cause(explained.canonical(), client, server)))
                .or(() -> ours);
        return new Report(
                Kind.OSS,
                verdict,
                error.map(refused -> new Report.Refusal(refused.code(), refused.message())),
                word.map(ServerWord::shown),
                trace,
                new Explained(explained.canonical(), beside(explained, server), cause),
                explained.cause().filter(found -> !cause.equals(Optional.of(found))),
                at);
    }

    /** Nothing of a form upload, whose one line may hold a token. */
    private static ClientForm serverForm(Exchange exchange) {
        return exchange.form().isPresent()
                ? ClientForm.UNKNOWN
                : exchange.answer().flatMap(Answer::error).map(ErrorBody::form).orElse(ClientForm.UNKNOWN);
    }

    /** The server's form, where it told one and the client did not. */
    private static List<Comparison> beside(Explained explained, ClientForm server) {
        if (!explained.comparisons().isEmpty() || explained.canonical().isEmpty()) {
            return explained.comparisons();
        }
        return Diagnosis.compare(explained.canonical().get(), server).stream()
                .map(comparison -> comparison.with(Comparison.Beside.ANSWER))
                .toList();
    }
}
