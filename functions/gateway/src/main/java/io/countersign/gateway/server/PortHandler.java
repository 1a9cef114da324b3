package io.countersign.gateway.server;

import io.countersign.gateway.watch.DecisionSink;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.vertx.core.Vertx;

/** Answers the requests of a port whose bodies are too large to be read at once. Safe for any number of event loops; must not wait on one. */
public interface PortHandler {
    /** The name of the port in logs and metrics. */
    String face();

    DecisionSink decisions();

    /** Called once when the port is open. */
    void opened(Vertx vertx);

    /**
     * Answers a request whose head has arrived. Its body is paused, and a client that expects {@code 100 Continue} has not got it. Every arrival is answered once, or its
     * connection closed.
     */
    void handle(Arrival arrival);

    /** The reply to a request that is refused by the server itself, in the form of this port. */
    Reply refusal(Arrival arrival, ProblemException.Problem problem);
}
