package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PresignCommandTest extends OperatorContract {
    private static final String LINE = "presign --bucket photos --key a/b.jpg";

    @Test
    void theBucketsSignerSignsUnlessAnotherIsNamed() {
        Operator.Result signed = operator.run(LINE);
        assertThat(signed.exit()).as(signed.err()).isZero();
        assertThat(signed.out())
                .startsWith(
                        "https://photos.oss-cn-hangzhou.aliyuncs.com/a/b.jpg?x-oss-signature-version=OSS4-HMAC-SHA256")
                .contains("x-oss-credential=" + SIGNER + "%2F20261122%2Fcn-hangzhou", "x-oss-expires=3600")
                .endsWith("method: GET, signed by " + SIGNER + ", until 2026-11-22T04:00:00Z\n");
        assertThat(operator.run(LINE + " --signer caller").out()).contains("x-oss-credential=" + CALLER);
        assertThat(operator.run(LINE + " --access-key LTAI5tAccount").out()).contains("x-oss-credential=LTAI5tAccount");
    }

    @Test
    void theDocumentHasWhatTheFaceAnswersAndTheKey() throws Exception {
        Members members = Members.of(operator.run(LINE
                        + " --method put --expires-in 60 --header Content-Type:image/jpeg --header x-oss-meta-a:b"
                        + " --signature-version v4 --json")
                .json());
        assertThat(members.string("url")).startsWith("https://photos.").contains("x-oss-expires=60");
        assertThat(members.string("method")).isEqualTo("PUT");
        Members headers = Members.of(members.required("headers"));
        assertThat(headers.string("content-type")).isEqualTo("image/jpeg");
        assertThat(headers.string("x-oss-meta-a")).isEqualTo("b");
        headers.done();
        assertThat(members.string("expiration")).isEqualTo("2026-11-22T03:01:00Z");
        assertThat(members.string("accessKeyId")).isEqualTo(SIGNER);
        members.done();
    }

    @Test
    void printsTheHeadersToSend() {
        assertThat(operator.run(LINE + " --method PUT --header Content-Type:image/jpeg --signature-version V1")
                        .out())
                .contains("OSSAccessKeyId=" + SIGNER, "\nsend: content-type: image/jpeg\n");
        assertThat(operator.run(LINE + " --query response-content-type=text/plain")
                        .out())
                .contains("response-content-type=text%2Fplain");
    }

    @Test
    void refusesWhatTheEndpointRefuses() {
        operator.run("presign --bucket photos --key a/../b").refused("KeyNotSignable");
        operator.run(LINE + " --query acl").refused("SubResourceNotSignable");
        operator.run(LINE + " --header Host:elsewhere").refused("HeaderNotSignable");
        operator.run(LINE + " --header Authorization:x").refused("HeaderNotSignable");
        operator.run(LINE + " --expires-in 0").refused("InvalidRequest", "--expires-in: ");
        operator.run(LINE + " --expires-in 3601").refused("InvalidRequest", "--expires-in: ");
        operator.run(LINE + " --signature-version V2").refused("InvalidRequest", "--signature-version: ", "V4 or V1");
        operator.run(LINE + " --once").refused("InvalidArgument", "Alibaba Cloud OSS");
        operator.run(LINE + " --once --signature-version V1").refused("InvalidRequest", "--once: ", "V4");
        operator.run(LINE + " --method TRACE").refused("InvalidRequest", "--method: ");
        operator.run(LINE + " --header a:b --header a:c").refused("InvalidRequest");
    }

    @Test
    void onlyAKeyThatSignsIsTaken() {
        operator.run(LINE + " --access-key LTAI5tNobody").refused("NoSuchAccessKey", "keys");
        operator.run(LINE + " --signer nobody").refused("NoSigner", "--signer");
        operator.run("presign --bucket attic --key a").refused("NoSigner");
        operator.run("presign --bucket nowhere --key a").refused("NoSuchBucket");
        operator.run("rotate --access-key " + SIGNER);
        operator.waitFor(Duration.ofSeconds(6));
        operator.run("rotate --due");
        operator.run(LINE + " --access-key " + SIGNER).refused("AccessKeyNotActive", "Retiring");
        assertThat(operator.run(LINE).out()).doesNotContain(SIGNER);
    }
}
