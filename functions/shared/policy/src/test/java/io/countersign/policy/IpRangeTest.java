package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.0/24, 192.0.2.255, true",
        "192.0.2.0/24, 192.0.3.0, false",
        "0.0.0.0/0, 255.255.255.255, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.0.0.0/8, ::ffff:10.1.2.3, true",
        "::ffff:10.0.0.0/104, 10.1.2.3, true",
        "::ffff:a00:0/104, 10.1.2.3, true",
        "10.0.0.0/9, 10.127.255.255, true",
        "10.0.0.0/9, 10.128.0.0, false",
        "2001:db8::/32, 2001:DB8:0:1::, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8:0:0:1::/80, 2001:db8::1:0:0:0, true",
        "::/0, 2001:db8::1, true",
        "::/0, 192.0.2.1, false",
        "::1, ::1, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "64:ff9b::192.0.2.1, 64:ff9b::c000:201, true",
        "1234:5678:9abc:def0:1234:5678:255.255.255.255, 1234:5678:9abc:def0:1234:5678:ffff:ffff, true",
    })
    void aRangeHoldsItsAddresses(String range, String address, boolean holds) {
        assertThat(IpRange.parse(range)
                        .orElseThrow()
                        .contains(IpAddress.parse(address).orElseThrow()))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1.2",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "01.2.3.4",
                "1.2.3.-4",
                "1.2.3.+4",
                " 1.2.3.4",
                "1.2.3.4 ",
                "1.2.3.4/33",
                "1.2.3.4/",
                "1.2.3.4/-1",
                "0.0.0.0/+8",
                "0.0.0.0/\u0668",
                "1.2.3.\u0664",
                "1.2.3.4/024",
                "1.2.3.0/24/8",
                "1.2.3.4/24",
                "1.2.3.4:80",
                "*",
                "1.2.3.*",
                ":",
                ":::",
                "1::2::3",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "12345::",
                "g::",
                "::1%eth0",
                "[::1]",
                "1.2.3.4::",
                "::1.2.3.4:5",
                "::1.2.3",
                "::/129",
                "2001:db8::1/32",
                "::ffff:10.0.0.0/8",
                "1:2:3:4:5:6:7:",
                ":1:2:3:4:5:6:7"
            })
    void refusesAnInvalidAddressOrBlock(String text) {
        assertThat(IpRange.parse(text)).isEmpty();
    }

    @Property
    void ipv6TextMeansWhatTheJdkReadsInIt(@ForAll @Size(16) byte[] bytes) throws UnknownHostException {
        String text = InetAddress.getByAddress(bytes).getHostAddress();
        Optional<IpAddress> address = IpAddress.parse(text);
        assertThat(address).hasValueSatisfying(read -> {
            if (!read.isV4()) {
                assertThat(new java.math.BigInteger(1, bytes))
                        .isEqualTo(unsigned(read.high()).shiftLeft(64).or(unsigned(read.low())));
            }
        });
    }

    @Property
    void aBlockHoldsTheAddressesThatShareItsBits(
            @ForAll int network, @ForAll int address, @ForAll @IntRange(max = 32) int bits) {
        int mask = bits == 0 ? 0 : -1 << (32 - bits);
        IpRange range = IpRange.parse(dotted(network & mask) + "/" + bits).orElseThrow();
        assertThat(range.contains(IpAddress.parse(dotted(address)).orElseThrow()))
                .isEqualTo((network & mask) == (address & mask));
        assertThat(range.contains(IpAddress.parse(dotted(network)).orElseThrow()))
                .isTrue();
    }

    private static String dotted(int bits) {
        return (bits >>> 24) + "." + (bits >>> 16 & 255) + "." + (bits >>> 8 & 255) + "." + (bits & 255);
    }

    private static java.math.BigInteger unsigned(long bits) {
        return new java.math.BigInteger(Long.toUnsignedString(bits));
    }
}
