package io.countersign.gateway.server;

import io.vertx.core.http.HttpServerRequest;

/** Answers the requests of one port. Runs on the event loops of their connections. */
interface PortRequests {
    void handle(HttpServerRequest request);

    /** Replies to a request that the decoder refused. */
    void handleInvalid(HttpServerRequest request);
}
