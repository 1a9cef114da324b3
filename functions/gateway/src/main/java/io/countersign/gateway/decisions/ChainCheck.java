package io.countersign.gateway.decisions;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Checks that the lines of a log are those that were written. It finds every change, removal, insertion and change of order, unless all lines that follow were written anew; and a cut or rewritten end, where a hash is given
 * that was noted earlier and elsewhere.
 */
public final class ChainCheck {
    /** After so many problems the rest is not listed. */
    private static final int MAX_PROBLEMS = 20;

    private final Optional<String> after;
    private final Optional<String> last;
    private final List<String> problems = new ArrayList<>();
    private Optional<ChainPosition> first = Optional.empty();
    private Optional<ChainPosition> end = Optional.empty();
    private boolean unreadable;
    /** Whether what was read last is the beginning of the next line. */
    private boolean begun;

    private boolean lastSeen;
    private long lines;
    private long lost;
    private long torn;

    private ChainCheck(Optional<String> after, Optional<String> last) {
        this.after = after;
        this.last = last;
    }

    /**
     * The result of a check.
     *
     * @param first the place after the first line
     * @param end the place after the last line
     * @param lost the decisions that no line could be written for
     * @param torn the lines that note a process which was killed while it wrote
     * @param unfinished whether the only problem is that the line after the last one is not whole yet
     * @param problems sentences, in the order of the lines; empty when the log is as it was written
     */
    public record Result(
            int files,
            long lines,
            Optional<ChainPosition> first,
            Optional<ChainPosition> end,
            long lost,
            long torn,
            boolean unfinished,
            List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Checks the files, which are consecutive.
     *
     * @param after the hash of the line before the first one; without it the log must be whole from its first line
     * @param last the hash of a line that the log must have
     */
    public static Result check(List<LogSource> files, Optional<String> after, Optional<String> last)
            throws IOException {
        ChainCheck check = new ChainCheck(after, last);
        for (LogSource file : files) {
            check.read(file);
        }
        return check.result(files.size());
    }

    private record Place(String file, long line) {
        @Override
        public String toString() {
            return file + " line " + line;
        }
    }

    private void read(LogSource file) throws IOException {
        LineReader reader = new LineReader(file.bytes());
        long number = 0;
        while (isNext(reader, file, number)) {
            number++;
            Place where = new Place(file.name(), number);
            if (reader.isTorn()) {
                problem(
                        () -> where
                                + " has no end: its writer was killed, is writing it now, or has no room on its disk; a gateway with room, or one that starts with this log, closes it.");
                begun = !unreadable && reader.isBegun(end.orElse(ChainPosition.START));
                unreadable = true;
            } else {
                line(where, reader.line());
            }
        }
    }

    private boolean isNext(LineReader reader, LogSource file, long number) throws IOException {
        try {
            return reader.next(file.growing());
        } catch (Gunzipped.DamagedException e) {
            problem(() -> file.name() + " cannot be read after line " + number
                    + ": its gzip data are cut off or damaged there.");
            unreadable = true;
            return false;
        }
    }

    private void line(Place where, Optional<ChainLine> read) {
        lines++;
        begun = false;
        if (read.isEmpty()) {
            problem(() -> where + " is not a line of a decision log: it was changed, or put in.");
            unreadable = true;
            return;
        }
        ChainLine line = read.get();
        if (end.isPresent() && !unreadable) {
            follows(where, line, end.get());
        } else if (end.isEmpty() && !unreadable) {
            begins(where, line);
        }
        unreadable = false;
        if (first.isEmpty()) {
            first = Optional.of(line.position());
        }
        end = Optional.of(line.position());
        lastSeen |= last.isPresent() && last.get().equals(line.position().hash());
        lost += line.lost();
        torn += line.outcome().equals("torn") ? 1 : 0;
    }

    private void begins(Place where, ChainLine line) {
        String expected = after.orElse(ChainPosition.START.hash());
        boolean whole = line.previous().equals(expected)
                && (after.isPresent() || line.position().seq() == 1);
        if (!whole) {
            problem(() -> where + " has the number " + line.position().seq()
                    + (after.isPresent()
                            ? " and does not follow the line of --after."
                            : ", and the lines before it are not in these files. If they were deleted because the log keeps"
                                    + " only its newest files, give the last hash of an earlier check with --after."));
        }
        lastSeen |= whole && last.isPresent() && last.get().equals(expected);
    }

    private void follows(Place where, ChainLine line, ChainPosition before) {
        long seq = line.position().seq();
        if (seq > before.seq() + 1) {
            problem(() -> where + " has the number " + seq + ", and the line before it has " + before.seq()
                    + ": the lines between them are missing.");
        } else if (seq <= before.seq()) {
            problem(() -> where + " has the number " + seq + ", and the line before it has " + before.seq()
                    + ": a line was put in, or lines changed their places.");
        } else if (!line.previous().equals(before.hash())) {
            problem(() -> where + " does not have the hash of the line before it: one of the two was changed.");
        }
    }

    /** @param sentence made only where it is listed: a file may have a thousand million lines that are none */
    private void problem(Supplier<String> sentence) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(sentence.get());
        } else if (problems.size() == MAX_PROBLEMS) {
            problems.add("There are more problems.");
        }
    }

    private Result result(int files) {
        if (last.isPresent() && !lastSeen) {
            problems.add("No line has the hash of --last: the end of the log was cut off or written anew.");
        }
        return new Result(files, lines, first, end, lost, torn, begun && problems.size() == 1, problems);
    }
}
