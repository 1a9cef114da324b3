package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LocationTest {
    @Test
    void aPathNamesMembersAndIndexes() {
        Value.Location at =
                new Value.Location("", 1).member("accounts", 1).element(3, 2).member("name", 7);
        assertThat(at).isEqualTo(new Value.Location("accounts[3].name", 7));
    }

    @Test
    void aLongPathIsCutOnceAndKeepsItsLine() {
        Value.Location at = new Value.Location("", 1).member("n".repeat(8_000), 2);
        assertThat(at.path()).isEqualTo("n".repeat(256) + "...");
        Value.Location below = at.member("m", 3).element(0, 4);
        assertThat(below).isEqualTo(new Value.Location(at.path(), 4));
        assertThat(below.path()).isSameAs(at.path());
    }

    /** 64 KiB whose names stand in the place of each of their many values once took a hundred megabytes. */
    @Test
    void longNamesOverManyValuesDoNotMultiply() {
        String name = "n".repeat(8_000);
        String text = ("{\"" + name + "\":").repeat(4) + "[" + "0,".repeat(16_000) + "x]" + "}".repeat(4);
        assertThatThrownBy(() -> Values.parse(text))
                .isInstanceOfSatisfying(
                        InvalidDocumentException.class,
                        refusal -> assertThat(refusal.location().path()).hasSizeLessThan(300));
    }
}
