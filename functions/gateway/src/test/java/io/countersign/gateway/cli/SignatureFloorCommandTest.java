package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A bucket's minimumSignatureVersion at every command that prints a signature: none prints one that {@code /verify} refuses. */
class SignatureFloorCommandTest extends OperatorContract {
    private static final String REFUSED = "SignatureVersionNotSignable";
    private static final String CONTENT = "GET\n\n\nSun, 22 Nov 2026 03:00:00 GMT\n/attic/a.jpg";
    private static final String COPY =
            "PUT\n\n\nSun, 22 Nov 2026 03:00:00 GMT\nx-oss-copy-source:/attic/a.jpg\n/photos/a.jpg";

    private static final String SIGN_CONTENT = "sign content - --access-key " + SIGNER;

    /** From a second after the beginning on, the attic accepts V4 alone. */
    @BeforeEach
    void floor() throws Exception {
        String floored = manifestText()
                .replace(
                        "{name: attic, region: cn-hangzhou}",
                        "{name: attic, region: cn-hangzhou, signer: signer, minimumSignatureVersion: V4,"
                                + " minimumSignatureVersionFrom: \"2026-11-22T03:00:01Z\"}");
        assertThat(floored).isNotEqualTo(manifestText());
        assertThat(operator.run("apply --manifest " + manifest(floored)).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "presign --bucket attic --key a.jpg",
                "presign --bucket photos --key a.jpg --method PUT --header x-oss-copy-source:/attic/a.jpg",
                "sign request --bucket attic --access-key " + SIGNER,
                "sign request --bucket attic --key a.jpg --access-key " + SIGNER,
                "sign request --bucket photos --key a.jpg --method PUT --header x-oss-copy-source:/attic/a.jpg --access-key "
                        + SIGNER
            })
    void olderVersionsEndAtTheMoment(String line) {
        String v1 = line + " --signature-version V1";
        String v2 = line + " --signature-version V2";
        boolean request = line.startsWith("sign");
        assertThat(operator.run(v1).exit()).isZero();
        operator.waitFor(Duration.ofSeconds(1));
        operator.run(v1).refused(REFUSED, "accepts only V4 signatures since 2026-11-22T03:00:01Z", "sign with V4");
        if (request) {
            operator.run(v2).refused(REFUSED, "sign with V4");
        }
        assertThat(operator.run(line).out()).contains("OSS4-HMAC-SHA256");
        assertThat(operator.run(v1.replace("attic", "photos")).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {CONTENT, COPY})
    void contentIsOfV1(String content) {
        assertThat(operator.fed(content, SIGN_CONTENT).exit()).isZero();
        operator.waitFor(Duration.ofSeconds(1));
        operator.fed(content, SIGN_CONTENT).refused(REFUSED, "sign with V4");
        assertThat(operator.fed(content.replace("attic", "photos"), SIGN_CONTENT)
                        .exit())
                .isZero();
    }

    /** A client's request that OSS could not read is signed as it is, to compare with what the client signed. */
    @Test
    void aSourceThatCannotBeReadHasNoFloor() {
        operator.waitFor(Duration.ofSeconds(1));
        assertThat(operator.run("sign request --bucket photos --key a.jpg --method PUT --header x-oss-copy-source:attic"
                                + " --signature-version V1 --access-key " + SIGNER)
                        .exit())
                .isZero();
        assertThat(operator.run("sign request --bucket nowhere --signature-version V1 --access-key " + SIGNER)
                        .exit())
                .isZero();
    }
}
