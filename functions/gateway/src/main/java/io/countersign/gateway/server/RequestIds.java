package io.countersign.gateway.server;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Makes ids like OSS's own: 24 upper-case hexadecimal digits. They say nothing and cannot be guessed. */
public final class RequestIds {
    private static final int BYTES = 12;

    private final SecureRandom random;

    public RequestIds(SecureRandom random) {
        this.random = random;
    }

    public String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().withUpperCase().formatHex(bytes);
    }
}
