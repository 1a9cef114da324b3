package io.countersign.presign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.Validity;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import java.time.Instant;
import java.util.Map;

/** The verification of an answer's URL and headers by a server that checks signatures. It reads nothing else of the answer. */
final class Verified {
    private Verified() {}

    static OssRequest request(Value answer, DomainBinding domains) throws OssRefusal, InvalidDocumentException {
        Headers headers = Headers.NONE;
        for (Map.Entry<String, Value> header : PresignCalls.headers(answer).entrySet()) {
            headers = headers.and(header.getKey(), Members.string(header.getValue()));
        }
        return RequestParser.parse(
                PresignCalls.text(answer, "method"),
                PresignCalls.text(answer, "url"),
                headers,
                BaseDomains.DEFAULT,
                domains);
    }

    /** The request that the URL makes, its signature valid at this moment under the signer's secret. */
    static OssRequest at(Value answer, Instant moment) throws OssRefusal, InvalidDocumentException {
        return at(answer, moment, DomainBinding.NONE);
    }

    static OssRequest at(Value answer, Instant moment, DomainBinding domains)
            throws OssRefusal, InvalidDocumentException {
        OssRequest request = request(answer, domains);
        RequestCredentials.Signed signed = signed(request);
        Validity.check(signed, request, moment);
        assertThat(signed.accessKeyId()).isEqualTo(PresignCalls.KEY_ID);
        assertThat(check(signed, request)).isInstanceOf(SignatureCheck.Matches.class);
        return request;
    }

    static RequestCredentials.Signed signed(OssRequest request) throws OssRefusal {
        return (RequestCredentials.Signed) CredentialsParser.parse(request);
    }

    static SignatureCheck check(RequestCredentials.Signed signed, OssRequest request) {
        return new SignatureVerifier(new SigningKeys(16)).check(signed, request, Secret.of(PresignCalls.SECRET));
    }
}
