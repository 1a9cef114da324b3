package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobStatesTest {
    /** Longer than every pattern, so that what holds for these continuations holds for all. */
    private static final int LONGEST_PATTERN = 5;

    private static final List<String> CONTINUATIONS = words("abc", LONGEST_PATTERN + 1);

    @ParameterizedTest
    @CsvSource({
        "b/*, b/, 1, true, true",
        "b/*, b/in/, 0, true, true",
        "b/in/*, b/, 1, false, true",
        "b/in/*, b/out/, 0, false, false",
        "b/?*, b/, 1, true, true",
        "b/?, b/, 1, false, true",
        "b/??, b/, 1, false, true",
        "b/?*, b/, 0, false, true",
        "b/, b/, 1, false, false",
        "b/, b/, 0, false, true",
        "*.jpg, b/in/, 0, false, true",
        "b, b/, 1, false, false",
        "*, b/, 1, true, true",
    })
    void aPatternContainsOrMeetsAllThatBeginsAlike(
            String pattern, String beginning, int rest, boolean contains, boolean meets) {
        Glob glob = GlobTest.glob(pattern);
        assertThat(Glob.States.contain(List.of(glob), beginning, rest, StepBudget.unbounded()))
                .isEqualTo(contains);
        assertThat(Glob.States.meets(glob, beginning, rest, StepBudget.unbounded()))
                .isEqualTo(meets);
    }

    @Test
    void patternsOfEveryLengthUpToOneContainNothingLonger() {
        List<Glob> upToTwo = List.of(GlobTest.glob(""), GlobTest.glob("?"), GlobTest.glob("??"));
        assertThat(Glob.States.contain(upToTwo, "", 0, StepBudget.unbounded())).isFalse();
        List<Glob> all = List.of(GlobTest.glob(""), GlobTest.glob("?"), GlobTest.glob("??*"));
        assertThat(Glob.States.contain(all, "", 0, StepBudget.unbounded())).isTrue();
    }

    @Property
    void meetingAgreesWithTryingEveryContinuation(
            @ForAll("patterns") String pattern,
            @ForAll("beginnings") String beginning,
            @ForAll @IntRange(max = 1) int rest) {
        boolean tried = CONTINUATIONS.stream()
                .filter(more -> more.length() >= rest)
                .anyMatch(more -> GlobTest.naive(pattern, beginning + more));
        assertThat(Glob.States.meets(GlobTest.glob(pattern), beginning, rest, StepBudget.unbounded()))
                .isEqualTo(tried);
    }

    @Property
    void containmentAgreesWithTryingEveryContinuation(
            @ForAll @Size(min = 1, max = 3) List<@net.jqwik.api.From("patterns") String> patterns,
            @ForAll("beginnings") String beginning,
            @ForAll @IntRange(max = 1) int rest) {
        List<Glob> globs = patterns.stream().map(GlobTest::glob).toList();
        boolean tried = CONTINUATIONS.stream()
                .filter(more -> more.length() >= rest)
                .allMatch(more ->
                        globs.stream().anyMatch(glob -> glob.matches(beginning + more, StepBudget.unbounded())));
        assertThat(Glob.States.contain(globs, beginning, rest, StepBudget.unbounded()))
                .isEqualTo(tried);
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.strings().withChars("ab*?").ofMaxLength(LONGEST_PATTERN);
    }

    @Provide
    Arbitrary<String> beginnings() {
        return Arbitraries.strings().withChars("ab").ofMaxLength(3);
    }

    private static List<String> words(String alphabet, int longest) {
        List<String> words = new ArrayList<>(List.of(""));
        for (int from = 0; words.get(from).length() < longest; from++) {
            for (char c : alphabet.toCharArray()) {
                words.add(words.get(from) + c);
            }
        }
        return words;
    }
}
