package io.countersign.gateway.decisions;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes that gzip compressed. They are decompressed while they are read, so that a file of any size takes the same memory. */
final class Gunzipped extends InputStream {
    /** RFC 1952, 2.3.1: the first two bytes of a file. No line of a log begins with them. */
    private static final byte[] MAGIC = {0x1f, (byte) 0x8b};

    private static final int BUFFER = 1 << 16;

    private final InputStream compressed;
    private Optional<GZIPInputStream> opened = Optional.empty();

    private Gunzipped(InputStream compressed) {
        this.compressed = compressed;
    }

    /** The file ends before its compressed data do, or these are not what gzip wrote. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(IOException cause) {
            super("the gzip data are cut off or damaged", cause);
        }
    }

    /**
     * Returns the bytes as they were before gzip compressed them, or, where it did not, as they are. Reads of the former throw a {@link DamagedException} where they cannot
     * go on.
     */
    static InputStream ifCompressed(InputStream file) throws IOException {
        PushbackInputStream whole = new PushbackInputStream(file, MAGIC.length);
        byte[] beginning = whole.readNBytes(MAGIC.length);
        whole.unread(beginning);
        return Arrays.equals(beginning, MAGIC) ? new Gunzipped(whole) : whole;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            if (opened.isEmpty()) {
                opened = Optional.of(new GZIPInputStream(compressed, BUFFER));
            }
            return opened.get().read(buffer, offset, length);
        } catch (EOFException | ZipException e) {
            throw new DamagedException(e);
        }
    }

    @Override
    public void close() throws IOException {
        if (opened.isPresent()) {
            opened.get().close();
        }
        compressed.close();
    }
}
