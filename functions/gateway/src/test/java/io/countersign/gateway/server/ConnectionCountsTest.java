package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.identity.TrustedProxies;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionCountsTest {
    private final ConnectionCounts counts =
            new ConnectionCounts(new ConnectionBounds(5, 2, TrustedProxies.of(List.of("10.0.0.0/8"))));

    private final List<ConnectionCounts.Slot> slots = new ArrayList<>();

    private boolean enters(String peer) {
        Optional<ConnectionCounts.Slot> slot = counts.enter(peer);
        slot.ifPresent(slots::add);
        return slot.isPresent();
    }

    @Test
    void anAddressHasItsBoundAndOthersTheirs() {
        assertThat(enters("203.0.113.1")).isTrue();
        assertThat(enters("203.0.113.1")).isTrue();
        assertThat(enters("203.0.113.1")).isFalse();
        assertThat(enters("203.0.113.2")).isTrue();
        slots.getFirst().leave();
        assertThat(enters("203.0.113.1")).isTrue();
        assertThat(enters("203.0.113.1")).isFalse();
    }

    @Test
    void clientsOfAUnixSocketAreCountedInTotalOnly() {
        for (int i = 0; i < 5; i++) {
            assertThat(enters(TrustedProxies.UNIX)).isTrue();
        }
        assertThat(enters(TrustedProxies.UNIX)).isFalse();
        assertThat(enters("203.0.113.1")).isFalse();
        slots.getFirst().leave();
        assertThat(enters("203.0.113.1")).isTrue();
    }

    @Test
    void allTogetherHaveTheirsToo() {
        for (int i = 0; i < 5; i++) {
            assertThat(enters("203.0.113." + i)).isTrue();
        }
        assertThat(enters("203.0.113.9")).isFalse();
        assertThat(enters("10.0.0.1")).isFalse();
        slots.getFirst().leave();
        assertThat(enters("203.0.113.9")).isTrue();
    }

    @Test
    void aTrustedProxyIsHeldToTheBoundOfAll() {
        for (int i = 0; i < 5; i++) {
            assertThat(enters("10.0.0.1")).isTrue();
        }
        assertThat(enters("10.0.0.1")).isFalse();
        slots.forEach(ConnectionCounts.Slot::leave);
        assertThat(enters("203.0.113.1")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "2001:db8::1, 2001:db8:0:0:ffff::2, false",
        "2001:db8::1, 2001:db8:0:1::1, true",
        "fe80::1%eth0, fe80::2%3, false",
        "203.0.113.1, ::ffff:203.0.113.1, false",
        "203.0.113.1, 203.0.113.2, true",
        "'', unknown, false"
    })
    void countsSpellingsOfAnAddressAsOne(String one, String other, boolean another) {
        assertThat(enters(one)).isTrue();
        assertThat(enters(one)).isTrue();
        assertThat(enters(other)).isEqualTo(another);
    }
}
