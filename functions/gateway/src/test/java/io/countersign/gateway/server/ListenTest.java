package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenTest {
    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "localhost", "::1"})
    void loopbackIsKnown(String host) {
        assertThat(new GatewayServer.Listen(host, 0).isLoopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1", "no-such-host.invalid"})
    void everythingElseIsNotLoopback(String host) {
        assertThat(new GatewayServer.Listen(host, 0).isLoopback()).isFalse();
    }

    @Test
    void aUrlPutsSixthVersionAddressesIntoBrackets() {
        assertThat(new GatewayServer.Listen("::1", 0).url(8080)).isEqualTo("http://[::1]:8080");
        assertThat(new GatewayServer.Listen("127.0.0.1", 0).url(1)).isEqualTo("http://127.0.0.1:1");
    }
}
