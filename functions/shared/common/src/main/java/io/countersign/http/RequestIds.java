package io.countersign.http;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Draws request ids in the form of OSS: 24 upper-case hexadecimal digits without a meaning.
 *
 * @param random must be unpredictable where ids must be
 */
public record RequestIds(RandomGenerator random) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int BYTES = 12;

    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HEX.formatHex(bytes);
    }
}
