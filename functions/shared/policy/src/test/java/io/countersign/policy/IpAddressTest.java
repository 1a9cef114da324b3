package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {
    private static final int TEXTS = 50_000;
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern GROUPS = Pattern.compile("[0-9a-fA-F]{1,4}(:[0-9a-fA-F]{1,4}){7}");

    @Test
    void addressesAreEqualIfAllTheirBitsAre() {
        IpAddress address = new IpAddress(false, 1, 2);
        assertThat(new IpAddress(false, 1, 2)).isEqualTo(address).hasSameHashCodeAs(address);
        assertThat(List.of(
                        new IpAddress(true, 1, 2),
                        new IpAddress(false, 3, 2),
                        new IpAddress(false, 1, 3),
                        new IpAddress(false, 2, 1)))
                .doesNotContain(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "...",
                "1.2.3",
                "1.2.3.",
                ".1.2.3",
                "1.2.3.4.",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.0004",
                "1.2.3.04",
                "1.2.3.+4",
                "1.2.3.\u0664",
                "1.2.3.4\n",
                " 1.2.3.4",
                "12345::",
                "::g",
                "::\uFF11",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7::8",
                "::1::",
                ":::",
                "::1.2.3",
                "1.2.3.4::",
                "::%1"
            })
    void noAddress(String text) {
        assertThat(IpAddress.parse(text)).isEmpty();
    }

    @Test
    void fourDecimalsAreReadAsTheJdkReadsThem() throws Exception {
        RandomGenerator random = Seeds.random();
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(
                    random,
                    3 + random.nextInt(10) / 4,
                    ".",
                    List.of("0", "00", "7", "255", "256", "99", "1000", "", "x"));
            Optional<IpAddress> read = IpAddress.parse(text);
            assertThat(read).as(text).isEqualTo(v4(text));
            accepted += read.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isGreaterThan(TEXTS / 50);
    }

    private static Optional<IpAddress> v4(String text) throws Exception {
        String[] parts = text.split("\\.", -1);
        for (String part : parts) {
            if (!DECIMAL.matcher(part).matches() || Integer.parseInt(part) > 255) {
                return Optional.empty();
            }
        }
        return parts.length == 4
                ? Optional.of(new IpAddress(
                        true,
                        0,
                        Integer.toUnsignedLong(
                                ByteBuffer.wrap(InetAddress.ofLiteral(text).getAddress())
                                        .getInt())))
                : Optional.empty();
    }

    @Test
    void eightGroupsAreReadAsTheJdkReadsThem() throws Exception {
        RandomGenerator random = Seeds.random();
        int accepted = 0;
        for (int i = 0; i < TEXTS; i++) {
            String text = text(
                    random,
                    7 + random.nextInt(20) / 9,
                    ":",
                    List.of(
                            "0", "0000", "a", "FFFF", "fe80", "12", "9Af", "b", "1", "2", "3", "4", "5", "6", "7",
                            "00001", "g"));
            boolean whole = GROUPS.matcher(text).matches();
            assertThat(IpAddress.parse(text).isPresent()).as(text).isEqualTo(whole);
            if (whole) {
                accepted++;
                assertThat(IpAddress.parse(text))
                        .contains(v6(InetAddress.ofLiteral(text).getAddress()));
            }
        }
        assertThat(accepted).isGreaterThan(TEXTS / 50);
    }

    /** The JDK makes an IPv4 address of a mapped one. */
    private static IpAddress v6(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 4
                ? new IpAddress(true, 0, Integer.toUnsignedLong(buffer.getInt()))
                : new IpAddress(false, buffer.getLong(), buffer.getLong());
    }

    private static String text(RandomGenerator random, int parts, String between, List<String> of) {
        return IntStream.range(0, parts)
                .mapToObj(i -> of.get(random.nextInt(random.nextInt(8) == 0 ? of.size() : of.size() / 2)))
                .collect(Collectors.joining(between));
    }
}
