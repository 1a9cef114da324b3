package io.countersign.signing;

/** Where a benchmark's request carries its signature. */
public enum Place {
    HEADER,
    URL
}
