package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.identity.token.Nonces;
import io.countersign.registry.sqlite.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clock that is ahead for a while has the store clear away what has expired by it. */
class ClockAheadTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant TOO_OLD = NOW.plus(Duration.ofMinutes(15));
    private static final String KEY = "LTAI5tCallerCallerCallerC";

    @TempDir
    Path directory;

    @Test
    void aUsedNonceStaysUsed() throws Exception {
        try (SqliteStore store = SqliteStore.open(directory.resolve("registry.db"))) {
            Nonces nonces = new Nonces(store, Nonces.Kind.CALLS);
            assertThat(nonces.firstUse(KEY, "used", TOO_OLD, NOW)).isTrue();
            Instant ahead = TOO_OLD.plus(Duration.ofDays(1)).plusSeconds(1);
            for (int i = 0; i < 5; i++) {
                assertThat(nonces.firstUse(KEY, "other" + i, ahead.plusSeconds(900), ahead))
                        .isTrue();
            }
            assertThat(nonces.firstUse(KEY, "used", TOO_OLD, NOW.plusSeconds(60)))
                    .isFalse();
        }
    }
}
