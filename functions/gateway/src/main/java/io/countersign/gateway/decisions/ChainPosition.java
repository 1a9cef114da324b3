package io.countersign.gateway.decisions;

/**
 * A place in the chain, after one of its lines.
 *
 * @param seq the number of that line; 0 before the first
 * @param hash the SHA-256 of that line without its end, in lower-case hexadecimal digits
 */
public record ChainPosition(long seq, String hash) {
    /** Before the first line. */
    public static final ChainPosition START = new ChainPosition(0, "0".repeat(64));
}
