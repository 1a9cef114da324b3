package io.countersign.gateway.decisions;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** Writes lines to a stream that other writers share. A pipe takes {@value #ATOMIC} bytes or fewer in one piece, so lines do not mix with those of others. */
final class StreamSink implements LineSink {
    /** PIPE_BUF of Linux (pipe(7)). */
    private static final int ATOMIC = 4_096;

    private final WritableByteChannel channel;
    private int written;
    private boolean midLine;

    StreamSink(WritableByteChannel channel) {
        this.channel = channel;
    }

    /** The standard error of this process, without the buffer and the lock of {@link System#err}. */
    @SuppressWarnings("resource")
    static StreamSink standardError() {
        return new StreamSink(new FileOutputStream(FileDescriptor.err).getChannel());
    }

    @Override
    public int write(byte[] bytes, int length, long seq) {
        int done = 0;
        try {
            if (midLine) {
                drain(ByteBuffer.wrap(new byte[] {'\n'}));
                midLine = false;
            }
            while (done < length) {
                ByteBuffer piece = ByteBuffer.wrap(bytes, done, piece(bytes, done, length));
                try {
                    drain(piece);
                } finally {
                    done = piece.position();
                }
            }
        } catch (IOException e) {
            // The caller counts what is left.
        }
        written = done;
        return done;
    }

    private void drain(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** As many whole lines as a pipe takes in one piece, or one line that is longer. */
    private static int piece(byte[] bytes, int from, int end) {
        int atMost = Math.min(end, from + ATOMIC);
        for (int i = atMost; i > from; i--) {
            if (bytes[i - 1] == '\n') {
                return i - from;
            }
        }
        int last = atMost;
        while (last < end - 1 && bytes[last] != '\n') {
            last++;
        }
        return Math.min(last + 1, end) - from;
    }

    @Override
    public void cut(int whole) {
        midLine |= written > whole;
    }

    /** The stream belongs to the process. */
    @Override
    public void close() {}
}
