package io.countersign.upstream;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.registry.Upstream;
import java.util.Optional;

/**
 * A signed request to a store.
 *
 * @param endpoint where to connect. Its host is also the name that TLS checks, and its {@link
 *     Upstream.Endpoint#authority} is the header Host
 * @param target path and query of the request line, encoded
 * @param headers all but Host, Content-Length and Transfer-Encoding, with Authorization. No other header may be sent
 * @param question what the store is asked first, where it may ignore a condition of this request: a HEAD, whose {@link
 *     #answer} is of status 200 when the condition holds, and else what the client gets instead of this request's
 */
public record UpstreamRequest(
        HttpMethod method,
        Upstream.Endpoint endpoint,
        String target,
        Headers headers,
        UpstreamBody body,
        AnswerTranslator answer,
        Optional<UpstreamRequest> question) {
    /** Returns the endpoint to connect to: where the store's URLs name the bucket in their host, each has its own. */
    public static Upstream.Endpoint endpoint(Upstream upstream) {
        return upstream.pathStyle() ? upstream.endpoint() : upstream.endpoint().ofBucket(upstream.bucket());
    }

    /** The header Host, which is signed. */
    public String host() {
        return endpoint.authority();
    }

    /** Without the headers, which hold a signature. */
    @Override
    public String toString() {
        return method + " to a store, " + body;
    }
}
