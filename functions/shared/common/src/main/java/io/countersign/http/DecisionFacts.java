package io.countersign.http;

import java.util.List;
import java.util.Optional;

/**
 * Facts about the decision behind a reply, for logs and metrics. They are never sent to the caller. Every method is empty where the fact does not apply or is unknown. Methods may compute their result on each call, so that a
 * reader pays only for the facts that it uses; they are safe for any thread.
 */
public interface DecisionFacts {
    /** Knows nothing. */
    DecisionFacts NONE = new DecisionFacts() {};

    /** Whether the reply is a decision on a request to storage, allowed or not. {@link #sourceIp} and {@link #userAgent} are then that request's. */
    default boolean judged() {
        return false;
    }

    /** Whether the request was judged at another moment than the present, so that nothing may pass by it. */
    default boolean hypothetical() {
        return false;
    }

    /** The decisions on the parts of a batch, in their order. Empty where the reply is one decision. */
    default List<Part> parts() {
        return List.of();
    }

    /**
     * The decision on one part of a batch.
     *
     * @param code the code of the refusal; empty when the part is allowed
     */
    record Part(Optional<String> code, DecisionFacts facts) {}

    /** The request id that the reply shows, if it differs from the server's. */
    default Optional<String> requestId() {
        return Optional.empty();
    }

    /** The ARN of the authenticated requester, or its type where it has no ARN. */
    default Optional<String> principal() {
        return Optional.empty();
    }

    /** The user that a session acts for, authenticated by its identity provider. */
    default Optional<String> subject() {
        return Optional.empty();
    }

    default Optional<String> sessionId() {
        return Optional.empty();
    }

    /** The access key id that the request presents. It proves nothing when the request is refused. */
    default Optional<String> accessKeyId() {
        return Optional.empty();
    }

    /** {@code V1}, {@code V2} or {@code V4}: the version of the signature that the request presents. */
    default Optional<String> signatureVersion() {
        return Optional.empty();
    }

    /** The User-Agent of the judged request, if that is not the call itself. */
    default Optional<String> userAgent() {
        return Optional.empty();
    }

    default Optional<String> action() {
        return Optional.empty();
    }

    /** Without a query. */
    default Optional<String> resource() {
        return Optional.empty();
    }

    /** The client's address as policies see it, if it is not that of the call. */
    default Optional<String> sourceIp() {
        return Optional.empty();
    }

    /** The EC of OSS's refusal. */
    default Optional<String> ec() {
        return Optional.empty();
    }

    /** The statement, the ACL, or {@code owner}. */
    default Optional<String> decidedBy() {
        return Optional.empty();
    }
}
