package io.countersign.gateway.store;

import io.countersign.gateway.server.Arrival;
import io.countersign.oss.Headers;
import io.countersign.upstream.AnswerHead;
import io.countersign.verify.decide.HeaderText;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Optional;

/** Writes the head of a store's answer to the client. */
final class ReplyHead {
    private static final String CONTENT_LENGTH = "content-length";

    private ReplyHead() {}

    /**
     * Writes the head.
     *
     * @param replies adds what pages need to read it
     * @param withBody whether a body follows
     * @param last whether the connection closes after the reply, whatever else is said
     * @return whether the connection closes after the reply; empty when there can be no such head, of which nothing was written then
     */
    static Optional<Boolean> write(
            Arrival arrival, OssReplies replies, AnswerHead head, boolean withBody, boolean last) {
        HttpServerResponse response = arrival.request().response();
        try {
            response.setStatusCode(head.status());
            for (Headers.HeaderField field : head.headers().fields()) {
                response.headers().add(field.name(), HeaderText.bytes(field.value()));
            }
            replies.cors().forEach(header -> response.headers().add(header.name(), header.value()));
        } catch (IllegalArgumentException e) {
            response.headers().clear();
            return Optional.empty();
        }
        response.putHeader("x-oss-server-time", Long.toString(arrival.millis()));
        arrival.date(response);
        boolean lengthless = withBody && !head.headers().has(CONTENT_LENGTH);
        response.setChunked(lengthless);
        boolean closes = arrival.beginsReply()
                || last
                || (lengthless && arrival.request().version() == HttpVersion.HTTP_1_0);
        if (closes) {
            response.putHeader("Connection", "close");
        }
        return Optional.of(closes);
    }
}
