package io.countersign.gateway.live;

/** A gateway that a test has started, in its own process or in this one. */
public interface ServedGateway extends AutoCloseable {
    /** Returns the base URL of the gateway. */
    String url();

    @Override
    void close();
}
