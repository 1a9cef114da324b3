package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpOctetsTest {
    private static boolean matches(String pattern, String address) {
        return IpPattern.parse(pattern)
                .orElseThrow()
                .contains(IpAddress.parse(address).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "101.*.*.100, 101.7.255.100",
        "101.*.*.100, 101.0.0.100",
        "101.*.*.100, ::ffff:101.1.2.100",
        "*.*.*.*, 203.0.113.9",
        "*.0.0.1, 127.0.0.1",
        "255.255.255.*, 255.255.255.255",
        "192.0.2.1, 192.0.2.1",
        "192.0.2.0/24, 192.0.2.1"
    })
    void anOctetMayBeAnything(String pattern, String address) {
        assertThat(matches(pattern, address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "101.*.*.100, 101.7.255.101",
        "101.*.*.100, 100.7.255.100",
        "*.0.0.1, 127.0.0.2",
        "*.*.*.*, 2001:db8::1",
        "0.*.0.0, 1.2.0.0",
        "192.0.2.1, 192.0.2.2"
    })
    void theOthersAreCompared(String pattern, String address) {
        assertThat(matches(pattern, address)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "101.*",
                "101.*.*",
                "101.*.*.*.100",
                "101.*.*.1*",
                "10*.1.1.1",
                "101.**.1.1",
                "101.*.256.1",
                "101.*.01.1",
                "101.*..1",
                "101.*.1.1/24",
                "::*",
                "::ffff:101.*.1.1",
                "*.*.*.* "
            })
    void refusesAnInvalidIpv4Address(String text) {
        assertThat(IpPattern.parse(text)).isEmpty();
    }
}
