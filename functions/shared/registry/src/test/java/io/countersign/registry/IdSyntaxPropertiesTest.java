package io.countersign.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Utf8;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The loops accept exactly what these regular expressions accept. */
class IdSyntaxPropertiesTest {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final String NEAR = "aAzZ09-._@`{/:[";
    private static final String FAR = " \n\r\0~é中\u0660\uFF11\uD83D\uDE00";
    private static final int TEXTS = 20_000;

    /** Of all lengths about the limits, most of them valid but for a few characters. */
    private static List<String> texts() {
        RandomGenerator random = Seeds.random();
        List<String> texts = new ArrayList<>(List.of("", "STS.", "STS.a", "sts.a", "\n", "a\n", "a.b\n"));
        for (int length : List.of(1, 2, 3, 31, 32, 33, 61, 62, 63, 64, 65, 127, 128, 129, 252, 253, 254)) {
            texts.add("a".repeat(length));
            texts.add("0".repeat(length));
            texts.add("a.".repeat(length) + "a");
            texts.add("b." + "a".repeat(length));
            texts.add("a".repeat(length) + ".b");
            texts.add("-" + "a".repeat(length));
            texts.add("a".repeat(length) + "-");
        }
        for (int i = 0; i < TEXTS; i++) {
            texts.add(text(random));
        }
        return texts;
    }

    private static String text(RandomGenerator random) {
        int length = random.nextInt(random.nextInt(8) == 0 ? 270 : 12);
        String alphabet = List.of("ab0-", "ab0-.", "0123456789", "01.", "aB0._-", NEAR, NEAR + FAR)
                .get(random.nextInt(7));
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static void assertSame(Predicate<String> loop, String pattern) {
        assertSame(loop, Pattern.compile(pattern).asMatchPredicate());
    }

    private static void assertSame(Predicate<String> loop, Predicate<String> other) {
        int accepted = 0;
        for (String text : texts()) {
            assertThat(loop.test(text)).as(text).isEqualTo(other.test(text));
            accepted += loop.test(text) ? 1 : 0;
        }
        assertThat(accepted).isBetween(TEXTS / 100, TEXTS - TEXTS / 100);
    }

    @Test
    void accessKeyIds() {
        Predicate<String> pattern = Pattern.compile("[A-Za-z0-9._-]{2,128}").asMatchPredicate();
        assertSame(IdSyntax::isAccessKeyId, pattern.and(id -> !id.startsWith("STS.")));
    }

    @Test
    void accountIds() {
        assertSame(IdSyntax::isAccountId, "[0-9]{1,32}");
    }

    @Test
    void ramNames() {
        assertSame(IdSyntax::isRamName, "[A-Za-z0-9._@-]{1,64}");
    }

    @Test
    void buckets() {
        assertSame(IdSyntax::isBucket, "[a-z0-9](?:[a-z0-9-]{1,61})[a-z0-9]");
    }

    @Test
    void regions() {
        assertSame(IdSyntax::isRegion, "[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?");
    }

    @Test
    void domains() {
        Predicate<String> pattern =
                Pattern.compile(LABEL + "(?:\\." + LABEL + ")+").asMatchPredicate();
        assertSame(IdSyntax::isDomain, pattern.and(host -> host.length() <= 253));
    }

    @Test
    void addresses() {
        assertSame(IdSyntax::isIpv4, "[0-9.]+");
    }

    @Test
    void objectKeys() {
        assertSame(
                key -> IdSyntax.isObjectKey(key.repeat(5)),
                key -> !key.isEmpty()
                        && StandardCharsets.UTF_8.newEncoder().canEncode(key.repeat(5))
                        && key.repeat(5).getBytes(StandardCharsets.UTF_8).length <= ObjectAclItem.MAX_KEY_BYTES);
    }

    @Test
    void aTextIsMeasuredAsTheEncoderEncodesIt() {
        for (String text : texts()) {
            int expected = StandardCharsets.UTF_8.newEncoder().canEncode(text)
                    ? text.getBytes(StandardCharsets.UTF_8).length
                    : -1;
            assertThat(Utf8.length(text)).as(text).isEqualTo(expected);
        }
    }
}
