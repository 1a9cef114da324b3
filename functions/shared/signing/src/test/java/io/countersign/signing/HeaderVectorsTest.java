package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.Vectors.Vector;
import io.countersign.signing.base.Hmac;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.SelfSignature;
import io.countersign.signing.request.SignatureVerifier;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HeaderVectorsTest {
    private final SigningKeys keys = new SigningKeys(8);

    static Stream<Vector> v1() {
        return Vectors.of("oss-v1-header");
    }

    static Stream<Vector> v4() {
        return Vectors.of("oss-v4-header");
    }

    @ParameterizedTest
    @MethodSource
    void v1(Vector vector) throws OssRefusal {
        assertThat(SelfSignature.authorization(vector.expected("stringToSign").orElseThrow(), vector.accessKey()))
                .endsWith(":" + vector.expected("signature").orElseThrow());
        if (vector.id().equals("v1h-ruby-put-bucket")) {
            // Its resource is "/bucket", which no request has: a real one signs "/bucket/".
            return;
        }
        producesAndChecks(vector, request(vector, SignatureVersion.V1, List.of(), "", ""));
    }

    @ParameterizedTest
    @MethodSource
    void v4(Vector vector) throws OssRefusal {
        String region = vector.request().get("region").asText();
        String product = vector.request().get("product").asText();
        CredentialScope scope = new CredentialScope(
                vector.accessKey().id(), vector.request().get("date").asText().substring(0, 8), region, product);
        byte[] signingKey =
                HexFormat.of().parseHex(vector.expected("signingKeyHex").orElseThrow());
        assertThat(keys.v4(scope, vector.accessKey().secret()).sign("text"))
                .isEqualTo(Hmac.sha256(Hmac.sha256Key(signingKey), "text"));
        producesAndChecks(
                vector, request(vector, SignatureVersion.V4, vector.names("additionalHeaders"), region, product));
    }

    private static HeaderSigner.HeaderToSign request(
            Vector vector, SignatureVersion version, List<String> additional, String region, String product) {
        return new HeaderSigner.HeaderToSign(
                version,
                vector.method(),
                vector.target(),
                vector.query(),
                vector.headers().without("x-oss-security-token"),
                additional,
                vector.token(),
                region,
                product);
    }

    private void producesAndChecks(Vector vector, HeaderSigner.HeaderToSign request) throws OssRefusal {
        Instant date = SigningTime.parse(vector.request().get("date").asText()).orElseThrow();
        HeaderSigner.SignedHeaders signed = new HeaderSigner(keys).authorize(request, vector.accessKey(), date);
        assertStages(vector, signed.form());
        String authorization = signed.headers().first("authorization").orElseThrow();
        vector.expected("authorization")
                .ifPresent(text -> assertThat(authorization).isEqualTo(text));
        assertThat(authorization).endsWith(vector.expected("signature").orElseThrow());

        Headers all = request.headers();
        for (Headers.HeaderField field : signed.headers().fields()) {
            all = all.and(field.name(), field.value());
        }
        OssRequest arrived = Vectors.request(request.method(), request.target(), request.query(), all);
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(arrived);
        assertThat(presented.version()).isEqualTo(request.version());
        assertThat(presented.accessKeyId()).isEqualTo(vector.accessKey().id());
        assertThat(presented.signature()).isEqualTo(vector.expected("signature").orElseThrow());
        assertThat(presented.securityToken().map(SecurityToken::reveal))
                .isEqualTo(vector.token().map(SecurityToken::reveal));
        Validity.check(presented, arrived, date);
        SignatureVerifier verifier = new SignatureVerifier(keys);
        assertThat(verifier.check(presented, arrived, vector.accessKey().secret()))
                .isInstanceOf(SignatureCheck.Matches.class);
        assertThat(verifier.check(presented, arrived, Secret.of("another")))
                .isInstanceOfSatisfying(
                        SignatureCheck.Mismatch.class, mismatch -> assertStages(vector, mismatch.form()));
    }

    private static void assertStages(Vector vector, CanonicalForm form) {
        assertThat(form.canonicalRequest()).isEqualTo(vector.printable("canonicalRequest"));
        assertThat(form.stringToSign())
                .isEqualTo(vector.printable("stringToSign").orElseThrow());
    }
}
