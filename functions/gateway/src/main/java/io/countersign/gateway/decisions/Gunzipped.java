package io.countersign.gateway.decisions;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * The bytes that gzip compressed (RFC 1952): one member, or several one after the other. They are decompressed while they are read, so that a file of any size takes the same memory.
 *
 * <p>{@link GZIPInputStream} ends silently where a further member is damaged in its header, as if the lines in it had never been. Here whatever follows a member must be another one.
 */
final class Gunzipped extends InputStream {
    /** Of {@link GZIPInputStream#GZIP_MAGIC} (RFC 1952, 2.3.1), the first bytes of a file. No line of a log begins with them. */
    private static final int MAGIC_BYTES = 2;

    private static final int DEFLATE = 8;
    private static final int HEADER_CRC = 1 << 1;
    private static final int EXTRA = 1 << 2;
    private static final int NAME = 1 << 3;
    private static final int COMMENT = 1 << 4;
    private static final int RESERVED = 0xe0;
    /** The modification time, and two bytes of the compressor and its system. */
    private static final int UNUSED_BYTES = 6;

    private static final int BUFFER = 1 << 16;

    private final InputStream compressed;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final CRC32 headerCrc = new CRC32();
    private byte[] input = new byte[BUFFER];
    private int at;
    private int end;
    private boolean inMember;

    private Gunzipped(InputStream compressed) {
        this.compressed = compressed;
    }

    /** The file ends before its compressed data do, or these are not what gzip wrote. */
    static final class DamagedException extends IOException {
        private static final long serialVersionUID = 1L;

        DamagedException(Exception cause) {
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
            while (inMember || !isAtEnd()) {
                if (!inMember) {
                    header();
                }
                int read = inflate(buffer, offset, length);
                if (read > 0 || length == 0) {
                    return read;
                }
            }
            // Many files of a log are open at once, until all of them are read.
            input = new byte[0];
            inflater.end();
            return -1;
        } catch (EOFException | ZipException | DataFormatException e) {
            throw new DamagedException(e);
        }
    }

    private int inflate(byte[] buffer, int offset, int length) throws IOException, DataFormatException {
        if (inflater.needsInput()) {
            require(!isAtEnd());
            inflater.setInput(input, at, end - at);
        }
        int read = inflater.inflate(buffer, offset, length);
        require(!inflater.needsDictionary());
        crc.update(buffer, offset, read);
        at = end - inflater.getRemaining();
        if (inflater.finished()) {
            inMember = false;
            require(little(Integer.BYTES) == crc.getValue());
            require(little(Integer.BYTES) == (inflater.getBytesWritten() & 0xffffffffL));
        }
        return read;
    }

    /** RFC 1952, 2.3. */
    private void header() throws IOException {
        headerCrc.reset();
        require(little(MAGIC_BYTES) == GZIPInputStream.GZIP_MAGIC);
        require(next() == DEFLATE);
        int flags = next();
        require((flags & RESERVED) == 0);
        skip(UNUSED_BYTES);
        if ((flags & EXTRA) != 0) {
            skip((int) little(Short.BYTES));
        }
        if ((flags & NAME) != 0) {
            skipText();
        }
        if ((flags & COMMENT) != 0) {
            skipText();
        }
        if ((flags & HEADER_CRC) != 0) {
            long expected = headerCrc.getValue() & 0xffff;
            require(little(Short.BYTES) == expected);
        }
        inflater.reset();
        crc.reset();
        inMember = true;
    }

    private void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes; i++) {
            next();
        }
    }

    private void skipText() throws IOException {
        while (next() != 0) {
            // Its characters say nothing of the lines.
        }
    }

    private long little(int bytes) throws IOException {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) next() << (Byte.SIZE * i);
        }
        return value;
    }

    private int next() throws IOException {
        if (isAtEnd()) {
            throw new EOFException("the file ends within a member");
        }
        int value = input[at++] & 0xff;
        headerCrc.update(value);
        return value;
    }

    private boolean isAtEnd() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, compressed.read(input));
        }
        return end == 0;
    }

    private static void require(boolean valid) throws ZipException {
        if (!valid) {
            throw new ZipException("not what gzip wrote");
        }
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        compressed.close();
    }
}
