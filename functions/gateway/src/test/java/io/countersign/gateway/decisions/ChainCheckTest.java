package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Every single change of a log is found, if its last hash is known. */
class ChainCheckTest {
    private static final int LINES = 12;
    private static final List<byte[]> LOG = Samples.lines(LINES);
    private static final byte[] BYTES = Samples.joined(LOG);
    private static final Optional<String> NONE = Optional.empty();
    private static final Optional<String> LAST = Optional.of(Samples.hash(LOG.getLast()));

    private static List<String> problems(List<byte[]> lines) {
        return Samples.check(NONE, LAST, Samples.joined(lines)).problems();
    }

    @Test
    void aLogAsItWasWrittenIsWhole() {
        ChainCheck.Result result = Samples.check(NONE, LAST, BYTES);
        assertThat(result.problems()).isEmpty();
        assertThat(result.lines()).isEqualTo(LINES);
        assertThat(result.first().orElseThrow().seq()).isEqualTo(1);
        assertThat(result.end()).contains(new ChainPosition(LINES, LAST.get()));
    }

    @Test
    void aLogThatHasGrownSinceStillHasTheHash() {
        for (byte[] line : LOG) {
            assertThat(Samples.check(NONE, Optional.of(Samples.hash(line)), BYTES)
                            .problems())
                    .isEmpty();
        }
        assertThat(Samples.check(NONE, Optional.of(ChainPosition.START.hash()), BYTES)
                        .problems())
                .isEmpty();
    }

    @Property
    void aChangedByteIsFound(@ForAll @IntRange(max = 1 << 30) int at, @ForAll @IntRange(min = 1, max = 255) int by) {
        byte[] changed = BYTES.clone();
        changed[at % changed.length] ^= (byte) by;
        assertThat(Samples.check(NONE, LAST, changed).problems()).isNotEmpty();
    }

    @Property
    void aRemovedByteIsFound(@ForAll @IntRange(max = 1 << 30) int at) {
        int index = at % BYTES.length;
        byte[] changed = Arrays.copyOf(BYTES, BYTES.length - 1);
        System.arraycopy(BYTES, index + 1, changed, index, BYTES.length - index - 1);
        assertThat(Samples.check(NONE, LAST, changed).problems()).isNotEmpty();
    }

    @Property
    void anInsertedByteIsFound(@ForAll @IntRange(max = 1 << 30) int at, @ForAll byte value) {
        int index = at % (BYTES.length + 1);
        byte[] changed = Arrays.copyOf(BYTES, BYTES.length + 1);
        changed[index] = value;
        System.arraycopy(BYTES, index, changed, index + 1, BYTES.length - index);
        assertThat(Samples.check(NONE, LAST, changed).problems()).isNotEmpty();
    }

    @Property
    void aRemovedPieceIsFound(
            @ForAll @IntRange(max = LINES - 1) int from, @ForAll @IntRange(min = 1, max = LINES) int count) {
        List<byte[]> lines = new ArrayList<>(LOG);
        lines.subList(from, Math.min(LINES, from + count)).clear();
        assertThat(problems(lines)).isNotEmpty();
    }

    @Property
    void aCutEndIsFound(@ForAll @IntRange(max = 1 << 30) int at) {
        byte[] cut = Arrays.copyOf(BYTES, at % BYTES.length);
        assertThat(Samples.check(NONE, LAST, cut).problems()).isNotEmpty();
    }

    @Property
    void exchangedLinesAreFound(
            @ForAll @IntRange(max = LINES - 1) int one, @ForAll @IntRange(max = LINES - 1) int other) {
        List<byte[]> lines = new ArrayList<>(LOG);
        Collections.swap(lines, one, other);
        assertThat(problems(lines).isEmpty()).isEqualTo(one == other);
    }

    @Property
    void anInsertedLineIsFound(@ForAll @IntRange(max = LINES) int at, @ForAll @IntRange(max = LINES - 1) int copied) {
        List<byte[]> lines = new ArrayList<>(LOG);
        lines.add(at, LOG.get(copied));
        assertThat(problems(lines)).isNotEmpty();
        // One that has the right number and the right hash, so that only the next line shows it.
        List<byte[]> forged = new ArrayList<>(LOG);
        LineBatch batch = new LineBatch();
        batch.begin(at == 0 ? ChainPosition.START : new ChainPosition(at, Samples.hash(LOG.get(at - 1))));
        batch.add(LogEntry.Decided.of(Samples.refusal(99)));
        forged.add(at, Arrays.copyOf(batch.bytes(), batch.end(1)));
        assertThat(problems(forged).isEmpty()).isEqualTo(at == LINES);
    }

    @Test
    void everyLineRemovedIsFoundByItsHash() {
        assertThat(Samples.check(NONE, NONE, new byte[0]).problems()).isEmpty();
        assertThat(Samples.check(NONE, LAST, new byte[0]).problems())
                .singleElement()
                .asString()
                .contains("--last");
    }

