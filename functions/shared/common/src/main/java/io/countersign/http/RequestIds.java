package io.countersign.http;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Makes ids like OSS's own: 24 upper-case hexadecimal digits, which say nothing.
 *
 * @param random one whose numbers cannot be guessed, where ids must not be
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
