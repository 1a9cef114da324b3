package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"al", "alice", "alice@example.com", "a.b-c_d", "6f9619ff-8b86-d011-b42d-00c04fc964ff"})
    void aSubjectOfTheRightFormIsItsOwnName(String subject) {
        assertThat(SessionName.of(subject)).isEqualTo(subject);
    }

    @Test
    void foreignCharactersAreReplacedAndTheNameIsMarked() {
        assertThat(SessionName.of("auth0|42")).matches("auth0-42_[0-9a-f]{20}");
        assertThat(SessionName.of("a")).matches("a_[0-9a-f]{20}");
        assertThat(SessionName.of("\u4e2d\u6587")).matches("--_[0-9a-f]{20}");
    }

    @Test
    void subjectsThatDifferInAForeignCharacterHaveDifferentNames() {
        assertThat(SessionName.of("a|b")).isNotEqualTo(SessionName.of("a/b")).isNotEqualTo(SessionName.of("a-b"));
    }

    @Test
    void aSubjectThatImitatesAMadeNameDoesNotGetIt() {
        String made = SessionName.of("auth0|42");
        assertThat(SessionName.of(made)).isNotEqualTo(made);
    }

    @Test
    void longSubjectsWithOneBeginningStayApart() {
        String long1 = "x".repeat(200) + "1";
        assertThat(SessionName.of(long1)).hasSize(64).isNotEqualTo(SessionName.of("x".repeat(200) + "2"));
    }

    @Property
    void everyNameHasTheFormOfASessionName(@ForAll @StringLength(min = 1, max = 255) String subject) {
        assertThat(SessionName.of(subject)).matches("[A-Za-z0-9.@_-]{2,64}").isEqualTo(SessionName.of(subject));
    }

    @Property
    void twoSubjectsHaveTwoNames(
            @ForAll @StringLength(min = 1, max = 80) String one,
            @ForAll @StringLength(min = 1, max = 80) String other) {
        assertThat(SessionName.of(one).equals(SessionName.of(other))).isEqualTo(one.equals(other));
    }
}
