package io.countersign.verify.explain;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.verify.decide.DecisionObserver;
import io.countersign.verify.decide.PrintableForm;
import io.countersign.verify.decide.VerifyRequest;
import java.util.List;
import java.util.Optional;

/** Explains one decision: the text that the signature covers, and the cause of a refusal. Used by one request only. */
public final class Explanation implements DecisionObserver {
    private final VerifyRequest request;
    private final Explained.ClientForm client;
    private Optional<CanonicalForm> canonical = Optional.empty();
    private List<Comparison> comparisons = List.of();
    private Optional<Explained.Cause> cause = Optional.empty();

    /** @param client the text that the client says it signed */
    public Explanation(VerifyRequest request, Explained.ClientForm client) {
        this.request = request;
        this.client = client;
    }

    /** The explanation of the decision that this observed. */
    public Explained explained() {
        return new Explained(canonical, comparisons, cause);
    }

    /** A form is not compared: its string to sign is one line, and that line may hold a token. */
    @Override
    public void read(VerifyRequest observed, OssRequest oss) {
        canonical = PrintableForm.of(observed, oss);
        comparisons = canonical.isPresent() && observed.form().isEmpty()
                ? Diagnosis.compare(canonical.get(), client)
                : List.of();
    }

    @Override
    public void mismatch(OssRequest oss, RequestCredentials.Signed presented, Secret secret) {
        cause = Optional.of(Diagnosis.of(oss, presented, secret, client));
    }

    @Override
    public void formMismatch(String policy, String signature, Optional<CredentialScope> scope, AccessKey key) {
        cause = Optional.of(Diagnosis.ofForm(policy, signature, scope, key));
    }

    /** Keeps the cause of a mismatch, which is found before its refusal. */
    @Override
    public void refused(OssRefusal refusal) {
        if (cause.isEmpty()) {
            cause = Optional.of(
                    Refusals.cause(refusal, new SeenRequest(request.url(), request.headers(), request.form())));
        }
    }
}
