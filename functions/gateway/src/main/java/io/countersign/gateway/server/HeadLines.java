package io.countersign.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Looks at the bytes that the codec makes a request's head of, since what it makes no longer shows them. Two readers must take the head alike, so that what one may read in
 * another way is refused: anything but empty lines before the request line (RFC 9112 2.2), anything but one space between its parts (3), a header that goes on in the next
 * line (5.2).
 *
 * <p>The codec consumes whole lines. Only the connection's event loop uses this.
 */
final class HeadLines {
    private enum Part {
        BEFORE,
        HEAD,
        BODY
    }

    private Part part = Part.BEFORE;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    /** Where the bytes begin that were not looked at. */
    private int from;

    private boolean strange;

    /** The codec is about to read. */
    void reading(ByteBuf bytes) {
        in = bytes;
        from = bytes.readerIndex();
    }

    /** The codec has read the request line, and nothing after it. */
    void requestLine() {
        strange |= !isRequestLine(in, from, in.readerIndex());
        part = Part.HEAD;
        from = in.readerIndex();
        check();
    }

    /** The codec has read the last line of the head, and nothing after it. */
    void head() {
        strange |= hasFolded(in, from, in.readerIndex());
        part = Part.BODY;
        check();
    }

    /** The codec has read what it could. */
    void read(ByteBuf bytes, List<Object> out) {
        switch (part) {
            case BEFORE -> strange |= !isEmptyLines(bytes, from, bytes.readerIndex());
            case HEAD -> strange |= hasFolded(bytes, from, bytes.readerIndex());
            case BODY -> {
                if (!out.isEmpty() && out.getLast() instanceof LastHttpContent) {
                    part = Part.BEFORE;
                }
            }
        }
        in = Unpooled.EMPTY_BUFFER;
    }

    private void check() {
        if (strange) {
            throw new IllegalArgumentException("the head can be read in two ways");
        }
    }

    private static boolean isEmptyLines(ByteBuf bytes, int from, int to) {
        return afterEmptyLines(bytes, from, to) == to;
    }

    private static int afterEmptyLines(ByteBuf bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes.getByte(at) == '\r' || bytes.getByte(at) == '\n')) {
            at++;
        }
        return at;
    }

    /** No control, and two spaces, each alone. The codec has refused lines that do not end in CR LF. */
    private static boolean isRequestLine(ByteBuf bytes, int from, int to) {
        int spaces = 0;
        for (int at = afterEmptyLines(bytes, from, to); at < to - 2; at++) {
            int octet = bytes.getByte(at) & 0xFF;
            if (octet == ' ') {
                spaces++;
            } else if (octet < ' ' || octet == 0x7F) {
                return false;
            }
        }
        return spaces == 2;
    }

    private static boolean hasFolded(ByteBuf bytes, int from, int to) {
        for (int line = from; line < to; ) {
            byte first = bytes.getByte(line);
            if (first == ' ' || first == '\t') {
                return true;
            }
            int end = bytes.indexOf(line, to, (byte) '\n');
            line = end < 0 ? to : end + 1;
        }
        return false;
    }
}
