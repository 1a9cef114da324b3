package io.countersign.signing.v1;

import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;

/** V1 signs decoded text, so some requests share one string to sign (protocol.md 1.5). Countersign makes no signature that another reading could use. */
final class Ambiguity {
    private Ambiguity() {}

    /** @throws OssRefusal InvalidArgument when a key or a signed parameter has a character that V1 cannot tell from its own */
    static void refuse(Target target, QueryParameters query) throws OssRefusal {
        if (target instanceof Target.ObjectKey object && object.key().indexOf('?') >= 0) {
            throw refused("the object key has a '?'");
        }
        for (QueryParameter parameter : query.list()) {
            if (!Parameters.isSignedByV1(parameter.name())) {
                continue;
            }
            if (hasAny(parameter.name(), "&=?") || hasAny(parameter.value(), "&?")) {
                throw refused("a signed parameter has a '&', a '?' or, in its name, a '='");
            }
        }
    }

    private static boolean hasAny(String text, String characters) {
        for (int i = 0; i < characters.length(); i++) {
            if (text.indexOf(characters.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    private static OssRefusal refused(String what) {
        return new OssRefusal(
                OssError.INVALID_ARGUMENT,
                "A V1 signature would stand for another request as well: " + what
                        + ". Sign with V4, which encodes it.");
    }
}
