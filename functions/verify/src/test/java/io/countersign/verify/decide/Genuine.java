package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.AccessKey;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import java.util.List;
import java.util.Optional;

/** Whether a request carries a signature that only the holder of its secret can have made, judged apart from the verifier under test. */
public final class Genuine {
    private static final List<AccessKey> ACTIVE =
            List.of(SampleRegistry.ROOT, SampleRegistry.USER, SampleRegistry.RETIRING, SampleRegistry.FOREIGN);

    private Genuine() {}

    public static void check(VerifyRequest request, String accessKeyId) {
        AccessKey key = ACTIVE.stream()
                .filter(active -> active.id().equals(accessKeyId))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no active key " + accessKeyId));
        RequestCredentials.Signed signed = presented(request);
        assertThat(signed.accessKeyId()).isEqualTo(accessKeyId);
        assertThat(new SignatureVerifier(new SigningKeys(1)).check(signed, read(request), key.secret()))
                .isInstanceOf(SignatureCheck.Matches.class);
    }

    /** The request, which must be well formed. */
    public static OssRequest read(VerifyRequest request) {
        try {
            return RequestParser.parse(
                    request.method(),
                    request.url(),
                    request.headers(),
                    BaseDomains.DEFAULT,
                    host -> host.equals(SampleRegistry.DOMAIN)
                            ? Optional.of(SampleRegistry.READABLE)
                            : Optional.empty());
        } catch (OssRefusal e) {
            throw new AssertionError("allowed what cannot be read: " + request, e);
        }
    }

    /** The signature that a request presents, which it must do soundly. */
    public static RequestCredentials.Signed presented(VerifyRequest request) {
        try {
            return (RequestCredentials.Signed) CredentialsParser.parse(read(request));
        } catch (OssRefusal e) {
            throw new AssertionError("allowed what cannot be read: " + request, e);
        }
    }
}
