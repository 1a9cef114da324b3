package io.countersign.signing.request;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.RequestCredentials;
import java.util.List;
import java.util.Set;

/**
 * Refuses parts of a signature that the presented signature does not read, because they would go unchecked: a security token without a signature, the expiry of another
 * version, URL parameters together with an Authorization header or sent as headers. OSS accepts some of them on public objects. The headers {@code Date},
 * {@code x-oss-date} and {@code x-oss-content-sha256} are no claim by themselves and are allowed without a signature.
 */
final class SignatureParts {
    private static final String TOKEN = "security-token";
    private static final String OSS_TOKEN = "x-oss-security-token";

    private static final Set<String> NONE = Set.of();
    private static final Set<String> TOKENS = Set.of(TOKEN, OSS_TOKEN);
    private static final Set<String> LATER_TOKEN = Set.of(OSS_TOKEN);
    private static final Set<String> V1_URL = Set.of("OSSAccessKeyId", "Expires", "Signature", TOKEN, OSS_TOKEN);
    private static final Set<String> V2_URL = Set.of(
            "x-oss-signature-version",
            "x-oss-access-key-id",
            "x-oss-expires",
            "x-oss-additional-headers",
            "x-oss-signature",
            TOKEN,
            OSS_TOKEN);
    private static final Set<String> V4_URL = Set.of(
            "x-oss-signature-version",
            "x-oss-credential",
            "x-oss-date",
            "x-oss-expires",
            "x-oss-additional-headers",
            "x-oss-signature",
            OSS_TOKEN);

    /** Parameters of signed URLs that are never headers of a signature. */
    private static final Set<String> NEVER_HEADERS = Set.of(
            "ossaccesskeyid",
            "x-oss-access-key-id",
            "x-oss-additional-headers",
            "x-oss-credential",
            "x-oss-expires",
            "x-oss-signature",
            "x-oss-signature-version");

    private SignatureParts() {}

    /** @throws OssRefusal InvalidArgument for a part that the presented signature does not read */
    static void requireNoOthers(RequestCredentials presented, OssRequest request) throws OssRefusal {
        requireNoParameters(request.headers());
        Set<String> read = readBy(presented);
        List<QueryParameter> parameters = request.query().list();
        // Every request comes here: an index costs no iterator.
        for (int i = 0; i < parameters.size(); i++) {
            QueryParameter parameter = parameters.get(i);
            if (Parameters.isOfSignature(parameter.name()) && !read.contains(parameter.name())) {
                throw presented instanceof RequestCredentials.Anonymous
                        ? unsignedToken("parameter " + parameter.name())
                        : new OssRefusal(
                                OssError.INVALID_ARGUMENT,
                                "The parameter " + parameter.name()
                                        + " belongs to another kind of signature than the one that the request is signed with; leave it out.");
            }
        }
        if (presented instanceof RequestCredentials.Anonymous) {
            requireNoToken(request.headers());
        }
    }

    private static void requireNoParameters(Headers headers) throws OssRefusal {
        for (int line = 0; line < headers.fields().size(); line++) {
            Headers.HeaderField field = headers.fields().get(line);
            if (NEVER_HEADERS.contains(field.name())) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "The header " + field.name()
                                + " is a parameter of signed URLs, and signs nothing as a header: put the whole signature into the URL, or sign in the Authorization header, and leave this one out.");
            }
        }
    }

    private static void requireNoToken(Headers headers) throws OssRefusal {
        for (String name : TOKENS) {
            if (headers.has(name)) {
                throw unsignedToken("header " + name);
            }
        }
    }

    private static OssRefusal unsignedToken(String part) {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "The " + part
                        + " is a security token, but the request has no signature: sign it with the session's key, or leave the token out.");
    }

    private static Set<String> readBy(RequestCredentials presented) {
        return switch (presented) {
            case RequestCredentials.Anonymous anonymous -> NONE;
            case RequestCredentials.V1Header v1 -> TOKENS;
            case RequestCredentials.V2Header v2 -> TOKENS;
            case RequestCredentials.V4Header v4 -> LATER_TOKEN;
            case RequestCredentials.V1Url v1 -> V1_URL;
            case RequestCredentials.V2Url v2 -> V2_URL;
            case RequestCredentials.V4Url v4 -> V4_URL;
        };
    }
}
