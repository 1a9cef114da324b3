package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
    private static final Pattern IPV4 =
            Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:.]{2,45}");
    private static final int TEXTS = 50_000;

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1,192.0.2.1",
        "0.0.0.0,0.0.0.0",
        "255.255.255.255,255.255.255.255",
        "::1,0:0:0:0:0:0:0:1",
        "2001:DB8::a,2001:db8:0:0:0:0:0:a",
        "::ffff:192.0.2.1,192.0.2.1",
    })
    void anAddressHasOneText(String text, String canonical) {
        assertThat(SourceAddress.canonical(text)).contains(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.4.", ".1.2.3.4", "1..2.3", "01.2.3.4", "1.2.3.256", "1.2.3.4\n",
                "1.2.3.-4", "1.2.3.4:80", "localhost", "0x1.2.3.4", "[::1]", "::1%eth0", "fe80::1%1", ":", "::1\n",
                        "g::",
                "\u0661.2.3.4"
            })
    void anythingElseIsNone(String text) {
        assertThat(SourceAddress.canonical(text)).isEmpty();
    }

    /** The regular expressions that the loops replaced. */
    private static Optional<String> byPattern(String text) {
        boolean literal = IPV4.matcher(text).matches()
                || text.indexOf(':') >= 0 && IPV6.matcher(text).matches();
        try {
            return literal ? Optional.of(InetAddress.ofLiteral(text).getHostAddress()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Test
    void theLoopsReadWhatTheExpressionsRead() {
        int accepted = 0;
        for (String text : texts()) {
            Optional<String> read = SourceAddress.canonical(text);
            assertThat(read).as(text).isEqualTo(byPattern(text));
            accepted += read.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isBetween(TEXTS / 20, TEXTS - TEXTS / 20);
    }

    private static List<String> texts() {
        RandomGenerator random = Seeds.random();
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < TEXTS; i++) {
            String text =
                    switch (random.nextInt(4)) {
                        case 0 -> joined(random, 3 + random.nextInt(8) / 3, ".", 300, 10);
                        case 1 ->
                            joined(random, 1 + random.nextInt(9), random.nextInt(3) == 0 ? "::" : ":", 0x1_1000, 16);
                        case 2 -> "::ffff:" + joined(random, 4, ".", 260, 10);
                        default -> joined(random, 4, ".", 256, 10);
                    };
            texts.add(random.nextInt(4) == 0 ? mutated(text, random) : text);
        }
        return texts;
    }

    private static String joined(RandomGenerator random, int parts, String between, int bound, int radix) {
        return String.join(
                between,
                Stream.generate(() -> Integer.toString(random.nextInt(bound), radix))
                        .limit(parts)
                        .toList());
    }

    private static String mutated(String text, RandomGenerator random) {
        int at = random.nextInt(text.length() + 1);
        String inserted =
                List.of("0", ".", ":", "a", "g", "%", "\n", " ", "-", "\u0661").get(random.nextInt(10));
        return text.substring(0, at) + inserted + text.substring(at);
    }
}
