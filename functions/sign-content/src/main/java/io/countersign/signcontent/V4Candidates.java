package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.Address;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.request.SelfSignature;
import java.util.List;
import java.util.Optional;

/**
 * Guesses the canonical request behind a hash, for clients that do not send it: what the Swift and Kotlin SDKs build for simple requests in their headers, with
 * one of the usual content types or none. A guess proves itself by its hash; what has another header or parameter is not found.
 */
final class V4Candidates {
    private static final List<String> TYPES = List.of(
            "",
            "application/octet-stream",
            "application/xml",
            "application/json",
            "application/pdf",
            "application/zip",
            "application/x-www-form-urlencoded",
            "text/plain",
            "text/html",
            "text/css",
            "text/csv",
            "text/xml",
            "image/jpeg",
            "image/png",
            "image/gif",
            "image/webp",
            "image/heic",
            "image/heif",
            "image/bmp",
            "image/tiff",
            "image/svg+xml",
            "video/mp4",
            "video/quicktime",
            "video/mpeg",
            "audio/mpeg",
            "audio/mp4",
            "audio/x-m4a",
            "audio/wav",
            "audio/aac");

    private static final List<QueryParameters> PLAIN = List.of(QueryParameters.NONE);
    private static final List<QueryParameters> OF_POSTS = List.of(
            new QueryParameters(List.of(QueryParameter.bare("uploads"))),
            new QueryParameters(List.of(QueryParameter.bare("append"), QueryParameter.of("position", "0"))));

    private V4Candidates() {}

    /**
     * The one that the string to sign has the hash of.
     *
     * @throws Refused CanonicalRequestNeeded when it is none of them
     */
    static String find(RemoteRequest.V4 hints, V4StringToSign stringToSign) throws ProblemException {
        if (hints.bucket().isEmpty() || hints.key().isEmpty()) {
            throw BucketLevel.onlyObjects();
        }
        HttpMethod method = HttpMethod.of(hints.method()).orElseThrow(V4Candidates::none);
        Address address = new Address(
                Target.object(hints.bucket(), hints.key()), Address.AddressStyle.VIRTUAL_HOST, "", Optional.empty());
        for (QueryParameters query : method == HttpMethod.POST ? OF_POSTS : PLAIN) {
            for (String type : TYPES) {
                OssRequest request = new OssRequest(method, address, query, headers(type, stringToSign.datetime()));
                String candidate = SelfSignature.canonicalRequest(request, List.of(), false);
                if (stringToSign.isOf(candidate)) {
                    return candidate;
                }
            }
        }
        throw none();
    }

    private static Headers headers(String type, String datetime) {
        Headers always =
                Headers.NONE.and("x-oss-content-sha256", "UNSIGNED-PAYLOAD").and("x-oss-date", datetime);
        return type.isEmpty() ? always : always.and("content-type", type);
    }

    private static ProblemException none() {
        return ContentError.CANONICAL_REQUEST_NEEDED.cause(
                "The stringToSign is of no plain request that these members let one guess; send the member canonicalRequest, the text that was hashed.");
    }
}
