package io.countersign.signing.request;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import io.countersign.signing.v1.V1CredentialReader;
import io.countersign.signing.v2.V2CredentialReader;
import io.countersign.signing.v4.V4CredentialReader;
import java.util.List;
import java.util.Optional;

/** Reads the credentials that a request presents, and refuses a request that presents more than one signature. */
public final class CredentialsParser {
    private CredentialsParser() {}

    /**
     * Reads the credentials of a request, strictly. No secret is involved: the result proves nothing.
     *
     * @throws OssRefusal with OSS's own code when a part is malformed, duplicated or contradictory. A signature in the header and another in the URL are
     *     {@link OssError#TWO_SIGNATURES}. A malformed signature never makes a request anonymous
     */
    public static RequestCredentials parse(OssRequest request) throws OssRefusal {
        Names.PlainHeaders.check(request.headers());
        ForeignSignature.refuse(request);
        RequestCredentials presented = read(request);
        SignatureParts.requireNoOthers(presented, request);
        return presented;
    }

    private static RequestCredentials read(OssRequest request) throws OssRefusal {
        Optional<String> authorization = request.headers().first("authorization");
        boolean first = false;
        boolean later = false;
        for (QueryParameter parameter : request.query().list()) {
            switch (parameter.name()) {
                case "OSSAccessKeyId", "Signature", "Expires" -> first = true;
                // Every version has it, and so may a request with a signature in the header.
                case "security-token", "x-oss-security-token" -> {}
                default -> later |= Parameters.isOfSignature(parameter.name());
            }
        }
        if (authorization.isPresent() && (first || later)) {
            throw new OssRefusal(OssError.TWO_SIGNATURES);
        }
        if (first && later) {
            throw new OssRefusal(
                    OssError.TWO_SIGNATURES,
                    "The URL has the parameters of two signature versions; sign it with one of them.");
        }
        if (authorization.isPresent()) {
            return header(request, HeaderLines.trim(authorization.get()));
        }
        if (first) {
            return V1CredentialReader.url(request);
        }
        return later ? laterUrl(request) : new RequestCredentials.Anonymous();
    }

    private static RequestCredentials.Signed header(OssRequest request, String authorization) throws OssRefusal {
        if (authorization.startsWith("OSS ")) {
            return V1CredentialReader.header(request, HeaderLines.trim(authorization.substring(4)));
        }
        if (authorization.startsWith("OSS2 ")) {
            return V2CredentialReader.header(request, authorization.substring(5));
        }
        if (authorization.startsWith("OSS4-HMAC-SHA256 ")) {
            return V4CredentialReader.header(request, authorization.substring(17));
        }
        throw new OssRefusal(
                OssError.INVALID_AUTHORIZATION,
                "The Authorization header does not begin with OSS, OSS2 or OSS4-HMAC-SHA256; sign for OSS, or leave it out.");
    }

    private static RequestCredentials.Signed laterUrl(OssRequest request) throws OssRefusal {
        List<String> versions = request.query().all("x-oss-signature-version");
        return switch (versions.size() == 1 ? versions.getFirst() : "") {
            case "OSS4-HMAC-SHA256" -> V4CredentialReader.url(request);
            case "OSS2" -> V2CredentialReader.url(request);
            default ->
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The URL has a part of a signature, but x-oss-signature-version is not in it once, as OSS2 or OSS4-HMAC-SHA256; sign the whole URL anew, or leave its signature out.");
        };
    }
}
