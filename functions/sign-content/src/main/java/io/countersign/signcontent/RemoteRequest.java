package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.OssRequest;
import io.countersign.oss.Target;
import java.util.Optional;

/**
 * What the remote signer of the Swift and Kotlin SDKs hands over (protocol.md 5.4). The string to sign is what is signed; the other members are hints about it, and must agree.
 *
 * @param key empty when the request is about a bucket or the service
 * @param date of V1 the line of the string to sign, of V4 the day
 * @param accessKeyId that the client puts beside the signature
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

    /** @param canonicalRequest whose hash is in the string to sign, where the client sends it */
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

    /** @throws Refused HintMismatch when the string to sign is of another request than the members say */
    default void requireAgrees(OssRequest request) throws ProblemException {
        require("method", request.method().name(), method());
        require("bucket", bucketOf(request.target()), bucket());
        require("key", keyOf(request.target()), key());
    }

    static void require(String member, String signed, String hint) throws ProblemException {
        if (!signed.equals(hint)) {
            throw ContentError.HINT_MISMATCH.cause("The string to sign is of another " + member
                    + " than the member of that name says; send what the SDK hands over.");
        }
    }

    private static String bucketOf(Target target) {
        return switch (target) {
            case Target.Service service -> "";
            case Target.Bucket bucket -> bucket.bucket();
            case Target.ObjectKey object -> object.bucket();
        };
    }

    private static String keyOf(Target target) {
        return switch (target) {
            case Target.Service service -> "";
            case Target.Bucket bucket -> "";
            case Target.ObjectKey object -> object.key();
        };
    }
}
