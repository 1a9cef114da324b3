package io.countersign.signing;

import io.countersign.oss.HeaderField;
import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.Quoted;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Signatures that are not OSS's. Whoever sends one believes that it is looked at, so a request with one is never anonymous: it is refused, and told what it has been signed
 * for. Names are compared without regard to case, as other stores do.
 */
public final class ForeignSignature {
    private static final String S3 = "Amazon S3";
    private static final String GOOGLE = "Google Cloud Storage";
    private static final String COS = "Tencent COS";
    private static final String AMZ = "x-amz-";

    /** Parameters of a URL, by their beginning. */
    private static final Map<String, String> PREFIXES = Map.of(AMZ, S3, "x-goog-", GOOGLE, "q-sign", COS);

    private static final Map<String, String> PARAMETERS =
            Map.of("awsaccesskeyid", S3, "googleaccessid", GOOGLE, "q-ak", COS, "q-key-time", COS);

    /** What S3's signatures bring into headers and forms; other {@code x-amz-*} headers are a CDN's or a balancer's as well. */
    private static final Set<String> AMZ_FIELDS = Set.of(
            "x-amz-algorithm",
            "x-amz-content-sha256",
            "x-amz-credential",
            "x-amz-date",
            "x-amz-expires",
            "x-amz-region-set",
            "x-amz-security-token",
            "x-amz-signature",
            "x-amz-signedheaders");

    private static final List<String> S3_SCHEMES = List.of("aws4-", "aws ");

    private ForeignSignature() {}

    /** @throws OssRefusal InvalidArgument, naming the store and what belongs to it */
    static void refuse(OssRequest request) throws OssRefusal {
        for (QueryParameter parameter : request.query().list()) {
            refuseParameter(parameter.name());
        }
        refuseHeaders(request.headers());
    }

    /** The refusal of a request with such a signature, for explanations of requests that cannot be read; empty when it has none. */
    public static Optional<OssRefusal> in(List<String> parameterNames, Headers headers) {
        try {
            for (String name : parameterNames) {
                Optional<String> store = storeOf(Names.lower(name));
                if (store.isPresent()) {
                    throw refused("parameter " + Quoted.of(name), store.get());
                }
            }
            refuseHeaders(headers);
            return Optional.empty();
        } catch (OssRefusal refusal) {
            return Optional.of(refusal);
        }
    }

    /**
     * The same for a field of a form.
     *
     * @throws OssRefusal InvalidArgument
     */
    public static void refuseField(String name) throws OssRefusal {
        String lower = Names.lower(name);
        if (AMZ_FIELDS.contains(lower) || PARAMETERS.containsKey(lower)) {
            throw refused("field " + lower, PARAMETERS.getOrDefault(lower, S3));
        }
    }

    private static void refuseParameter(String name) throws OssRefusal {
        // Most are OSS's, or single words.
        if (Parameters.isOfSignature(name)) {
            return;
        }
        String lower = Names.lower(name);
        Optional<String> store = storeOf(lower);
        if (store.isPresent()) {
            throw refused("parameter " + Quoted.of(name), store.get());
        }
        if (Parameters.resemblesSignature(name)) {
            throw new OssRefusal(
                    OssError.INVALID_ARGUMENT,
                    "The parameter " + Quoted.of(name)
                            + " is spelled like one of OSS's signatures in other letters; their names know upper and lower case.");
        }
    }

    private static Optional<String> storeOf(String lower) {
        for (Map.Entry<String, String> prefix : PREFIXES.entrySet()) {
            if (lower.startsWith(prefix.getKey())) {
                return Optional.of(prefix.getValue());
            }
        }
        return Optional.ofNullable(PARAMETERS.get(lower));
    }

    private static void refuseHeaders(Headers headers) throws OssRefusal {
        for (HeaderField field : headers.fields()) {
            if (AMZ_FIELDS.contains(field.name())) {
                throw refused("header " + field.name(), S3);
            }
            if (field.name().equals("authorization") && isOfS3(field.value())) {
                throw refused("Authorization header", S3);
            }
        }
    }

    private static boolean isOfS3(String authorization) {
        String lower = Names.lower(HeaderLines.trim(authorization));
        return S3_SCHEMES.stream().anyMatch(lower::startsWith);
    }

    private static OssRefusal refused(String what, String store) {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "The request is signed for " + store + ": the " + what
                        + " belongs to its signatures, which are not looked at here. Sign for OSS (V4), or leave it out.");
    }
}
