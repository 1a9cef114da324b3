package io.countersign.verify.auth;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes ids like those of OSS: 24 upper-case hexadecimal digits. */
record RequestIds(RandomGenerator random) {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final int BYTES = 12;

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HEX.formatHex(bytes);
    }
}
