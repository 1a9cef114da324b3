package io.countersign.token.sts;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.UUID;

/** Makes the ids of calls as STS writes them: a UUID in upper case. */
record CallRequestIds(SecureRandom random) {
    private static final int BYTES = 16;

    String next() {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        ByteBuffer halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong()).toString().toUpperCase(Locale.ROOT);
    }
}
