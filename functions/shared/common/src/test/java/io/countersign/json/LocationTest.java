package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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
        assertThat(below.path()).isEqualTo(at.path());
    }

    @Test
    void aPathOf256CharactersIsWhole() {
        Value.Location at = new Value.Location("", 1).member("n".repeat(254), 1);
        assertThat(at.member("m", 1).path()).isEqualTo("n".repeat(254) + ".m");
        assertThat(at.member("mm", 1).path()).isEqualTo("n".repeat(254) + ".m...");
        assertThat(at.element(7, 1).path()).isEqualTo("n".repeat(254) + "[7...");
    }

    @Test
    void theRootHasNoPath() {
        Value.Location root = new Value.Location("", 3);
        assertThat(root).hasToString("the document").hasNoNullFieldsOrProperties();
        assertThat(root.path()).isEmpty();
        assertThat(root.line()).isEqualTo(3);
        assertThat(root.element(0, 1)).hasToString("[0]");
        assertThat(root.member("a", 1)).hasToString("a");
    }

    @Test
    void locationsAreEqualByPathAndLine() {
        Value.Location root = new Value.Location("", 1);
        Value.Location at = root.member("a", 1).element(0, 2);
        assertThat(at)
                .isEqualTo(root.member("a", 9).element(0, 2))
                .hasSameHashCodeAs(new Value.Location("a[0]", 2))
                .isNotEqualTo(root.member("a", 1).element(0, 3))
                .isNotEqualTo(root.member("a", 1).element(1, 2))
                .isNotEqualTo(root.member("b", 1).element(0, 2))
                .isNotEqualTo("a[0]");
    }

    /** 64 KiB whose names stand in the place of each of their many values once took a hundred megabytes. */
    @Test
    void longNamesOverManyValuesDoNotMultiply() throws InvalidDocumentException {
        String name = "n".repeat(8_000);
        String text = ("{\"" + name + "\":").repeat(4) + "[" + "0,".repeat(16_000) + "x]" + "}".repeat(4);
        assertThatThrownBy(() -> Values.parse(text))
                .isInstanceOfSatisfying(
                        InvalidDocumentException.class,
                        refusal -> assertThat(refusal.location().path()).hasSizeLessThan(300));
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();
        Value value = Values.parse(text.replace('x', '0'));
        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(8L * 1024 * 1024);
        assertThat(value).isInstanceOf(Value.ObjectValue.class);
    }
}
