package io.countersign.signing.request;

import io.countersign.oss.Headers;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.Parameters;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.base.Names;

/** Refuses to sign a request that contains parts of a signature, or text that could forge a line of the string to sign. */
final class RequestGuard {
    private RequestGuard() {}

    static void check(Target target, QueryParameters query, Headers headers) throws OssRefusal {
        checkTarget(target);
        for (QueryParameter parameter : query.list()) {
            if (Parameters.isOfSignature(parameter.name())) {
                throw refused("The parameter " + parameter.name() + " belongs to the signature; leave it out.");
            }
            if (!Names.isWellFormed(parameter.name()) || !Names.isWellFormed(parameter.value())) {
                throw refused("A parameter is not Unicode text: it contains half a surrogate pair.");
            }
        }
        Names.PlainHeaders.check(headers);
        for (Headers.HeaderField field : headers.fields()) {
            if (isOfSignature(field.name())) {
                throw refused("The header " + field.name() + " belongs to the signature; leave it out.");
            }
        }
    }

    private static boolean isOfSignature(String header) {
        return header.equals("authorization")
                || header.equals("x-oss-security-token")
                || header.equals("security-token");
    }

    private static void checkTarget(Target target) throws OssRefusal {
        switch (target) {
            case Target.Service service -> {}
            case Target.Bucket bucket -> checkBucket(bucket.bucket());
            case Target.ObjectKey object -> {
                checkBucket(object.bucket());
                if (!Names.isWellFormed(object.key())) {
                    throw new OssRefusal(
                            OssError.INVALID_OBJECT_NAME,
                            "The object key is not Unicode text: it contains half a surrogate pair.");
                }
            }
        }
    }

    /** Checks only that the bucket's name cannot extend into the key; it is not the full rule for bucket names. */
    private static void checkBucket(String bucket) throws OssRefusal {
        if (!Names.isHeaderName(bucket) || bucket.indexOf('/') >= 0 || bucket.indexOf('?') >= 0) {
            throw new OssRefusal(OssError.INVALID_BUCKET_NAME);
        }
    }

    private static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }
}
