package io.countersign.gateway.decisions;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a line of a log says of its place in the chain.
 *
 * @param position the place after this line
 * @param previous the hash of the line before, as this line has it
 * @param outcome {@code lost}, {@code torn} and {@code usage} mark notes
 * @param lost the decisions that a note tells of; else 0
 */
record ChainLine(ChainPosition position, String previous, String outcome, long lost) {
    /** Every line of a log begins like this. */
    static final String BEGINNING = "{\"seq\":";

    private static final byte[] BEGINNING_BYTES = BEGINNING.getBytes(StandardCharsets.US_ASCII);
    /** No line is shorter than the names of its members. */
    private static final int SHORTEST = Stream.of(Member.values())
            .filter(ChainLine::always)
            .mapToInt(member -> member.text().length())
            .sum();

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /**
     * Reads the line between two indexes, without its end.
     *
     * @return empty when it is not a line of a log
     */
    static Optional<ChainLine> read(byte[] bytes, int from, int to) {
        if (to - from < SHORTEST
                || !Arrays.equals(
                        bytes, from, from + BEGINNING_BYTES.length, BEGINNING_BYTES, 0, BEGINNING_BYTES.length)) {
            // Cheaper than to parse it: gzip makes a thousand empty lines of one byte.
            return Optional.empty();
        }
        try {
            Members members = Members.of(Values.parse(Arrays.copyOfRange(bytes, from, to)));
            for (Member member : Member.values()) {
                if (members.optional(member.text()).isEmpty() && always(member)) {
                    return Optional.empty();
                }
            }
            members.done();
            long seq = Members.integer(members.required(Member.SEQ.text()), 1, Long.MAX_VALUE);
            String previous = members.string(Member.PREVIOUS.text());
            Optional<Value> lost = members.optional(Member.LOST.text());
            if (!HASH.matcher(previous).matches()) {
                return Optional.empty();
            }
            return Optional.of(new ChainLine(
                    new ChainPosition(seq, new LineHash().of(bytes, from, to - from)),
                    previous,
                    members.string(Member.OUTCOME.text()),
                    lost.isPresent() ? Members.integer(lost.get(), 1, Long.MAX_VALUE) : 0));
        } catch (InvalidDocumentException e) {
            return Optional.empty();
        }
    }

    private static boolean always(Member member) {
        return member != Member.LOST && member != Member.TORN && member != Member.USAGE;
    }
}
