package io.countersign.signing.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.Cases.Case;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.Validity;
import io.countersign.signing.base.Names;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.HeaderSigner;
import io.countersign.signing.request.SignatureVerifier;
import io.countersign.signing.request.UrlSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Checks requests that an official client signed, and signs the same requests to compare the signatures. */
final class ClientSignatureChecks {
    static final String REGION = "cn-hangzhou";

    private final SigningKeys keys = new SigningKeys(64);
    private final SignatureVerifier verifier = new SignatureVerifier(keys);
    private final HeaderSigner headerSigner = new HeaderSigner(keys);
    private final UrlSigner urlSigner = new UrlSigner(keys);

    static Headers headers(Map<String, String> sent) {
        Headers headers = Headers.NONE;
        for (var header : sent.entrySet()) {
            headers = headers.and(header.getKey(), header.getValue());
        }
        return headers;
    }

    /** Path style on loopback, parsed from its raw text. */
    static OssRequest arrived(Case request, String pathAndQuery, Headers headers) throws OssRefusal {
        return RequestParser.parse(
                request.method().name(),
                "http://127.0.0.1:8080" + pathAndQuery,
                headers,
                BaseDomains.DEFAULT,
                DomainBinding.NONE);
    }

    /** Our check takes the client's signature under its secret and date, and no other secret's. */
    RequestCredentials.Signed checks(Case request, OssRequest arrived, Instant now) throws OssRefusal {
        assertThat(arrived.target()).isEqualTo(request.target());
        RequestCredentials.Signed presented = (RequestCredentials.Signed) CredentialsParser.parse(arrived);
        assertThat(presented.accessKeyId()).isEqualTo(request.accessKey().id());
        assertThat(presented.securityToken().map(SecurityToken::reveal)).isEqualTo(request.token());
        Validity.check(presented, arrived, now);
        assertThat(verifier.check(presented, arrived, request.accessKey().secret()))
                .isInstanceOf(SignatureCheck.Matches.class);
        assertThat(verifier.check(presented, arrived, Secret.of("another")))
                .isInstanceOf(SignatureCheck.Mismatch.class);
        return presented;
    }

    /** Our signer, given what the client sent but for its signature and token, comes to the same signature. */
    void signsTheSameInTheHeader(Case request, OssRequest arrived, RequestCredentials.Signed presented)
            throws OssRefusal {
        Headers own = new Headers(arrived.headers().fields().stream()
                .filter(field -> !isOfSignature(field))
                .toList());
        HeaderSigner.HeaderToSign toSign = new HeaderSigner.HeaderToSign(
                presented.version(),
                request.method(),
                request.target(),
                request.parameters(),
                own,
                request.additional(),
                presented.securityToken(),
                REGION,
                CredentialScope.OSS);
        Headers made = headerSigner
                .authorize(toSign, request.accessKey(), request.moment())
                .headers();
        assertThat(made.first("authorization").orElseThrow()).endsWith(presented.signature());
    }

    void signsTheSameInTheUrl(Case request, RequestCredentials.Signed presented, Instant date, Duration expiresIn)
            throws OssRefusal {
        boolean first = presented.version() == SignatureVersion.V1;
        Headers signed = new Headers(request.headerLines().fields().stream()
                .filter(field -> first
                        || Names.isSignedByDefault(field.name())
                        || request.additional().contains(field.name()))
                .toList());
        UrlSigner.UrlToSign toSign = new UrlSigner.UrlToSign(
                presented.version(),
                request.method(),
                request.target(),
                request.parameters(),
                signed,
                expiresIn,
                presented.securityToken(),
                REGION);
        assertThat(urlSigner
                        .sign(toSign, request.accessKey(), date)
                        .query()
                        .list()
                        .getLast()
                        .value())
                .isEqualTo(presented.signature());
    }

    private static boolean isOfSignature(Headers.HeaderField field) {
        return switch (field.name()) {
            case "authorization", "x-oss-security-token", "security-token", "host" -> true;
            default -> false;
        };
    }
}
