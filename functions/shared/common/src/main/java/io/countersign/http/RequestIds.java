package io.countersign.http;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Draws request ids in the form of OSS: 24 upper-case hexadecimal digits without a meaning. The bytes of several ids are drawn together, because a call of a secure generator costs more than its bytes. Thread-safe if the generator is.
 */
public final class RequestIds {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int BYTES = 12;

    /** The ids that are drawn together. */
    static final int BATCH = 40;

    private final RandomGenerator random;
    private final byte[] drawn = new byte[BATCH * BYTES];
    private int used = drawn.length;

    /** @param random must be unpredictable where ids must be */
    public RequestIds(RandomGenerator random) {
        this.random = random;
    }

    /** Draws the next id. No bytes are used for two ids. */
    public synchronized String next() {
        if (used == drawn.length) {
            random.nextBytes(drawn);
            used = 0;
        }
        used += BYTES;
        return HEX.formatHex(drawn, used - BYTES, used);
    }
}
