package io.countersign.gateway.decisions;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Reads the lines of one file. */
final class LineReader {
    /** A gateway that is writing a line has written it whole after this time, or was killed. */
    private static final int PATIENCE_MILLIS = 25;

    private static final int TRIES = 20;

    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int end;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean torn;

    LineReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next line.
     *
     * @param growing whether a gateway may be writing the file
     * @return false at the end of the file
     */
    boolean next(boolean growing) throws IOException {
        line.reset();
        int tries = growing ? TRIES : 0;
        while (!takeToLineFeed()) {
            end = Math.max(0, in.read(buffer));
            at = 0;
            if (end == 0 && line.size() == 0) {
                return false;
            }
            if (end == 0 && tries-- == 0) {
                torn = true;
                return true;
            }
            if (end == 0) {
                pause();
            }
        }
        return true;
    }

    /** Moves bytes from the buffer to the line. What is too long to be a line is not kept, and is found to be none. */
    private boolean takeToLineFeed() {
        int from = at;
        while (at < end && buffer[at] != '\n') {
            at++;
        }
        if (line.size() <= LogTail.LONGEST_LINE) {
            line.write(buffer, from, at - from);
        }
        boolean found = at < end;
        at += found ? 1 : 0;
        return found;
    }

    /** Whether the file ended within this line. */
    boolean isTorn() {
        return torn;
    }

    /** Whether the text without an end is the beginning of the line after a place, or what a loss of power leaves of one: zeros. */
    boolean isBegun(ChainPosition before) {
        return LogTail.isBegun(
                line.toString(StandardCharsets.ISO_8859_1), ChainLine.BEGINNING + (before.seq() + 1) + ",");
    }

    /** The line, if it is one of a log. */
    Optional<ChainLine> line() {
        byte[] bytes = line.toByteArray();
        return bytes.length > LogTail.LONGEST_LINE ? Optional.empty() : ChainLine.read(bytes, 0, bytes.length);
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PATIENCE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
