package io.countersign.signing.base;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Texts that are written into buffers that are used again, because only their UTF-8 bytes are needed, or only a copy of the right length. The text of a request is needed
 * for nothing else when its signature matches. A text that is written while another one is has a buffer of its own, which is made anew: write it before.
 */
public final class ReusedText {
    private static final int USUAL_LENGTH = 512;
    /** Buffers for longer texts are not kept. */
    private static final int MAX_KEPT = 8 * 1024;
    /** The most bytes of a char; those of a surrogate pair are fewer. */
    private static final int MOST_BYTES = 3;

    private static final Pool<ReusedText> IDLE = new Pool<>(ReusedText::new);

    private final StringBuilder text = new StringBuilder(USUAL_LENGTH);
    /** Replaces half of a surrogate pair by a question mark, as {@link String#getBytes()} does. */
    private final CharsetEncoder encoder =
            StandardCharsets.UTF_8.newEncoder().onMalformedInput(CodingErrorAction.REPLACE);

    private CharBuffer chars = CharBuffer.allocate(USUAL_LENGTH);
    private ByteBuffer bytes = ByteBuffer.allocate(USUAL_LENGTH * MOST_BYTES);

    private ReusedText() {}

    /** Uses the characters of a text. */
    @FunctionalInterface
    public interface CharUse<T> {
        /** @param chars the first {@code length} of them are the text; they are not valid after this call, which may change them */
        void of(T user, char[] chars, int length);
    }

    /** Uses the bytes of a text. */
    @FunctionalInterface
    public interface Use<T> {
        /** @param bytes the first {@code length} of them are the text; they are not valid after this call */
        T of(byte[] bytes, int length);
    }

    /** What the use makes of the text's UTF-8 bytes. */
    public static <T> T utf8(Consumer<StringBuilder> writer, Use<T> use) {
        ReusedText reused = IDLE.take();
        writer.accept(reused.text);
        reused.encode(0);
        T result = use.of(reused.bytes.array(), reused.bytes.position());
        reused.giveBack();
        return result;
    }

    /** Lets a user have the text's characters. */
    public static <T> void chars(Consumer<StringBuilder> writer, T user, CharUse<T> use) {
        ReusedText reused = IDLE.take();
        writer.accept(reused.text);
        use.of(user, reused.copied(0), reused.text.length());
        reused.giveBack();
    }

    /** The text, in a string of its own. */
    public static String string(Consumer<StringBuilder> writer) {
        ReusedText reused = IDLE.take();
        writer.accept(reused.text);
        String result = reused.text.toString();
        reused.giveBack();
        return result;
    }

    /** What the use makes of texts that it writes one after another, the later ones of the earlier ones. */
    public static <T> T stages(Function<Stages, T> use) {
        ReusedText reused = IDLE.take();
        T result = use.apply(new Stages(reused));
        reused.giveBack();
        return result;
    }

    /** Texts that are written one after another, and all kept until the call ends that this is passed to; not valid after it. */
    public static final class Stages {
        private final ReusedText reused;
        /** The beginning of the last text. */
        private int start;

        private Stages(ReusedText reused) {
            this.reused = reused;
        }

        /** Writes the next text, and returns what the use makes of its UTF-8 bytes. */
        public <T> T utf8(Consumer<StringBuilder> writer, Use<T> use) {
            write(writer);
            reused.encode(start);
            return use.of(reused.bytes.array(), reused.bytes.position());
        }

        /** Writes the next text, and returns it. */
        public String string(Consumer<StringBuilder> writer) {
            write(writer);
            return last();
        }

        /** The last text. */
        public String last() {
            return reused.text.substring(start);
        }

        /** The texts before the last one, without anything between them. */
        public String earlier() {
            return reused.text.substring(0, start);
        }

        private void write(Consumer<StringBuilder> writer) {
            start = reused.text.length();
            writer.accept(reused.text);
        }
    }

    private void giveBack() {
        if (text.length() <= MAX_KEPT) {
            text.setLength(0);
            IDLE.giveBack(this);
        }
    }

    private void encode(int from) {
        copied(from);
        encoder.reset().encode(chars.clear().limit(text.length() - from), bytes.clear(), true);
    }

    private char[] copied(int from) {
        int length = text.length() - from;
        if (length > chars.capacity()) {
            chars = CharBuffer.allocate(length);
            bytes = ByteBuffer.allocate(length * MOST_BYTES);
        }
        text.getChars(from, text.length(), chars.array(), 0);
        return chars.array();
    }
}
