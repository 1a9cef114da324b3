package io.countersign.gateway.decisions;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in memory that grow as needed, and whose array is used again. For one thread. */
final class LineBuffer extends OutputStream {
    private byte[] bytes;
    private int length;

    LineBuffer(int usual) {
        this.bytes = new byte[usual];
    }

    @Override
    public void write(int b) {
        room(1);
        bytes[length++] = (byte) b;
    }

    @Override
    public void write(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    private void room(int count) {
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + count));
        }
    }

    int length() {
        return length;
    }

    /** The array itself: the first {@link #length} bytes were written. */
    byte[] bytes() {
        return bytes;
    }

    void clear() {
        length = 0;
    }
}
