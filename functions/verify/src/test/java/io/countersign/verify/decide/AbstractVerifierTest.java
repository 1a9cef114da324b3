package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import java.util.Optional;

/** A verifier over {@link SampleRegistry}, and what tests say about its answers. */
public abstract class AbstractVerifierTest {
    public final SampleRegistry registry = new SampleRegistry();
    public final Verifier verifier =
            new Verifier(registry.reader(), SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT);

    public VerifyAnswer verify(VerifyRequest request) {
        try {
            return verifier.verify(request, SampleRegistry.NOW);
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    public VerifyAnswer assertAllowed(VerifyRequest request) {
        VerifyAnswer answer = verify(request);
        assertThat(answer.error()).isEmpty();
        assertThat(answer.allowed()).isTrue();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.trace()).isNotEmpty();
        return answer;
    }

    public VerifyAnswer.AnswerError assertRefused(VerifyRequest request, int status, String code) {
        VerifyAnswer answer = verify(request);
        VerifyAnswer.AnswerError error = answer.error().orElseThrow(() -> new AssertionError("allowed: " + answer));
        assertThat(error.code()).as(answer.toString()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.obligations()).isEmpty();
        assertThat(answer.trace()).isNotEmpty();
        return error;
    }

    public VerifyAnswer.AnswerError assertRefused(VerifyRequest request, int status, String code, String ec) {
        VerifyAnswer.AnswerError error = assertRefused(request, status, code);
        assertThat(error.ec()).isEqualTo(Optional.of(ec));
        return error;
    }
}
