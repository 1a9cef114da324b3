package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class DateTextTest {
    private final DateText dates = new DateText();

    @Test
    void writesEachSecond() {
        Instant moment = Instant.parse("2026-11-01T03:04:05.999Z");
        assertThat(dates.of(moment)).isEqualTo("Sun, 01 Nov 2026 03:04:05 GMT");
        assertThat(dates.of(moment.minusMillis(500))).isEqualTo("Sun, 01 Nov 2026 03:04:05 GMT");
        assertThat(dates.of(moment.plusMillis(1))).isEqualTo("Sun, 01 Nov 2026 03:04:06 GMT");
        assertThat(dates.of(moment)).isEqualTo("Sun, 01 Nov 2026 03:04:05 GMT");
        assertThat(dates.of(Instant.EPOCH)).isEqualTo("Thu, 01 Jan 1970 00:00:00 GMT");
    }
}
