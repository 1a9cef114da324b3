package io.countersign.signing.base;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * The UTF-8 bytes of a text that is only hashed or signed. They are written into buffers that are used again, because the text of a request is needed for nothing else
 * when its signature matches.
 */
final class ReusedText {
    private static final int USUAL_LENGTH = 512;
    /** Buffers for longer texts are not kept. */
    private static final int MAX_KEPT = 8 * 1024;

    private static final Pool<ReusedText> IDLE = new Pool<>(ReusedText::new);

    private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
    private char[] chars = new char[USUAL_LENGTH];
    private byte[] bytes = new byte[USUAL_LENGTH];

    private ReusedText() {}

    /** Uses the bytes of a text. */
    @FunctionalInterface
    interface Use {
        /** @param bytes the first {@code length} of them are the text; they are not valid after this call */
        byte[] of(byte[] bytes, int length);
    }

    static byte[] with(Consumer<StringBuilder> writer, Use use) {
        ReusedText reused = IDLE.take();
        writer.accept(reused.text);
        int length = reused.encode();
        byte[] result = use.of(reused.bytes, length);
        reused.text.setLength(0);
        if (reused.bytes.length <= MAX_KEPT) {
            IDLE.giveBack(reused);
        }
        return result;
    }

    /** Returns the number of bytes. */
    private int encode() {
        int length = text.length();
        if (length > chars.length) {
            chars = new char[length];
            bytes = new byte[length];
        }
        text.getChars(0, length, chars, 0);
        int seen = 0;
        for (int i = 0; i < length; i++) {
            seen |= chars[i];
            bytes[i] = (byte) chars[i];
        }
        return seen < 0x80 ? length : encodeOther();
    }

    private int encodeOther() {
        bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        chars = new char[bytes.length];
        return bytes.length;
    }
}
