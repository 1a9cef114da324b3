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
 * Finds the canonical request of a hash, for clients that do not send the request. The candidates are those that the Swift and Kotlin SDKs build for simple requests
 * that are signed in a header, with a common content type or none. The hash proves a candidate. Requests with other headers or parameters are not found.
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
     * Returns the candidate whose hash the string to sign contains.
     *
     * @throws ProblemException CanonicalRequestNeeded when there is none
     */
    static String find(RemoteRequest.V4 hints, V4StringToSign stringToSign) throws ProblemException {
        if (hints.bucket().isEmpty() || hints.key().isEmpty()) {
            throw BucketLevel.onlyObjects();
        }
        HttpMethod method = HttpMethod.of(hints.method()).orElseThrow(V4Candidates::none);
        Address address = new Address(
                Target.object(hints.bucket(), hints.key()), Address.Style.VIRTUAL_HOST, "", Optional.empty());
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
                "The stringToSign is not that of a simple request with these members; send the hashed text as the member canonicalRequest.");
    }
}
