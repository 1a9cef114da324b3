package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The loops read what these regular expressions read. */
class NameLoopsTest {
    private static final Pattern ARN = Pattern.compile("acs:ram::([0-9]{1,32}):role/([^/]{1,64})");
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9.@_-]{2,64}");
    private static final Pattern DERIVED = Pattern.compile(".*_[0-9a-f]{20}");
    private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9.@_-]");
    private static final int TEXTS = 50_000;

    private static String text(RandomGenerator random, int max) {
        List<String> pieces = List.of(
                "a",
                "Z",
                "0",
                "9",
                "f",
                "g",
                ".",
                "@",
                "_",
                "-",
                "_0123456789abcdef0123",
                "/",
                ":",
                "\n",
                "é",
                "中",
                "\uD83D\uDE00",
                "\uD83D",
                "|",
                " ",
                "`",
                "{",
                "\u0660");
        StringBuilder text = new StringBuilder();
        int used = random.nextInt(3) == 0 ? pieces.size() : 11;
        for (int length = random.nextInt(max); length > 0; length--) {
            text.append(pieces.get(random.nextInt(used)));
        }
        return text.toString();
    }

    @Test
    void sessionNames() {
        RandomGenerator random = Seeds.random();
        int kept = 0;
        for (int i = 0; i < TEXTS; i++) {
            String subject = text(random, random.nextBoolean() ? 5 : 70);
            String name = BearerAuthenticator.SessionName.of(subject);
            boolean keeps =
                    FORM.matcher(subject).matches() && !DERIVED.matcher(subject).matches();
            assertThat(name.equals(subject)).as(subject).isEqualTo(keeps);
            if (!keeps) {
                String prefix = subject.substring(0, Math.min(43, subject.length()));
                assertThat(name).startsWith(OTHER.matcher(prefix).replaceAll("-") + "_");
                assertThat(name).matches(FORM).matches(DERIVED);
            }
            kept += keeps ? 1 : 0;
        }
        assertThat(kept).isBetween(TEXTS / 50, TEXTS - TEXTS / 50);
    }

    @Test
    void arnsOfRoles() {
        RandomGenerator random = Seeds.random();
        int matched = 0;
        for (int i = 0; i < TEXTS; i++) {
            String account =
                    "1".repeat(random.nextInt(random.nextBoolean() ? 3 : 35)) + (random.nextInt(9) == 0 ? "x" : "");
            String start =
                    List.of("acs:ram::", "acs:ram:", "ACS:ram::", "acs:ram:::").get(random.nextInt(9) / 3 % 4);
            String arn = start + account + (random.nextInt(9) == 0 ? ":role:" : ":role/") + text(random, 70);
            Matcher matcher = ARN.matcher(arn);
            Optional<RoleFinder.RoleArn> expected = matcher.matches()
                    ? Optional.of(new RoleFinder.RoleArn(matcher.group(1), matcher.group(2)))
                    : Optional.empty();
            assertThat(RoleFinder.RoleArn.of(arn)).as(arn).isEqualTo(expected);
            matched += expected.isPresent() ? 1 : 0;
        }
        assertThat(matched).isBetween(TEXTS / 50, TEXTS - TEXTS / 50);
    }
}
