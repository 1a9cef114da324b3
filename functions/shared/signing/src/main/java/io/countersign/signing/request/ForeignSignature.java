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
 * Detects signatures of other stores. A client that sends one expects a check, so such a request is refused rather than treated as anonymous, and the refusal names the
 * store. Names are compared without regard to case, as those stores do.
 */
public final class ForeignSignature {
    private static final String S3 = "Amazon S3";
    private static final String GOOGLE = "Google Cloud Storage";
    private static final String COS = "Tencent COS";
    private static final String TOS = "Volcengine TOS";
    private static final String OBS = "Huawei Cloud OBS";
    private static final String BOS = "Baidu BOS";

    /** The parts of an Amazon signature, by the end of the name; those of Google and Volcengine are the same. */
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

    /** A prefix of a name or value that belongs to a store's signatures. */
    private record Prefix(String text, String store) {
        boolean isOf(String other) {
            return other.regionMatches(true, 0, text, 0, text.length());
        }
    }

    /** Prefixes of URL parameters. */
    private static final List<Prefix> PREFIXES = List.of(
            new Prefix("x-amz-", S3),
            new Prefix("x-goog-", GOOGLE),
            new Prefix("x-tos-", TOS),
            new Prefix("x-obs-", OBS),
            new Prefix("x-bce-", BOS),
            new Prefix("x-cos-security-token", COS),
            new Prefix("q-sign", COS));

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

    /** The parts of signatures in headers and forms. Other headers with these prefixes also come from CDNs, load balancers and objects. */
    private static final Map<String, String> FIELDS = fields();

    private static final List<Prefix> SCHEMES = List.of(
            new Prefix("AWS4-", S3),
            new Prefix("AWS ", S3),
            new Prefix("GOOG4-", GOOGLE),
            new Prefix("GOOG1 ", GOOGLE),
            new Prefix("TOS4-", TOS),
            new Prefix("OBS ", OBS),
            new Prefix("bce-auth-", BOS),
            new Prefix("q-sign-algorithm=", COS));

    private ForeignSignature() {}

    /** @throws OssRefusal InvalidArgument, which names the store and the part */
    static void refuse(OssRequest request) throws OssRefusal {
        List<QueryParameter> parameters = request.query().list();
        // Every request comes here: an index costs no iterator.
        for (int i = 0; i < parameters.size(); i++) {
            refuseParameter(parameters.get(i).name());
        }
        refuseHeaders(request.headers());
    }

    /** The refusal of a request with such a signature, to explain a request that cannot be parsed; empty when it has none. */
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
     * Refuses a field of a form that belongs to such a signature.
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
        // Most parameters are OSS's own, or single words.
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
                            + " is spelled like a parameter of OSS's signatures in another case; their names are case-sensitive.");
        }
    }

    private static Optional<String> storeOf(String lower) {
        // The first two characters exclude most parameters.
        boolean mayHavePrefix = lower.startsWith("x-") || lower.startsWith("q-");
        Optional<String> store = mayHavePrefix ? withPrefix(PREFIXES, lower) : Optional.empty();
        return store.isPresent() ? store : Optional.ofNullable(PARAMETERS.get(lower));
    }

    private static Optional<String> withPrefix(List<Prefix> prefixes, String text) {
        for (Prefix prefix : prefixes) {
            if (prefix.isOf(text)) {
                return Optional.of(prefix.store());
            }
        }
        return Optional.empty();
    }

    private static void refuseHeaders(Headers headers) throws OssRefusal {
        for (int line = 0; line < headers.fields().size(); line++) {
            Headers.HeaderField field = headers.fields().get(line);
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
        Optional<String> store = withPrefix(SCHEMES, authorization);
        if (store.isPresent()) {
            throw refused("Authorization header", store.get());
        }
    }

    private static Map<String, String> fields() {
        Map<String, String> fields = new HashMap<>();
        Map<String, String> amazonStyle = Map.of("x-amz-", S3, "x-goog-", GOOGLE, "x-tos-", TOS);
        amazonStyle.forEach((prefix, store) -> {
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

    private static OssRefusal refused(String part, String store) {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "The request is signed for " + store + ": the " + part
                        + " belongs to its signatures, which are not checked here. Sign for OSS (V4), or leave it out.");
    }
}
