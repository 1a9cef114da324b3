package io.countersign.gateway.cli;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of what operators do, as events have them: audit records name them. */
final class EventIds {
    private static final int BYTES = 12;

    private EventIds() {}

    static String next(SecureRandom random) {
        byte[] id = new byte[BYTES];
        random.nextBytes(id);
        return "operator-" + HexFormat.of().formatHex(id);
    }
}
