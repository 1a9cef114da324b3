package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.oss.EncodedText;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.Vectors.Vector;
import io.countersign.signing.post.PostSignature;
import io.countersign.signing.request.SelfSignature;
import io.countersign.signing.rpc.Acs3Credentials;
import io.countersign.signing.rpc.Acs3Request;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.signing.v1.Rtmp;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OtherVectorsTest {
    private static final Secret ANOTHER = Secret.of("another");

    private final SigningKeys keys = new SigningKeys(8);

    static Stream<Vector> post() {
        return Vectors.of("oss-post-policy");
    }

    static Stream<Vector> rtmp() {
        return Vectors.of("oss-rtmp");
    }

    static Stream<Vector> rpc() {
        return Vectors.of("sts-rpc-v1");
    }

    static Stream<Vector> acs3() {
        return Vectors.of("acs3");
    }

    static Stream<Vector> selfSigned() {
        return Vectors.of("custom-signer-content");
    }

    @ParameterizedTest
    @MethodSource
    void post(Vector vector) throws OssRefusal {
        String policy = vector.request().get("policyBase64").asText();
        assertThat(new String(Base64.getDecoder().decode(policy), StandardCharsets.UTF_8))
                .isEqualTo(vector.request().get("policyJson").asText());
        assertThat(policy).isEqualTo(vector.expected("stringToSign").orElseThrow());
        String signature = vector.expected("signature").orElseThrow();
        Secret secret = vector.accessKey().secret();
        JsonNode fields = vector.request().get("formFields");
        if (vector.node().get("kind").asText().equals("oss-post-v1")) {
            assertThat(PostSignature.v1(policy, secret)).isEqualTo(signature);
            assertMatches(PostSignature.checkV1(policy, fields.get("Signature").asText(), secret));
            assertMismatch(PostSignature.checkV1(policy, signature, ANOTHER), vector);
        } else {
            CredentialScope scope =
                    CredentialScope.parse(fields.get("x-oss-credential").asText());
            String presented = fields.get("x-oss-signature").asText();
            assertThat(PostSignature.v4(policy, scope, secret, keys)).isEqualTo(signature);
            assertMatches(PostSignature.checkV4(policy, scope, presented, secret, keys));
            assertMismatch(PostSignature.checkV4(policy, scope, presented, ANOTHER, keys), vector);
        }
    }

    @ParameterizedTest
    @MethodSource
    void rtmp(Vector vector) throws OssRefusal {
        String url = vector.request().get("url").asText();
        QueryParameters query = QueryParameters.parse(url.substring(url.indexOf('?') + 1), EncodedText.URL);
        QueryParameters own = query.without("Expires").without("OSSAccessKeyId").without("Signature");
        long expires = Long.parseLong(query.first("Expires").orElseThrow());
        String bucket = vector.request().get("bucket").asText();
        String channel = vector.request().get("channel").asText();
        assertThat(Rtmp.stringToSign(bucket, channel, own, expires))
                .isEqualTo(vector.expected("stringToSign").orElseThrow());
        assertThat(Rtmp.signature(
                        bucket, channel, own, expires, vector.accessKey().secret()))
                .isEqualTo(vector.expected("signature").orElseThrow())
                .isEqualTo(query.first("Signature").orElseThrow());
    }

    @ParameterizedTest
    @MethodSource
    void rpc(Vector vector) {
        QueryParameters parameters = vector.query("params");
        String signature = vector.expected("signature").orElseThrow();
        Secret secret = vector.accessKey().secret();
        assertThat(RpcSignature.form(vector.method(), parameters).stringToSign())
                .isEqualTo(vector.expected("stringToSign").orElseThrow());
        assertThat(RpcSignature.sign(vector.method(), parameters, secret)).isEqualTo(signature);
        QueryParameters sent = parameters.and("Signature", signature);
        assertMatches(RpcSignature.check(vector.method(), sent, signature, secret));
        assertMismatch(RpcSignature.check(vector.method(), sent, signature, ANOTHER), vector);
    }

    @ParameterizedTest
    @MethodSource
    void acs3(Vector vector) throws OssRefusal {
        Acs3Request request = new Acs3Request(
                vector.method(),
                vector.request().get("path").asText(),
                vector.query(),
                vector.headers(),
                vector.names("signedHeaders"),
                vector.request().get("payloadHash").asText());
        assertThat(request.form().canonicalRequest()).isEqualTo(vector.expected("canonicalRequest"));
        assertThat(request.form().stringToSign())
                .isEqualTo(vector.expected("stringToSign").orElseThrow());
        Acs3Credentials made = Acs3Request.Signature.sign(request, vector.accessKey());
        assertThat(made.signature()).isEqualTo(vector.expected("signature").orElseThrow());
        assertThat(made.authorization())
                .isEqualTo(vector.expected("authorization").orElseThrow());

        Acs3Credentials read = Acs3Credentials.parse(made.authorization()).orElseThrow();
        assertThat(read).isEqualTo(made);
        assertMatches(Acs3Request.Signature.check(
                request, read.signature(), vector.accessKey().secret()));
        assertMismatch(Acs3Request.Signature.check(request, read.signature(), ANOTHER), vector);
    }

    @ParameterizedTest
    @MethodSource
    void selfSigned(Vector vector) {
        JsonNode withKeys = vector.node().get("expected").get("withKeys");
        AccessKey key = new AccessKey(
                withKeys.get("ak").asText(), Secret.of(withKeys.get("sk").asText()));
        assertThat(SelfSignature.authorization(vector.node().get("content").asText(), key))
                .isEqualTo(vector.expected("returned").orElseThrow());
    }

    @Test
    void everyVectorOfEveryFileRuns() {
        long count = Stream.of(
                        HeaderVectorsTest.v1(),
                        HeaderVectorsTest.v4(),
                        UrlVectorsTest.v1(),
                        UrlVectorsTest.v2(),
                        UrlVectorsTest.v4(),
                        post(),
                        rtmp(),
                        rpc(),
                        acs3(),
                        selfSigned())
                .mapToLong(Stream::count)
                .sum();
        assertThat(count).isEqualTo(104);
    }

    private static void assertMatches(SignatureCheck check) {
        assertThat(check).isInstanceOf(SignatureCheck.Matches.class);
    }

    private static void assertMismatch(SignatureCheck check, Vector vector) {
        assertThat(check).isInstanceOfSatisfying(SignatureCheck.Mismatch.class, mismatch -> {
            assertThat(mismatch.form().canonicalRequest()).isEqualTo(vector.expected("canonicalRequest"));
            assertThat(Optional.of(mismatch.form().stringToSign())).isEqualTo(vector.expected("stringToSign"));
        });
    }
}
