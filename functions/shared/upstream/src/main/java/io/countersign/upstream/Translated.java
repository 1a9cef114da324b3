package io.countersign.upstream;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import java.util.Optional;

/**
 * A request in the protocol of a store, before its signature.
 *
 * @param key the object's key, decoded; empty for a request on the bucket. Where the bucket goes is the endpoint's
 *     matter
 * @param headers all that the store gets but Host, the date, the payload's hash and Authorization
 */
public record Translated(
        HttpMethod method,
        Optional<String> key,
        QueryParameters query,
        Headers headers,
        UpstreamBody body,
        AnswerTranslator answer) {}
