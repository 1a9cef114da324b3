package io.countersign.gateway.decisions;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The bytes that gzip compressed. They are decompressed while they are read, so that a file of any size takes the same memory. */
final class Gunzipped extends InputStream {
    /** Of {@link GZIPInputStream#GZIP_MAGIC} (RFC 1952, 2.3.1), the first bytes of a file. No line of a log begins with them. */
    private static final int MAGIC_BYTES = 2;

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
        PushbackInputStream whole = new PushbackInputStream(file, MAGIC_BYTES);
        byte[] beginning = whole.readNBytes(MAGIC_BYTES);
        whole.unread(beginning);
        return isMagic(beginning) ? new Gunzipped(whole) : whole;
    }

    private static boolean isMagic(byte[] beginning) {
        return beginning.length == MAGIC_BYTES
                && ((beginning[1] & 0xff) << 8 | (beginning[0] & 0xff)) == GZIPInputStream.GZIP_MAGIC;
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
