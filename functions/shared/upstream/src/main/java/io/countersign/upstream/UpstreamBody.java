package io.countersign.upstream;

import io.countersign.http.Bytes;

/** The body of a request to a store. */
public sealed interface UpstreamBody {
    record None() implements UpstreamBody {}

    /** The client's body, as it comes and of the same length. */
    record Streamed() implements UpstreamBody {}

    record Given(Bytes bytes) implements UpstreamBody {}
}