    @Test
    void theProblemSaysWhere() {
        List<byte[]> removed = new ArrayList<>(LOG);
        removed.remove(4);
        assertThat(problems(removed))
                .containsExactly(
                        "file0 line 5 has the number 6, and the line before it has 4: the lines between them are missing.");
        List<byte[]> moved = new ArrayList<>(LOG);
        Collections.swap(moved, 4, 5);
        assertThat(problems(moved)).hasSize(3).first().asString().startsWith("file0 line 5 has the number 6");
        List<byte[]> changed = new ArrayList<>(LOG);
        changed.set(4, text(4).replace("\"refused\"", "\"allowed\"").getBytes(StandardCharsets.US_ASCII));
        assertThat(problems(changed))
                .containsExactly(
                        "file0 line 6 does not have the hash of the line before it: one of the two was changed.");
        changed.set(4, "\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(problems(changed))
                .containsExactly("file0 line 5 is not a line of a decision log: it was changed, or put in.");
    }

    private static String text(int line) {
        return new String(LOG.get(line), StandardCharsets.US_ASCII);
    }

    @Test
    void filesFollowEachOther() {
        byte[] one = Samples.joined(LOG.subList(0, 5));
        byte[] two = Samples.joined(LOG.subList(5, 9));
        byte[] three = Samples.joined(LOG.subList(9, LINES));
        assertThat(Samples.check(NONE, LAST, one, two, three).problems()).isEmpty();
        assertThat(Samples.check(NONE, LAST, one, three).problems())
                .singleElement()
                .asString()
                .startsWith("file1 line 1 has the number 10, and the line before it has 5");
        assertThat(Samples.check(NONE, LAST, two, three).problems())
                .singleElement()
                .asString()
                .contains("--after");
        Optional<String> after = Optional.of(Samples.hash(LOG.get(4)));
        assertThat(Samples.check(after, LAST, two, three).problems()).isEmpty();
        assertThat(Samples.check(after, LAST, three).problems()).isNotEmpty();
        assertThat(Samples.check(after, LAST, one, two, three).problems()).isNotEmpty();
    }

    @Test
    void aLineWithoutItsEndIsTold() {
        byte[] torn = Arrays.copyOf(BYTES, BYTES.length - 100);
        assertThat(Samples.check(NONE, NONE, torn).problems())
                .singleElement()
                .asString()
                .startsWith("file0 line 12 has no end: ");
    }

    @Test
    void onlyAnUnfinishedLineThatWouldBeTheNextIsNothingButUnfinished() {
        int beforeLast = BYTES.length - LOG.getLast().length;
        for (int length = beforeLast + 1; length < BYTES.length; length++) {
            byte[] unfinished = Arrays.copyOf(BYTES, length);
            assertThat(Samples.check(NONE, NONE, unfinished).unfinished()).isTrue();
            assertThat(Samples.check(NONE, LAST, unfinished).unfinished()).isFalse();
            assertThat(Samples.check(NONE, NONE, unfinished, BYTES).unfinished())
                    .isFalse();
            byte[] changed = unfinished.clone();
            changed[20] ^= 1;
            assertThat(Samples.check(NONE, NONE, changed).unfinished()).isFalse();
        }
        assertThat(Samples.check(NONE, NONE, Arrays.copyOf(BYTES, 40)).unfinished())
                .isTrue();
        assertThat(Samples.check(NONE, NONE, BYTES).unfinished()).isFalse();
        for (String end : List.of("x", "{\"seq\":14,\"at", "{\"seq\":1,", "{\"seq\":13.", "\0x")) {
            byte[] foreign = (new String(BYTES, StandardCharsets.US_ASCII) + end).getBytes(StandardCharsets.US_ASCII);
            assertThat(Samples.check(NONE, NONE, foreign).problems()).hasSize(1);
            assertThat(Samples.check(NONE, NONE, foreign).unfinished()).as(end).isFalse();
        }
    }

    @Test
    void zerosThatALossOfPowerLeftAreAnUnfinishedLine() {
        for (String end : List.of("\0\0\0", "{\"seq\":13,\0\0")) {
            byte[] zeros = (new String(BYTES, StandardCharsets.US_ASCII) + end).getBytes(StandardCharsets.US_ASCII);
            assertThat(Samples.check(NONE, NONE, zeros).unfinished()).isTrue();
        }
    }

    @Test
    void lostDecisionsAndTornLinesAreCounted() {
        LineBatch batch = new LineBatch();
        batch.begin(ChainPosition.START);
        batch.add(new LogEntry.Lost(Samples.NOW, 5));
        batch.add(LogEntry.Decided.of(Samples.refusal(1)));
        batch.add(new LogEntry.Torn(Samples.NOW, "{\"seq"));
        batch.add(new LogEntry.Lost(Samples.NOW, 7));
        ChainCheck.Result result = Samples.check(NONE, NONE, Arrays.copyOf(batch.bytes(), batch.end(4)));
        assertThat(result.problems()).isEmpty();
        assertThat(result.lost()).isEqualTo(12);
        assertThat(result.torn()).isEqualTo(1);
    }

    @Test
    void onlyTheFirstProblemsAreListed() {
        List<byte[]> reversed = new ArrayList<>(Samples.lines(60)).reversed();
        assertThat(Samples.check(NONE, NONE, Samples.joined(reversed)).problems())
                .hasSize(21)
                .last()
                .isEqualTo("There are more problems.");
    }
}
