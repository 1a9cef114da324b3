package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.base.SigningTime;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SelfSignature;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Parses V4's canonical request (docs/protocol.md 3) strictly, together with the string to sign that contains its hash. */
final class V4Content {
    private static final String VERSION = "x-oss-signature-version";
    private static final String DATE = "x-oss-date";
    private static final String PAYLOAD = "x-oss-content-sha256";
    private static final List<String> OF_URLS =
            List.of(VERSION, "x-oss-credential", DATE, "x-oss-expires", "x-oss-additional-headers");

    private V4Content() {}

    /** @throws ProblemException with a code of {@link ContentError} */
    static ContentSigner.Parsed parse(String canonicalRequest, V4StringToSign stringToSign) throws ProblemException {
        V4Lines lines = V4Lines.of(canonicalRequest);
        Address address = new Address(lines.target(), Address.Style.VIRTUAL_HOST, "", Optional.empty());
        OssRequest request = new OssRequest(lines.method(), address, lines.query(), lines.headers());
        boolean url = lines.query().has(VERSION);
        // A server reads the additional headers from the Authorization header or the query; the canonical request binds
        // both.
        requireSame(SelfSignature.canonicalRequest(request, lines.additional(), url), canonicalRequest);
        BucketLevel.refuse(request);
        return url ? ofUrl(request, lines, stringToSign) : ofHeader(request, lines, stringToSign);
    }

    private static ContentSigner.Parsed ofHeader(OssRequest request, V4Lines lines, V4StringToSign stringToSign)
            throws ProblemException {
        Headers headers = request.headers();
        if (!headers.all(DATE).equals(List.of(stringToSign.datetime()))) {
            throw ContentError.INVALID_DATE.cause(
                    "The canonical request's x-oss-date is not the time of the stringToSign; send the SDK's string to sign.");
        }
        if (!headers.all(PAYLOAD).equals(List.of("UNSIGNED-PAYLOAD"))) {
            throw ContentError.INVALID_CONTENT.cause(
                    "The canonical request's x-oss-content-sha256 is not UNSIGNED-PAYLOAD; send the SDK's string to sign.");
        }
        OssRequest own = with(request, request.query(), headers.without(DATE).without(PAYLOAD));
        RequestCredentials.Signed presented =
                new RequestCredentials.V4Header(stringToSign.scope(""), "", Optional.empty(), lines.additional());
        return new ContentSigner.Parsed(request, own, List.of(), presented, Optional.empty());
    }

    private static ContentSigner.Parsed ofUrl(OssRequest request, V4Lines lines, V4StringToSign stringToSign)
            throws ProblemException {
        RequestCredentials.V4Url presented = presented(request);
        if (!presented.date().equals(stringToSign.datetime())
                || !presented.scope().line().equals(stringToSign.scope("").line())) {
            throw ContentError.INVALID_CONTENT.cause(
                    "The canonical request's x-oss-date or x-oss-credential is not that of the stringToSign; send the SDK's string to sign.");
        }
        if (!presented.additionalHeaders().equals(lines.additional())) {
            throw ContentError.INVALID_CONTENT.cause(
                    "The canonical request's x-oss-additional-headers are not the headers that it contains; name the signed headers.");
        }
        QueryParameters own = request.query();
        for (String name : OF_URLS) {
            own = own.without(name);
        }
        Instant end = SigningTime.parseIso(presented.date())
                .map(date -> date.plusSeconds(presented.expiresSeconds()))
                .orElseThrow(() -> ContentError.INVALID_DATE.cause("The x-oss-date is not a time; correct it."));
        return new ContentSigner.Parsed(
                request, with(request, own, request.headers()), List.of(), presented, Optional.of(end));
    }

    /** Parses the credentials of this query as a server does, with a placeholder for the missing signature. */
    private static RequestCredentials.V4Url presented(OssRequest request) throws ProblemException {
        try {
            QueryParameters signed = request.query().and("x-oss-signature", "none");
            if (CredentialsParser.parse(with(request, signed, request.headers()))
                    instanceof RequestCredentials.V4Url url) {
                return url;
            }
            throw ContentError.INVALID_CONTENT.cause(
                    "The canonical request's x-oss-signature-version is not OSS4-HMAC-SHA256; send the SDK's string to sign.");
        } catch (OssRefusal refusal) {
            throw ContentError.INVALID_CONTENT.cause(refusal.text());
        }
    }

    private static OssRequest with(OssRequest request, QueryParameters query, Headers headers) {
        return new OssRequest(request.method(), request.address(), query, headers);
    }

    private static void requireSame(String rebuilt, String canonicalRequest) throws ProblemException {
        if (!rebuilt.equals(canonicalRequest)) {
            throw ContentError.NOT_CANONICAL.cause(
                    "The canonicalRequest is not one that an SDK signs: a part of it is unsorted, duplicated, not encoded as V4 requires, or in the wrong place. Send the SDK's canonical request, byte for byte.");
        }
    }
}
