package io.countersign.signing.request;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.Quoted;
import io.countersign.signing.base.HeaderLines;
import io.countersign.signing.base.Names;
import java.util.HashMap;
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
    private static final String TOS = "Volcengine TOS";
    private static final String OBS = "Huawei Cloud OBS";
    private static final String BOS = "Baidu BOS";

    /** What Amazon's signatures bring, by the end of the name; Google's and Volcengine's have the same. */
    private static final Set<String> PARTS = Set.of(
            "algorithm",
            "content-sha256",
            "credential",
            "date",
            "expires",
            "region-set",
            "security-token",
            "signature",
            "signedheaders");

    /** How something begins that a store's signatures bring. */
    private record Beginning(String text, String store) {
        boolean isOf(String other) {
            return other.regionMatches(true, 0, text, 0, text.length());
        }
    }

    /** Parameters of a URL. */
    private static final List<Beginning> PREFIXES = List.of(
            new Beginning("x-amz-", S3),
            new Beginning("x-goog-", GOOGLE),
            new Beginning("x-tos-", TOS),
            new Beginning("x-obs-", OBS),
            new Beginning("x-bce-", BOS),
            new Beginning("x-cos-security-token", COS),
            new Beginning("q-sign", COS));

    private static final Map<String, String> PARAMETERS = Map.of(
            "awsaccesskeyid",
            S3,
            "googleaccessid",
            GOOGLE,
            "q-ak",
            COS,
            "q-key-time",
            COS,
            "q-header-list",
            COS,
            "q-url-param-list",
            COS,
            "q-signature",
            COS,
            "authorization",
            BOS);

    /** What the signatures bring into headers and forms; other headers with these beginnings are a CDN's, a balancer's or an object's own as well. */
    private static final Map<String, String> FIELDS = fields();

    private static final List<Beginning> SCHEMES = List.of(
            new Beginning("AWS4-", S3),
            new Beginning("AWS ", S3),
            new Beginning("GOOG4-", GOOGLE),
            new Beginning("GOOG1 ", GOOGLE),
            new Beginning("TOS4-", TOS),
            new Beginning("OBS ", OBS),
            new Beginning("bce-auth-", BOS),
            new Beginning("q-sign-algorithm=", COS));

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
        String store = FIELDS.getOrDefault(lower, PARAMETERS.get(lower));
        if (store != null) {
            throw refused("field " + lower, store);
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
        // Two characters tell most parameters apart from all beginnings.
        boolean mayBegin = lower.startsWith("x-") || lower.startsWith("q-");
        Optional<String> begun = mayBegin ? begunBy(PREFIXES, lower) : Optional.empty();
        return begun.isPresent() ? begun : Optional.ofNullable(PARAMETERS.get(lower));
    }

    private static Optional<String> begunBy(List<Beginning> beginnings, String text) {
        for (Beginning beginning : beginnings) {
            if (beginning.isOf(text)) {
                return Optional.of(beginning.store());
            }
        }
        return Optional.empty();
    }

    private static void refuseHeaders(Headers headers) throws OssRefusal {
        for (Headers.HeaderField field : headers.fields()) {
            String name = field.name();
            if (name.startsWith("x-")) {
                refuseHeader(name);
            } else if (name.equals("authorization")) {
                refuseScheme(HeaderLines.trim(field.value()));
            }
        }
    }

    private static void refuseHeader(String name) throws OssRefusal {
        String store = FIELDS.get(name);
        if (store != null) {
            throw refused("header " + name, store);
        }
    }

    private static void refuseScheme(String authorization) throws OssRefusal {
        if (authorization.startsWith("OSS")) {
            return;
        }
        Optional<String> store = begunBy(SCHEMES, authorization);
        if (store.isPresent()) {
            throw refused("Authorization header", store.get());
        }
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> likeAmazons = Map.of("x-amz-", S3, "x-goog-", GOOGLE, "x-tos-", TOS);
        likeAmazons.forEach((prefix, store) -> {
            for (String part : PARTS) {
                fields.put(prefix + part, store);
            }
        });
        for (String part : List.of("date", "content-sha256", "security-token")) {
            fields.put("x-obs-" + part, OBS);
            fields.put("x-bce-" + part, BOS);
        }
        fields.put("x-cos-security-token", COS);
        return Map.copyOf(fields);
    }

    private static OssRefusal refused(String what, String store) {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "The request is signed for " + store + ": the " + what
                        + " belongs to its signatures, which are not looked at here. Sign for OSS (V4), or leave it out.");
    }
}
