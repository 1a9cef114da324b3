package io.countersign.verify.explain;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import java.util.Optional;

/**
 * A signed request whose signature does not match.
 *
 * @param secret the secret of the access key that the request names
 */
record MismatchedRequest(OssRequest request, RequestCredentials.Signed signed, Secret secret) {
    SignatureVersion version() {
        return signed.version();
    }

    AccessKey key() {
        return new AccessKey(signed.accessKeyId(), secret);
    }

    /** The key of the object that the request is about. */
    Optional<Target.ObjectKey> object() {
        return request.target() instanceof Target.ObjectKey object ? Optional.of(object) : Optional.empty();
    }

    /** The bucket that the request is in. */
    Optional<String> bucket() {
        return switch (request.target()) {
            case Target.Service service -> Optional.empty();
            case Target.Bucket bucket -> Optional.of(bucket.bucket());
            case Target.ObjectKey object -> Optional.of(object.bucket());
        };
    }

    OssRequest with(HttpMethod method) {
        return new OssRequest(method, request.address(), request.query(), request.headers());
    }

    OssRequest with(Target target) {
        return new OssRequest(request.method(), request.address().with(target), request.query(), request.headers());
    }

    OssRequest with(QueryParameters query) {
        return new OssRequest(request.method(), request.address(), query, request.headers());
    }

    OssRequest with(Headers headers) {
        return new OssRequest(request.method(), request.address(), request.query(), headers);
    }

    /** The request with another value of that header, or without it when the value is empty. */
    OssRequest withHeader(String name, String value) {
        Headers others = request.headers().without(name);
        return with(value.isEmpty() ? others : others.and(name, value));
    }

    String header(String name) {
        return request.headers().first(name).orElse("");
    }

    ClientMistakes.Candidate signed(OssRequest other, Explained.Cause cause) {
        return new ClientMistakes.Candidate(new ClientMistakes.SignedInput.AsRequest(other, signed, secret), cause);
    }
}
