package io.countersign.gateway.explain;

import io.countersign.gateway.explain.transcript.ErrorBody;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.oss.EncodedText;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.policy.TraceStep;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Secret;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Diagnosis;
import io.countersign.verify.explain.Explained;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reports on STS calls: this program checks their signature, and explains the error that STS answered. */
final class StsReports {
    private static final String SERVER_STRING = "server string to sign is:";

    private StsReports() {}

    static Report of(StsCall call, Optional<Secret> secret, Explained.ClientForm client) {
        Optional<CanonicalForm> form =
                call.signature().map(signature -> RpcSignature.form(call.method(), call.parameters()));
        Optional<Explained.Cause> mismatch = secret.flatMap(known -> mismatch(call, known, form, client));
        Optional<ServerRefusal> word = ServerRefusal.of(call.answer(), Optional.empty());
        Optional<Explained.Cause> cause =
                mismatch.or(() -> word.map(said -> said.cause(Optional.empty(), Optional.empty())));
        boolean checked = secret.isPresent() && call.signature().isPresent() && call.hasAccessKeyId();
        Report.Verdict verdict = mismatch.isPresent()
                ? Report.Verdict.REFUSED
                : checked ? Report.Verdict.SIGNATURE_HOLDS : Report.Verdict.NOT_JUDGED;
        return new Report(
                Report.Kind.STS,
                verdict,
                mismatch.map(found ->
                        new Report.Refusal("SignatureDoesNotMatch", "The signature of the call does not match.")),
                word.map(StsReports::shown),
                checked ? List.of(step(mismatch.isEmpty())) : List.of(),
                new Explained(form, form.map(own -> compared(call, own, client)).orElse(List.of()), cause),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Explained.Cause> mismatch(
            StsCall call, Secret secret, Optional<CanonicalForm> form, Explained.ClientForm client) {
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
                holds ? TraceStep.Outcome.PASS : TraceStep.Outcome.DENY,
                holds ? "The RPC signature matches." : "The RPC signature does not match.");
    }

    private static List<Comparison> compared(StsCall call, CanonicalForm form, Explained.ClientForm client) {
        if (client.stringToSign().isPresent()) {
            return Diagnosis.compare(form, client);
        }
        return call
                .error()
                .flatMap(StsReports::serverString)
                .map(text -> Diagnosis.compare(form, new Explained.ClientForm(Optional.of(text), Optional.empty())))
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
                        .filter(text -> text.length() <= Explained.ClientForm.MAX_LENGTH);
    }

    /** Removes the string to sign from the message: it may contain a token, and the comparison shows it masked. */
    private static Report.Answered shown(ServerRefusal word) {
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

    /**
     * An STS call in RPC style (docs/protocol.md 6).
     *
     * @param parameters the parameters of query and body together
     * @param answer the answer of STS, if there is one
     */
    record StsCall(HttpMethod method, QueryParameters parameters, Optional<Exchange.Answer> answer) {
        private static final int MAX = 8 * 1024;

        /** Empty when the exchange is not an STS call. */
        static Optional<StsCall> of(Exchange exchange) {
            Optional<HttpMethod> method = HttpMethod.of(exchange.method());
            if (method.isEmpty()
                    || exchange.url().length() > MAX
                    || exchange.body().orElse("").length() > MAX) {
                return Optional.empty();
            }
            int question = exchange.url().indexOf('?');
            try {
                List<QueryParameter> parameters = new ArrayList<>(QueryParameters.parse(
                                question < 0 ? "" : exchange.url().substring(question + 1), EncodedText.URL)
                        .list());
                parameters.addAll(QueryParameters.parse(exchange.body().orElse(""), EncodedText.BODY)
                        .list());
                QueryParameters all = new QueryParameters(parameters);
                boolean inHeaders = exchange.headers().has("x-acs-action");
                return all.has("Action") && all.has("Version") || inHeaders
                        ? Optional.of(new StsCall(method.get(), all, exchange.answer()))
                        : Optional.empty();
            } catch (OssRefusal unreadable) {
                return Optional.empty();
            }
        }

        /** The error that STS answered. */
        Optional<ErrorBody> error() {
            return answer.flatMap(Exchange.Answer::error);
        }

        /** Empty when the call has none. */
        String accessKeyId() {
            return parameters.first("AccessKeyId").orElse("");
        }

        /** Whether the call has an access key id of a possible length. */
        boolean hasAccessKeyId() {
            return !accessKeyId().isEmpty() && accessKeyId().length() <= AccessKey.MAX_ID_LENGTH;
        }

        /** The signature of the RPC style; ACS3 signs in a header. */
        Optional<String> signature() {
            return parameters.first("Signature").filter(text -> !text.isEmpty());
        }
    }
}
