package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    static Glob glob(String pattern) {
        try {
            return Template.parse(pattern, true, false, new Value.Location("", 1))
                    .fill(Map.of());
        } catch (InvalidDocumentException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "'', '', true",
                "'', a, false",
                "*, '', true",
                "*, a/b/c, true",
                "?, '', false",
                "?, a, true",
                "?, ab, false",
                "bucket, bucket, true",
                "bucket, buckets, false",
                "bucket, Bucket, false",
                "bucket/*, bucket, false",
                "bucket/*, bucket/, true",
                "bucket/*, bucket/a/b, true",
                "bucket/*.jpg, bucket/a.jpg, true",
                "bucket/*.jpg, bucket/a.jpg.exe, false",
                "b*t/*, bucket/x, true",
                "*a*b, aaab, true",
                "*a*b, aaba, false",
                "a**b, ab, true",
                "a?*?b, axyb, true",
                "a?*?b, axb, false",
                "*, 图片/一.png, true",
                "图?/*, 图片/一.png, true",
                "k?, k😀, true",
                "k??, k😀, false",
            })
    void starsAndQuestionMarksMatch(String pattern, String text, boolean matches) {
        assertThat(glob(pattern).matches(text, StepBudget.unbounded())).isEqualTo(matches);
    }

    @Property
    void agreesWithARecursiveMatcher(@ForAll("patterns") String pattern, @ForAll("texts") String text) {
        assertThat(glob(pattern).matches(text, StepBudget.unbounded())).isEqualTo(naive(pattern, text));
    }

    @Property
    void everyTextMatchesItself(@ForAll String text) {
        assertThat(Glob.literal(text).matches(text, StepBudget.unbounded())).isTrue();
        assertThat(Glob.literal(text).folded().matches(CaseFolding.fold(text), StepBudget.unbounded()))
                .isTrue();
    }

    @Test
    void manyStarsOnALongTextComeToAnEnd() {
        String pattern = "*a".repeat(15) + "*b";
        assertThat(glob(pattern).matches("a".repeat(100_000), StepBudget.unbounded()))
                .isFalse();
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings()
                .withChars("ab*?")
                .ofMaxLength(9)
                .filter(text -> stars(text) <= DocumentReader.Limits.RUNS);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abc").ofMaxLength(10);
    }

    private static long stars(String text) {
        return text.chars().filter(c -> c == '*').count();
    }

    static boolean naive(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (pattern.charAt(0) == '*') {
            return naive(pattern.substring(1), text) || !text.isEmpty() && naive(pattern, text.substring(1));
        }
        return !text.isEmpty()
                && (pattern.charAt(0) == '?' || pattern.charAt(0) == text.charAt(0))
                && naive(pattern.substring(1), text.substring(1));
    }
}
