package io.countersign.http.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutgoingAddressesTest {
    private static final OutgoingAddresses STRICT = new OutgoingAddresses(false);
    private static final OutgoingAddresses OPEN = new OutgoingAddresses(true);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "172.16.0.1",
                "192.168.0.1",
                "169.254.169.254",
                "100.64.0.1",
                "[fd00::1]",
                "[fe80::1]",
                "[64:ff9b::a00:1]",
                "[2002:a00:1::]"
            })
    void aPrivateAddressNeedsLeave(String host) {
        InetAddress address = OutgoingAddresses.literal(host).orElseThrow();
        assertThat(STRICT.allows(host, address)).isFalse();
        assertThat(OPEN.allows(host, address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "[::]", "[ff02::1]"})
    void anAddressOfNoHostIsNeverAllowed(String host) {
        assertThat(OPEN.allows(host, OutgoingAddresses.literal(host).orElseThrow()))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[2001:4860:4860::8888]"})
    void aPublicOneIs(String host) {
        assertThat(STRICT.allows(host, OutgoingAddresses.literal(host).orElseThrow()))
                .isTrue();
    }

    /** A name elsewhere that resolves to this machine would reach its private ports. */
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "[::1]"})
    void loopbackIsForItsOwnNames(String host) {
        InetAddress loopback = OutgoingAddresses.literal(host).orElseThrow();
        assertThat(STRICT.allows(host, loopback)).isTrue();
        assertThat(STRICT.allows("localhost", loopback)).isTrue();
        assertThat(OPEN.allows("store.example.com", loopback)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"store.example.com", "127.1", "0177.0.0.1", "2130706433", "256.1.1.1", "[store]", "::1", ""})
    void aNameIsNoAddress(String host) {
        assertThat(OutgoingAddresses.literal(host)).isEmpty();
    }
}
