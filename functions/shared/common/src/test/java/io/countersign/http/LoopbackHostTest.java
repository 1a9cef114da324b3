package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.1.2.3", "[::1]"})
    void isOnThisMachine(String host) {
        assertThat(LoopbackHost.matches(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost.",
                "localhost:80",
                "a.localhost",
                "localhost.example.com",
                "127.0.0.1.example.com",
                "127.0.0",
                "127.0.0.1:80",
                "127.0.0.1000",
                "1127.0.0.1",
                "127.0.0.0.1",
                "127.0..1",
                "127.0.0.",
                "127...1",
                "127.",
                "127.0.0.x",
                "127.0.0.1 ",
                "127.0.0.\u0661",
                "128.0.0.1",
                "0.0.0.0",
                "::1",
                "[::2]",
                "[::1]:80",
                "loca\u017fhost",
                "localhost\n"
            })
    void mayBeElsewhere(String host) {
        assertThat(LoopbackHost.matches(host)).isFalse();
    }
}
