package io.countersign.verify;

import io.countersign.oss.Operations;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameter;
import io.countersign.signing.v1.V1;

/**
 * Refuses what would turn a V1 request into another operation behind its signature's back. V1 signs listed parameters only (protocol.md 1.3), and clients leave some sub-resources
 * out of it ({@code accessmonitor}, {@code regions}): anybody who sees such a request's URL could append them or take them away.
 */
final class SignedSelectors {
    private SignedSelectors() {}

    /** @throws OssRefusal InvalidArgument for a V1 signature beside a parameter that selects an operation and that V1 does not sign */
    static void require(OssRequest request, Credentials credentials) throws OssRefusal {
        if (!isV1(credentials)) {
            return;
        }
        for (QueryParameter parameter : request.query().list()) {
            if (Operations.selects(parameter.name()) && !V1.signs(parameter.name())) {
                throw new OssRefusal(
                        OssError.INVALID_ARGUMENT,
                        "A V1 signature does not cover the parameter " + parameter.name() + "; sign with V4.");
            }
        }
    }

    private static boolean isV1(Credentials credentials) {
        return switch (credentials) {
            case Credentials.None none -> false;
            case Credentials.OverForm form -> false;
            case Credentials.OverRequest signed ->
                switch (signed.presented().version()) {
                    case V1 -> true;
                    case V2, V4 -> false;
                };
        };
    }
}
