package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "a.b.c", ".oss-cn-hangzhou.aliyuncs.com", "127.0.0.1", "xn--fiq228c.example"})
    void names(String host) {
        assertThat(HostText.isName(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a..b", "..a", "a.", "A.b", "a_b", "a%2eb", "a b", "ａ.b", "a/b", "a,b", "*"})
    void refusesAnInvalidName(String host) {
        assertThat(HostText.isName(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "0.0.0.0", "255.255.255.255"})
    void fourOctets(String host) {
        assertThat(HostText.isIpv4(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.0.0.1",
                "1.2.3.",
                ".1.2.3",
                "1..2.3",
                "0x7f.0.0.1",
                "1.2.3.0004",
                "2130706433",
                "a.b.c.d"
            })
    void refusesAnInvalidIpv4Address(String host) {
        assertThat(HostText.isIpv4(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[::1]", "[::]", "[2001:db8::7]", "[::ffff:127.0.0.1]"})
    void ipv6Literals(String host) {
        assertThat(HostText.isIpv6(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "[:]", "::1", "[::1", "[::1%25eth0]", "[::g]", "[1:2:3:4:5:6:7:8:9]", "[a]"})
    void refusesAnInvalidIpv6Literal(String host) {
        assertThat(HostText.isIpv6(host)).isFalse();
    }
}
