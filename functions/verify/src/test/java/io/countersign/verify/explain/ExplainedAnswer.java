package io.countersign.verify.explain;

import io.countersign.policy.TraceStep;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.CanonicalForm;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.util.List;
import java.util.Optional;

/** A decision at {@link SampleRegistry#NOW} with its explanation, for a client that says nothing about its signature. */
public record ExplainedAnswer(VerifyAnswer answer, Explained explained) {
    public static ExplainedAnswer of(Verifier verifier, VerifyRequest request) {
        Explanation explanation = new Explanation(request, Explained.ClientForm.UNKNOWN);
        try {
            VerifyAnswer answer = verifier.verify(request, explanation, SampleRegistry.NOW);
            return new ExplainedAnswer(answer, explanation.explained());
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    public boolean allowed() {
        return answer.allowed();
    }

    public Optional<VerifyAnswer.AnswerError> error() {
        return answer.error();
    }

    public List<TraceStep> trace() {
        return answer.trace();
    }

    public Optional<CanonicalForm> canonical() {
        return explained.canonical();
    }
}
