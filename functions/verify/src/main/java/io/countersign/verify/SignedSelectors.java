package io.countersign.verify;

import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.Presented;
import java.util.List;
import java.util.Optional;

/**
 * What would turn a V1 request into another operation behind its signature's back. V1 signs listed parameters only (protocol.md 1.3), and no client has {@code accessmonitor}
 * and {@code regions} among them: anybody who sees such a request could append them or take them away.
 *
 * <p>Clients send them so in the header form, which is good for minutes: such a request has to be allowed with them and without. A URL is handed on, so there they are refused.
 */
final class SignedSelectors {
    private SignedSelectors() {}

    /** @throws OssRefusal InvalidArgument for a V1 URL with a parameter that selects an operation and that V1 does not sign */
    static void require(OssRequest request, Credentials credentials) throws OssRefusal {
        if (!(credentials instanceof Credentials.OverRequest signed)
                || !(signed.presented() instanceof Presented.V1Url)) {
            return;
        }
        for (QueryParameter parameter : request.query().list()) {
            if (isLeftOut(parameter)) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "A V1 signature does not cover the parameter " + parameter.name()
                                + ", so it is not taken in a URL; sign with V4.");
            }
        }
    }

    /** What else a V1 signature of this request is good for: it without the selectors that V1 leaves out. Empty when there are none. */
    static Optional<OssRequest> without(OssRequest request) {
        List<QueryParameter> covered = request.query().list().stream()
                .filter(parameter -> !isLeftOut(parameter))
                .toList();
        return covered.size() == request.query().list().size()
                ? Optional.empty()
                : Optional.of(new OssRequest(
                        request.method(), request.address(), new QueryParameters(covered), request.headers()));
    }

    private static boolean isLeftOut(QueryParameter parameter) {
        return Operations.selects(parameter.name()) && !Parameters.isSignedByV1(parameter.name());
    }
}
