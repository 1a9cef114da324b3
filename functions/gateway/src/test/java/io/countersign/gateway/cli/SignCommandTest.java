package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.request.SelfSignature;
import org.junit.jupiter.api.Test;

class SignCommandTest extends OperatorContract {
    private static final String CONTENT = "GET\n\n\nSun, 22 Nov 2026 03:00:00 GMT\n/photos/a.jpg";
    private static final String EXPECTED =
            SelfSignature.authorization(CONTENT, new AccessKey(SIGNER, Secret.of("SignerSecret")));

    @Test
    void contentIsSignedByteForByte() throws Exception {
        String line = "sign content - --access-key " + SIGNER;
        assertThat(operator.fed(CONTENT, line).out()).isEqualTo(EXPECTED + "\n");
        Members members = Members.of(operator.fed(CONTENT, line + " --json").json());
        assertThat(members.string("authorization")).isEqualTo(EXPECTED);
        members.done();
    }

    @Test
    void contentThatIsNotWhatAnSdkSignsIsRefused() {
        String line = "sign content - --access-key " + SIGNER;
        operator.fed("anything", line).refused("PostPolicyNotSignable");
        operator.fed("a\nb", line).refused("InvalidContent");
        operator.fed(CONTENT + "\n", line).refused("UnexpectedLine");
        operator.fed(CONTENT.replace("03:00", "04:00"), line).refused("RequestTimeTooSkewed");
        operator.fed(CONTENT.replace("a.jpg", ""), line).refused("ListObjectsNotSignable");
        operator.fed(CONTENT.replace("a.jpg", "a.jpg?acl"), line).refused("SubResourceNotSignable");
        operator.fed(CONTENT, "sign content - --access-key LTAI5tNobody").refused("NoSuchAccessKey");
    }

    @Test
    void aRequestIsSignedAsItsOwnStringToSignSays() throws Exception {
        String line = "sign request --bucket photos --key a.jpg --signature-version V1 --access-key " + SIGNER;
        Members members = Members.of(operator.run(line + " --json").json());
        assertThat(members.string("stringToSign")).isEqualTo(CONTENT);
        Members headers = Members.of(members.required("headers"));
        assertThat(headers.string("date")).isEqualTo("Sun, 22 Nov 2026 03:00:00 GMT");
        assertThat(headers.string("authorization")).isEqualTo(EXPECTED);
        headers.done();
        assertThat(members.has("canonicalRequest")).isFalse();
        assertThat(operator.run(line).out())
                .isEqualTo("date: Sun, 22 Nov 2026 03:00:00 GMT\nauthorization: " + EXPECTED + "\n\nstring to sign:\n"
                        + CONTENT + "\n");
    }

    @Test
    void versionsRegionsAndHeadersAreChosen() throws Exception {
        String line = "sign request --access-key " + SIGNER;
        assertThat(operator.run(line + " --bucket photos --key a.jpg").out())
                .contains(
                        "authorization: OSS4-HMAC-SHA256 Credential=" + SIGNER
                                + "/20261122/cn-hangzhou/oss/aliyun_v4_request",
                        "canonical request:\nGET\n/photos/a.jpg\n");
        assertThat(operator.run(line + " --region cn-beijing").out()).contains("/20261122/cn-beijing/oss/");
        assertThat(operator.run(line
                                + " --bucket photos --query acl --header Range:bytes=0-9 --additional-header Range")
                        .out())
                .contains("AdditionalHeaders=range");
        assertThat(operator.run(line + " --bucket photos --signature-version V2")
                        .out())
                .contains("authorization: OSS2 AccessKeyId:" + SIGNER);
    }

    @Test
    void refusesAnInvalidStringToSign() {
        String line = "sign request --access-key " + SIGNER;
        operator.run(line + " --bucket nowhere").refused("InvalidArgument", "region");
        operator.run(line).refused("InvalidArgument", "region");
        operator.run(line + " --bucket photos --header Date:yesterday --signature-version V1")
                .refused("AccessDenied");
        operator.run("sign request --bucket photos --access-key LTAI5tNobody").refused("NoSuchAccessKey");
    }

    @Test
    void printsNoSecret() {
        assertThat(operator.run("sign request --bucket photos --key a --access-key " + SIGNER)
                        .out())
                .doesNotContain("SignerSecret");
    }
}
