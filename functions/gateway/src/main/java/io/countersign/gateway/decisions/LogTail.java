package io.countersign.gateway.decisions;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The end of a log file.
 *
 * @param whole the number of bytes up to the end of the last whole line
 * @param last the place after that line; empty when there is none
 * @param torn what follows it: the beginning of a line
 */
record LogTail(long whole, Optional<ChainPosition> last, String torn) {
    /** No line is longer: the texts are bounded, and a character needs six bytes at most, or twelve in the text of a torn line. */
    static final int LONGEST_LINE = 256 * 1024;

    /**
     * Reads the end of a file that may be missing.
     *
     * @throws UnusableLogException when its last line is not one of this log
     */
    static LogTail of(Path file) throws IOException, UnusableLogException {
        if (!Files.exists(file)) {
            return new LogTail(0, Optional.empty(), "");
        }
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "r")) {
            long length = open.length();
            byte[] end = new byte[(int) Math.min(length, 2L * LONGEST_LINE)];
            open.seek(length - end.length);
            open.readFully(end);
            return of(file, length, end);
        }
    }

    private static LogTail of(Path file, long length, byte[] end) throws UnusableLogException {
        int stop = lineFeedBefore(end, end.length);
        String torn = new String(end, stop + 1, end.length - stop - 1, StandardCharsets.ISO_8859_1);
        if (!isBegun(torn)) {
            throw foreign(file);
        }
        boolean all = end.length == length;
        if (stop < 0 && all) {
            return new LogTail(0, Optional.empty(), torn);
        }
        int start = stop < 0 ? -1 : lineFeedBefore(end, stop);
        if (stop < 0 || (start < 0 && !all)) {
            throw foreign(file);
        }
        ChainPosition last =
                ChainLine.read(end, start + 1, stop).map(ChainLine::position).orElseThrow(() -> foreign(file));
        return new LogTail(length - end.length + stop + 1, Optional.of(last), torn);
    }

    /** Whether a gateway may have left the text: a line, or a loss of power in its place zeros. Anything else, such as a file of a key that was named by mistake, is not cut off. */
    private static boolean isBegun(String torn) {
        return isBegun(torn, ChainLine.BEGINNING);
    }

    /** As {@link #isBegun}, of a line that begins so. */
    static boolean isBegun(String torn, String beginning) {
        int end = torn.length();
        while (end > 0 && torn.charAt(end - 1) == 0) {
            end--;
        }
        String text = torn.substring(0, end);
        return text.startsWith(beginning) || beginning.startsWith(text);
    }

    /** The index of the last line feed before an index; -1 when there is none. */
    private static int lineFeedBefore(byte[] bytes, int index) {
        int at = index - 1;
        while (at >= 0 && bytes[at] != '\n') {
            at--;
        }
        return at;
    }

    static UnusableLogException foreign(Path file) {
        return new UnusableLogException("the last line of " + file
                + " is not a line of a decision log, so the log cannot go on after it; if it is a file of"
                + " something else, name another with countersign.decisions.file; else check it with decisions"
                + " check, and then move it and its rotated files away");
    }
}
