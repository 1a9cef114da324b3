package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that the store port refuses in front of S3, at every command that prints a signature. */
class FoldedKeyCommandTest extends OperatorContract {
    private static final String REFUSED = "KeyNotSignable";
    private static final String RULE = "neither begins nor ends with a slash";

    private void behind(String protocol) throws Exception {
        String backed = manifestText()
                .replace(
                        "{name: attic, region: cn-hangzhou}",
                        "{name: attic, region: cn-hangzhou, signer: signer, upstream: {protocol: " + protocol
                                + ", endpoint: 'https://store.example.com', region: us-east-1, bucket: physical,"
                                + " signer: signer}}");
        assertThat(backed).isNotEqualTo(manifestText());
        assertThat(operator.run("apply --manifest " + manifest(backed)).exit()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "presign --bucket attic --key a//b",
                "presign --bucket attic --key a/",
                "presign --bucket photos --key a --method PUT --header x-oss-copy-source:/attic/a//b",
                "sign request --bucket attic --key a//b --access-key " + SIGNER,
                "sign request --bucket attic --key a/ --signature-version V1 --access-key " + SIGNER,
                "sign request --bucket photos --key a --method PUT --header x-oss-copy-source:/attic/a/ --access-key "
                        + SIGNER
            })
    void areNotSigned(String line) throws Exception {
        behind("s3");
        operator.run(line).refused(REFUSED, RULE, "flatNamespace: true");
        assertThat(operator.run(line.replace("attic", "photos")).exit()).isZero();
        behind("s3, flatNamespace: true");
        assertThat(operator.run(line).exit()).isZero();
        behind("oss");
        assertThat(operator.run(line).exit()).isZero();
    }

    @Test
    void norIsTheirContent() throws Exception {
        String content = "GET\n\n\nSun, 22 Nov 2026 03:00:00 GMT\n/attic/a//b";
        String line = "sign content - --access-key " + SIGNER;
        behind("s3");
        operator.fed(content, line).refused(REFUSED, RULE);
        assertThat(operator.fed(content.replace("//", "/x/").replace("/x/attic", "/attic"), line)
                        .exit())
                .isZero();
        behind("oss");
        assertThat(operator.fed(content, line).exit()).isZero();
    }

    /** No key, so none that a store folds. */
    @Test
    void requestsForTheBucketAreSigned() throws Exception {
        behind("s3");
        assertThat(operator.run("sign request --bucket attic --access-key " + SIGNER)
                        .exit())
                .isZero();
    }
}
