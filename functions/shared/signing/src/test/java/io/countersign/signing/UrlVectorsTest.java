package io.countersign.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.RequestParser;
import io.countersign.signing.Vectors.Vector;
import io.countersign.signing.base.Names;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class UrlVectorsTest {
    private static final Set<String> OF_SIGNATURE = Set.of(
            "security-token",
            "x-oss-signature-version",
            "x-oss-access-key-id",
            "x-oss-credential",
            "x-oss-date",
            "x-oss-expires",
            "x-oss-additional-headers",
            "x-oss-security-token");

    private final SigningKeys keys = new SigningKeys(8);

    static Stream<Vector> v1() {
        return Vectors.of("oss-v1-url");
    }

    static Stream<Vector> v2() {
        return Vectors.of("oss-v2");
    }

    static Stream<Vector> v4() {
        return Vectors.of("oss-v4-url");
    }

    @ParameterizedTest
    @MethodSource
    void v1(Vector vector) throws OssRefusal {
        Instant now = Instant.ofEpochSecond(vector.request().get("expires").asLong() - 60);
        UrlSigner.UrlToSign url = url(vector, SignatureVersion.V1, vector.headers(), 60, "", "");
        if (vector.request().get("key").asText().indexOf('?') >= 0) {
            // V1 cannot tell such a key from a sub-resource: others' signatures are checked, none is made.
            assertThatThrownBy(() -> new UrlSigner(keys).sign(url, vector.accessKey(), now))
                    .isInstanceOf(OssRefusal.class)
                    .hasMessageContaining("Sign with V4");
            checks(vector, arrived(vector), now);
            return;
        }
        producesAndChecks(vector, url, now);
    }

    @ParameterizedTest
    @MethodSource
    void v2(Vector vector) throws OssRefusal {
        Instant now = Instant.ofEpochSecond(vector.request().get("expires").asLong() - 60);
        producesAndChecks(vector, url(vector, SignatureVersion.V2, vector.headers(), 60, "", ""), now);
    }

    @ParameterizedTest
    @MethodSource
    void v4(Vector vector) throws OssRefusal {
        List<String> additional = vector.names("additionalHeaders");
        // Our signer signs every header of its input. Headers that the vector leaves unsigned are only sent.
        Headers signed = new Headers(vector.headers().fields().stream()
                .filter(field -> Names.isSignedByDefault(field.name()) || additional.contains(field.name()))
                .toList());
        UrlSigner.UrlToSign url = url(
                vector,
                SignatureVersion.V4,
                signed,
                vector.request().get("expires").asLong(),
                vector.request().get("region").asText(),
                vector.request().get("product").asText());
        producesAndChecks(
                vector,
                url,
                SigningTime.parse(vector.request().get("date").asText()).orElseThrow());
    }

    private static UrlSigner.UrlToSign url(
            Vector vector, SignatureVersion version, Headers headers, long seconds, String region, String product) {
        QueryParameters own = new QueryParameters(vector.query().list().stream()
                .filter(parameter -> !OF_SIGNATURE.contains(parameter.name()))
                .toList());
        return new UrlSigner.UrlToSign(
                version,
                vector.method(),
                vector.target(),
                own,
                headers,
                Duration.ofSeconds(seconds),
                vector.token(),
                region,
                product);
    }

    private void producesAndChecks(Vector vector, UrlSigner.UrlToSign url, Instant now) throws OssRefusal {
        UrlSigner.SignedUrl signed = new UrlSigner(keys).sign(url, vector.accessKey(), now);
        assertStages(vector, signed.form());
        assertThat(signed.query().list().getLast().value())
                .isEqualTo(vector.expected("signature").orElseThrow());
        assertThat(signed.expiration()).isEqualTo(now.plus(url.expiresIn()));
        checks(vector, Vectors.request(url.method(), url.target(), signed.query(), vector.headers()), now);

        vector.expected("pathStyleUrl")
                .ifPresent(
                        text -> assertThat(text).endsWith("?" + signed.query().encoded()));
        if (vector.request().has("url")) {
            OssRequest arrived = arrived(vector);
            assertThat(arrived.target()).isEqualTo(vector.target());
            assertThat(signed.query().list())
                    .containsExactlyInAnyOrderElementsOf(arrived.query().list());
            checks(vector, arrived, now);
        }
    }

    /** The request that the vector's own URL makes. */
    private static OssRequest arrived(Vector vector) throws OssRefusal {
        return RequestParser.parse(
                vector.method().name(),
                vector.request().get("url").asText(),
                vector.headers(),
                BaseDomains.DEFAULT,
                host -> host.equals("img.example.com") ? Optional.of("examplebucket") : Optional.empty());
    }

    private void checks(Vector vector, OssRequest arrived, Instant now) throws OssRefusal {
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(arrived);
        assertThat(presented.accessKeyId()).isEqualTo(vector.accessKey().id());
        assertThat(presented.securityToken().map(SecurityToken::reveal))
                .isEqualTo(vector.token().map(SecurityToken::reveal));
        Validity.check(presented, arrived, now);
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
