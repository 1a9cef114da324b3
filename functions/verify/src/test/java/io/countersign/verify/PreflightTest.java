package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.HttpMethod;
import io.countersign.verify.decide.AbstractVerifierTest;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreflightTest extends AbstractVerifierTest {
    private static VerifyRequest preflight(String bucket, String origin, String method, String headers) {
        ClientRequest asked = ClientRequest.of(HttpMethod.OPTIONS, bucket, "a")
                .header("Origin", origin)
                .header("Access-Control-Request-Method", method);
        return (headers.isEmpty() ? asked : asked.header("Access-Control-Request-Headers", headers)).anonymous();
    }

    @Test
    void aRuleThatCoversItAnswers() {
        VerifyAnswer answer = assertAllowed(
                preflight(SampleRegistry.READABLE, "https://app.example.com", "PUT", "content-type, X-OSS-Date"));
        assertThat(answer.cors())
                .contains(new VerifyAnswer.CorsAnswer(
                        "https://app.example.com",
                        List.of("GET", "PUT"),
                        List.of("content-type", "x-oss-date"),
                        List.of("ETag"),
                        OptionalLong.of(600)));
        assertThat(answer.obligations()).isEmpty();
        assertThat(Answers.json(answer, Explained.NOTHING)).contains("\"allowOrigin\":\"https://app.example.com\"");
    }

    @ParameterizedTest
    @CsvSource({
        "readable-bucket,https://app.example.org,GET,''",
        "readable-bucket,http://app.example.com,GET,''",
        "readable-bucket,https://app.example.com,DELETE,''",
        "readable-bucket,https://app.example.com,GET,authorization",
        "private-bucket,https://app.example.com,GET,''"
    })
    void forbidsAnOriginThatNoRuleCovers(String bucket, String origin, String method, String headers) {
        assertRefused(preflight(bucket, origin, method, headers), 403, "AccessForbidden");
    }

    @Test
    void aPreflightThatAsksNothingIsRefused() {
        assertRefused(
                ClientRequest.of(HttpMethod.OPTIONS, SampleRegistry.READABLE, "a")
                        .anonymous(),
                400,
                "InvalidArgument");
    }

    @Test
    void aBucketThatIsNotThereIsReported() {
        assertRefused(preflight("no-such-bucket", "https://app.example.com", "GET", ""), 404, "NoSuchBucket");
    }
}
