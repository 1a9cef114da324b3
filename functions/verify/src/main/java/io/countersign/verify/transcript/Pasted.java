package io.countersign.verify.transcript;

/** What somebody has of a request that failed: the request, with its answer where that is there, or the answer alone. */
public sealed interface Pasted permits Exchange, Answer {}
