package io.countersign.gateway.server;

/**
 * The thread pool that an endpoint runs on. When the endpoints of one lane are blocked, for example by an identity provider that does not respond, the other lanes are
 * not affected.
 */
public enum Lane {
    /** Public endpoints. */
    OPEN,
    /** Requests of more than {@link io.countersign.http.RequestLimits#BODY} bytes. Few run concurrently, because parsing them takes a multiple of their size in memory. */
    BULK,
    /** Requests on their way to a store. */
    STORE,
    /** Private endpoints, for the operator's own programs. */
    PRIVATE,
    /** The health check. */
    HEALTH
}
