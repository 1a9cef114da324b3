package io.countersign.verify.explain;

/** One thing to try, and what it means if the signature is over it. */
record Variation(Written written, Cause cause) {}
