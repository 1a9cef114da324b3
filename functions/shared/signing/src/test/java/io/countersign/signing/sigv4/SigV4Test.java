package io.countersign.signing.sigv4;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SigningKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The published examples are those of docs.aws.amazon.com, Amazon S3 API Reference, "Signature Calculations for the
 * Authorization Header: Transferring Payload in a Single Chunk".
 */
class SigV4Test {
    private static final AccessKey KEY =
            new AccessKey("AKIAIOSFODNN7EXAMPLE", Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"));
    private static final Instant DAY = Instant.parse("2013-05-24T00:00:00.999Z");
    private static final Headers HOST = Headers.NONE.and("Host", "examplebucket.s3.amazonaws.com");
    private static final SigV4Payload EMPTY = SigV4Payload.of(new byte[0]);

    private final SigV4 signer = new SigV4(new SigningKeys(8));

    @Test
    void signsTheExampleOfARange() {
        assertThat(authorization(
                        HttpMethod.GET, "/test.txt", QueryParameters.NONE, HOST.and("Range", "bytes=0-9"), EMPTY))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date, "
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsTheExampleOfAnUpload() {
        Headers headers =
                HOST.and("Date", "Fri, 24 May 2013 00:00:00 GMT").and("x-amz-storage-class", "REDUCED_REDUNDANCY");
        SigV4Payload payload = SigV4Payload.of("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));
        assertThat(authorization(HttpMethod.PUT, "/test%24file.text", QueryParameters.NONE, headers, payload))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, "
                        + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void signsTheExampleOfASubResource() {
        QueryParameters query = QueryParameters.NONE.and(QueryParameter.bare("lifecycle"));
        assertThat(authorization(HttpMethod.GET, "/", query, HOST, EMPTY))
                .endsWith("Signature=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void signsTheExampleOfAList() {
        QueryParameters query = QueryParameters.NONE.and("prefix", "J").and("max-keys", "2");
        assertThat(authorization(HttpMethod.GET, "/", query, HOST, EMPTY))
                .endsWith("Signature=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    @Test
    void addsWhatTheStoreNeedsToCheckIt() {
        SigV4Request request =
                new SigV4Request(HttpMethod.PUT, "/a", QueryParameters.NONE, HOST, new SigV4Payload.Unsigned());
        Headers signed = signer.signed(request, KEY, Optional.of(SecurityToken.of("the-token")), "us-east-1", DAY);
        assertThat(signed.first("x-amz-date")).contains("20130524T000000Z");
        assertThat(signed.first("x-amz-content-sha256")).contains("UNSIGNED-PAYLOAD");
        assertThat(signed.first("x-amz-security-token")).contains("the-token");
        assertThat(signed.first("authorization").orElseThrow())
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "/a b", "/%2f", "/%2", "/%", "/%zz", "/a+b", "/é", "/a?b"})
    void refusesAPathThatIsNotEncoded(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigV4Request(HttpMethod.GET, path, QueryParameters.NONE, HOST, EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nx-amz-acl:public-read", "\t", "é", "\u007f", "\u0000"})
    void refusesAHeaderThatStoresReadDifferently(String value) {
        Headers headers = HOST.and("x-amz-meta-a", value);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigV4Request(HttpMethod.GET, "/", QueryParameters.NONE, headers, EMPTY))
                .withMessageNotContaining(value);
    }

    @Test
    void refusesARequestWithoutAHostOrWithARepeatedName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigV4Request(HttpMethod.GET, "/", QueryParameters.NONE, Headers.NONE, EMPTY));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new SigV4Request(HttpMethod.GET, "/", QueryParameters.NONE, HOST.and("HOST", "other"), EMPTY));
        QueryParameters repeated = QueryParameters.NONE.and("prefix", "a").and("prefix", "b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SigV4Request(HttpMethod.GET, "/", repeated, HOST, EMPTY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"authorization", "x-amz-date", "x-amz-content-sha256"})
    void refusesARequestThatIsSignedAlready(String name) {
        SigV4Request request =
                new SigV4Request(HttpMethod.GET, "/", QueryParameters.NONE, HOST.and(name, "mine"), EMPTY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.signed(request, KEY, Optional.empty(), "us-east-1", DAY));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a,b", "a b", "é"})
    void refusesARegionThatEndsTheCredential(String region) {
        SigV4Request request = new SigV4Request(HttpMethod.GET, "/", QueryParameters.NONE, HOST, EMPTY);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> signer.signed(request, KEY, Optional.empty(), region, DAY));
    }

    private String authorization(
            HttpMethod method, String path, QueryParameters query, Headers headers, SigV4Payload payload) {
        return signer.signed(
                        new SigV4Request(method, path, query, headers, payload),
                        KEY,
                        Optional.empty(),
                        "us-east-1",
                        DAY)
                .first("authorization")
                .orElseThrow();
    }
}
