package io.countersign.verify.report;

import io.countersign.policy.Outcome;
import io.countersign.policy.TraceStep;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Secret;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.verify.explain.Cause;
import io.countersign.verify.explain.ClientForm;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Diagnosis;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.transcript.ErrorBody;
import java.util.List;
import java.util.Optional;

/** Reports on calls to STS: their signature is checked here, the rest is what STS said. */
final class StsReports {
    private static final String SERVER_STRING = "server string to sign is:";

    private StsReports() {}

    static Report of(StsCall call, Optional<Secret> secret, ClientForm client) {
        Optional<CanonicalForm> form =
                call.signature().map(signature -> RpcSignature.form(call.method(), call.parameters()));
        Optional<Cause> mismatch = secret.flatMap(known -> mismatch(call, known, form, client));
        Optional<ServerWord> word = ServerWord.of(call.answer(), Optional.empty());
        Optional<Cause> cause = mismatch.or(() -> word.map(said -> said.cause(Optional.empty(), Optional.empty())));
        boolean checked = secret.isPresent() && call.signature().isPresent() && call.hasAccessKeyId();
        Verdict verdict =
                mismatch.isPresent() ? Verdict.REFUSED : checked ? Verdict.SIGNATURE_HOLDS : Verdict.NOT_JUDGED;
        return new Report(
                Kind.STS,
                verdict,
                mismatch.map(found ->
                        new Report.Refusal("SignatureDoesNotMatch", "The signature of the call does not match.")),
                word.map(StsReports::shown),
                checked ? List.of(step(mismatch.isEmpty())) : List.of(),
                new Explained(form, form.map(own -> compared(call, own, client)).orElse(List.of()), cause),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Cause> mismatch(
            StsCall call, Secret secret, Optional<CanonicalForm> form, ClientForm client) {
        if (form.isEmpty() || !call.hasAccessKeyId()) {
            return Optional.empty();
        }
        return Diagnosis.ofRpc(
                call.method(),
                call.parameters(),
                call.signature().orElse(""),
                new AccessKey(call.accessKeyId(), secret),
                client);
    }

    private static TraceStep step(boolean holds) {
        return new TraceStep(
                "signature",
                holds ? Outcome.PASS : Outcome.DENY,
                holds ? "The RPC signature matches." : "The RPC signature does not match.");
    }

    private static List<Comparison> compared(StsCall call, CanonicalForm form, ClientForm client) {
        if (client.stringToSign().isPresent()) {
            return Diagnosis.compare(form, client);
        }
        return call
                .error()
                .flatMap(StsReports::serverString)
                .map(text -> Diagnosis.compare(form, new ClientForm(Optional.of(text), Optional.empty())))
                .orElse(List.of())
                .stream()
                .map(comparison -> comparison.with(Comparison.Beside.ANSWER))
                .toList();
    }

    private static Optional<String> serverString(ErrorBody error) {
        int start = error.message().indexOf(SERVER_STRING);
        return start < 0
                ? Optional.empty()
                : Optional.of(error.message().substring(start + SERVER_STRING.length()))
                        .filter(text -> text.length() <= ClientForm.MAX_LENGTH);
    }

    /** The string in the message may hold a token; it stands beside our own, masked. */
    private static Report.Answered shown(ServerWord word) {
        Report.Answered shown = word.shown();
        return new Report.Answered(
                shown.status(),
                shown.error().map(error -> new Report.Refusal(error.code(), beforeString(error.message()))),
                shown.ec());
    }

    private static String beforeString(String message) {
        int start = message.indexOf(SERVER_STRING);
        return start < 0 ? message : message.substring(0, start).strip();
    }
}
