package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** A text is decoded exactly when the JDK's encoder writes it for the bytes. */
class StrictBase64UrlTest {
    private static final String CHARACTERS = "AQgwBCDEZaz09-_=+/.~ \n\u00C1\u0141\uD83D";
    private static final int TEXTS = 200_000;

    private static Optional<byte[]> byEncodingAgain(String text) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)
                    ? Optional.of(bytes)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Test
    void randomTexts() {
        RandomGenerator random = Seeds.random();
        int decoded = 0;
        for (int i = 0; i < TEXTS; i++) {
            StringBuilder text = new StringBuilder();
            int used = random.nextInt(4) == 0 ? CHARACTERS.length() : 15;
            for (int length = random.nextInt(10); length > 0; length--) {
                text.append(CHARACTERS.charAt(random.nextInt(used)));
            }
            assertSame(text.toString());
            decoded += StrictBase64Url.decoded(text.toString()).isPresent() ? 1 : 0;
        }
        assertThat(decoded).isBetween(TEXTS / 10, TEXTS - TEXTS / 10);
    }

    @Test
    void everyPairAndEveryEndOfThree() {
        for (char first = 0; first < 0x100; first++) {
            for (char second = 0; second < 0x100; second++) {
                assertSame("" + first + second);
                assertSame("A" + first + second);
            }
        }
    }

    private static void assertSame(String text) {
        Optional<byte[]> expected = byEncodingAgain(text);
        Optional<byte[]> decoded = StrictBase64Url.decoded(text);
        assertThat(decoded.isPresent()).as(text).isEqualTo(expected.isPresent());
        if (expected.isPresent()) {
            assertThat(decoded.get()).as(text).isEqualTo(expected.get());
        }
        byte[] within = ("..." + text + "~").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(StrictBase64Url.decoded(within, 3, within.length - 1).isPresent())
                .as(text)
                .isEqualTo(expected.isPresent());
    }
}
