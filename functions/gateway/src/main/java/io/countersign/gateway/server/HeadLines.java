package io.countersign.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Checks the raw bytes of a request head, because the codec's result no longer shows them. Every HTTP implementation between client and gateway must parse the head
 * in the same way, so heads that RFC 9112 lets parsers interpret differently are refused: bytes other than empty lines before the request line (2.2), anything but a
 * single space between its parts (3), and folded header lines (5.2).
 *
 * <p>Relies on the codec consuming whole lines. Confined to the connection's event loop.
 */
final class HeadLines {
    private enum Part {
        BEFORE,
        HEAD,
        BODY
    }

    private Part part = Part.BEFORE;
    private ByteBuf in = Unpooled.EMPTY_BUFFER;
    /** The index of the first byte not yet checked. */
    private int from;

    private boolean ambiguous;

    /** Called before the codec reads. */
    void reading(ByteBuf bytes) {
        in = bytes;
        from = bytes.readerIndex();
    }

    /** Called when the codec has read the request line and nothing after it. */
    void requestLine() {
        ambiguous |= !isRequestLine(in, from, in.readerIndex());
        part = Part.HEAD;
        from = in.readerIndex();
        check();
    }

    /** Called when the codec has read the last line of the head and nothing after it. */
    void head() {
        ambiguous |= hasFolded(in, from, in.readerIndex());
        part = Part.BODY;
        check();
    }

    /** Called after the codec has read. */
    void read(ByteBuf bytes, List<Object> out) {
        switch (part) {
            case BEFORE -> ambiguous |= !isEmptyLines(bytes, from, bytes.readerIndex());
            case HEAD -> ambiguous |= hasFolded(bytes, from, bytes.readerIndex());
            case BODY -> {
                if (!out.isEmpty() && out.getLast() instanceof LastHttpContent) {
                    part = Part.BEFORE;
                }
            }
        }
        in = Unpooled.EMPTY_BUFFER;
    }

    private void check() {
        if (ambiguous) {
            throw new IllegalArgumentException("the request head is ambiguous");
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

    /** Accepts lines without control characters and with exactly two spaces. The codec has already refused lines that do not end in CR LF. */
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
