package io.countersign.upstream;

import io.countersign.http.Bytes;

/** The body of a request to a store. */
public sealed interface UpstreamBody {
    record None() implements UpstreamBody {}

    /** The client's body, as it comes and of the same length. */
    record Streamed() implements UpstreamBody {}

    /**
     * The client's body, for a store that has to know its length first: one that comes in chunks is read as a whole
     * before it is sent.
     */
    record Measured() implements UpstreamBody {}

    record Given(Bytes bytes) implements UpstreamBody {}
}
