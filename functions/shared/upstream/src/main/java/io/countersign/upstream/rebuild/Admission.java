package io.countersign.upstream.rebuild;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.OuterSpace;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.upstream.StoreRow;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Admits what a row of the table names, and refuses what would change the meaning of the request at a store. What means
 * nothing to a store, or was used up here, never goes on.
 */
public final class Admission {
    /** The bounds of a URL to an address and to one request, which the decision held the client to. The store sees this server's address. */
    private static final Set<String> JUDGED = Set.of(
            "x-oss-ac-source-ip",
            "x-oss-ac-subnet-mask",
            "x-oss-ac-vpc-id",
            "x-oss-ac-forward-allow",
            OnceParameter.NAME);

    /** Headers of the client's signature, and what its SDK says of itself. */
    private static final Set<String> OF_THE_CLIENT =
            Set.of("x-oss-date", "x-oss-security-token", "x-oss-content-sha256", "x-oss-user-agent");

    /** The beginnings of headers that stores take orders from. */
    private static final List<String> FOREIGN = List.of("x-amz-", "x-goog-", "x-acs-", "x-minio-", "x-rgw-", "x-emc-");

    /** Headers of HTTP that change what a write does. In a read without a row for them, they spare bytes at most. */
    private static final Set<String> CONDITIONS = Set.of(
            "if-match",
            "if-none-match",
            "if-modified-since",
            "if-unmodified-since",
            "if-range",
            "range",
            "content-range");

    private static final String OSS = "x-oss-";

    private Admission() {}

    /**
     * Returns the request with the admitted parameters and headers alone: each once, values without outer white space.
     *
     * @throws OssRefusal NotImplemented for what OSS has and this row does not; InvalidArgument for what OSS does not
     *     have, and for what is there twice; InvalidObjectName for a key that one reader may take for another
     */
    public static OssRequest admitted(OssRequest request, StoreRow row) throws OssRefusal {
        return new OssRequest(request.method(), request.address(), parameters(request, row), headers(request, row));
    }

    private static QueryParameters parameters(OssRequest request, StoreRow row) throws OssRefusal {
        List<QueryParameter> admitted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (QueryParameter parameter : request.query().list()) {
            String name = parameter.name();
            if (Parameters.isOfSignature(name) || JUDGED.contains(name)) {
                continue;
            }
            if (!row.parameters().contains(name)) {
                throw Parameters.isKnown(name)
                        ? notImplemented("The parameter " + name, row)
                        : invalid("A parameter of the URL is not one of OSS's; leave it out.");
            }
            if (!seen.add(name)) {
                throw invalid("The parameter " + name + " is duplicated in the URL; send it once.");
            }
            admitted.add(parameter);
        }
        return new QueryParameters(admitted);
    }

    private static Headers headers(OssRequest request, StoreRow row) throws OssRefusal {
        boolean read = request.method() == HttpMethod.GET || request.method() == HttpMethod.HEAD;
        List<Headers.HeaderField> admitted = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Headers.HeaderField field : request.headers().fields()) {
            String name = field.name();
            if (row.admitsHeader(name)) {
                if (!seen.add(name)) {
                    throw invalid("The header " + name + " is duplicated; send it once.");
                }
                admitted.add(new Headers.HeaderField(name, OuterSpace.trim(field.value())));
            } else if (FOREIGN.stream().anyMatch(name::startsWith)) {
                throw invalid("A header of another storage's protocol has no meaning here; leave it out.");
            } else if (name.startsWith(OSS) ? !OF_THE_CLIENT.contains(name) : !read && CONDITIONS.contains(name)) {
                throw notImplemented("The header " + name, row);
            }
        }
        return new Headers(admitted);
    }

    private static OssRefusal notImplemented(String what, StoreRow row) {
        return new OssRefusal(
                OssError.NOT_IMPLEMENTED,
                what + " of " + row.operation().apiName()
                        + " is not implemented for a bucket with a store behind it; leave it out.");
    }

    private static OssRefusal invalid(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}
