package io.countersign.gateway.server;

import io.countersign.gateway.config.HttpSettings;
import io.countersign.http.RequestIds;
import io.vertx.core.Vertx;
import java.time.InstantSource;

/**
 * What the dispatchers of all ports share with their server.
 *
 * @param clock the present of each call
 */
record Serving(
        Vertx vertx,
        Lanes lanes,
        ByteBudget budget,
        Fatal fatal,
        RequestIds ids,
        InstantSource clock,
        HttpSettings settings) {
    /** Returns the deadline of a request that has just arrived, as a value of {@link System#nanoTime}. */
    long deadline() {
        return System.nanoTime() + settings.budget().toNanos();
    }
}
