package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * The input of the Swift and Kotlin SDKs' remote signer (docs/protocol.md 5.4). The string to sign is signed; the other members describe it and must agree with it.
 *
 * @param key empty when the request's target is a bucket or the service
 * @param date for V1 the date line of the string to sign, for V4 the day
 * @param accessKeyId the id that the client sends with the signature
 */
sealed interface RemoteRequest {
    String method();

    String bucket();

    String key();

    String stringToSign();

    String date();

    Optional<String> accessKeyId();

    record V1(String method, String bucket, String key, String stringToSign, String date, Optional<String> accessKeyId)
            implements RemoteRequest {}

    /** @param canonicalRequest the text whose hash the string to sign contains, if the client sends it */
    record V4(
            String method,
            String bucket,
            String key,
            String stringToSign,
            String date,
            Optional<String> accessKeyId,
            String region,
            String product,
            Optional<String> canonicalRequest)
            implements RemoteRequest {}

    /** @throws ProblemException HintMismatch when the members describe another request than the string to sign */
    default void requireAgrees(OssRequest request) throws ProblemException {
        require("method", request.method().name(), method());
        require("bucket", request.target().bucketName().orElse(""), bucket());
        require("key", keyOf(request.target()), key());
    }

    static void require(String member, String signed, String hint) throws ProblemException {
        if (!signed.equals(hint)) {
            throw ContentError.HINT_MISMATCH.cause("The string to sign has another " + member
                    + " than the member of that name; send the SDK's values unchanged.");
        }
    }

    private static String keyOf(Target target) {
        return switch (target) {
            case Target.Service service -> "";
            case Target.Bucket bucket -> "";
            case Target.ObjectKey object -> object.key();
        };
    }
}
