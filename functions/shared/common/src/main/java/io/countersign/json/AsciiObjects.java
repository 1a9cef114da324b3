package io.countersign.json;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object after another into a buffer, with nothing in between and without a text for each. An object is ASCII: all other characters and all control
 * characters are escaped, so that no text in it can end a line or move the cursor of a terminal. Half of a surrogate pair becomes U+FFFD, because strict readers refuse
 * it. For one thread.
 */
public final class AsciiObjects {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int LAST_PLAIN = 0x7E;
    private static final char REPLACEMENT = '\uFFFD';
    /** The byte of a question mark, and of each character that ISO 8859-1 does not have. */
    private static final byte UNMAPPABLE = '?';

    /** By the unsigned value of a byte. */
    private static final boolean[] PLAIN = plain();

    private final OutputStream out;
    private final JsonGenerator json;

    /** @param out a buffer in memory, which {@link #end} has filled when it returns */
    public AsciiObjects(OutputStream out) {
        this.out = out;
        try {
            json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        json.setHighestNonEscapedChar(LAST_PLAIN);
        json.setCharacterEscapes(new WithDelete());
        json.setRootValueSeparator(new SerializedString(""));
    }

    private static boolean[] plain() {
        boolean[] plain = new boolean[1 << Byte.SIZE];
        Arrays.fill(plain, ' ', LAST_PLAIN + 1, true);
        plain['"'] = false;
        plain['\\'] = false;
        plain[UNMAPPABLE] = false;
        return plain;
    }

    /** Bytes that are written already. */
    @FunctionalInterface
    public interface Written {
        void writeTo(OutputStream out) throws IOException;
    }

    /** The name of a member, encoded once. */
    public static final class Name {
        private final SerializableString encoded;

        public Name(String text) {
            this.encoded = new SerializedString(text);
        }
    }

    /** The escapes of JSON, and one of DEL: a control character that JSON lets pass. */
    private static final class WithDelete extends CharacterEscapes {
        private static final int DELETE = 0x7F;

        private final int[] codes = standardAsciiEscapesForJSON();

        WithDelete() {
            codes[DELETE] = ESCAPE_STANDARD;
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return codes;
        }

        /** No character has an escape of its own. */
        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }

    public void begin() {
        try {
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Begins an object that is a member of the one before; {@link #end} ends it. */
    public void begin(Name name) {
        try {
            json.writeFieldName(name.encoded);
            json.writeStartObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the object, whose bytes are all in the buffer then. */
    public void end() {
        try {
            json.writeEndObject();
            json.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Adds members to the object, which has one already.
     *
     * @param written writes them as {@link AsciiObjects} wrote them elsewhere, with a comma before each
     */
    public void members(Written written) {
        try {
            json.flush();
            written.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void put(Name name, String text) {
        try {
            json.writeFieldName(name.encoded);
            // Bytes are copied as a whole and looked up in a third of the time that the generator needs for characters.
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            if (isPlain(bytes)) {
                json.writeRawUTF8String(bytes, 0, bytes.length);
            } else {
                json.writeString(Surrogates.replaced(text, REPLACEMENT));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether JSON has a text of these bytes as it is. A question mark counts as not plain, because it may stand for another character. */
    private static boolean isPlain(byte[] bytes) {
        for (byte b : bytes) {
            if (!PLAIN[Byte.toUnsignedInt(b)]) {
                return false;
            }
        }
        return true;
    }

    public void put(Name name, long number) {
        try {
            json.writeFieldName(name.encoded);
            json.writeNumber(number);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes null for an empty text. */
    public void put(Name name, Optional<String> text) {
        if (text.isPresent()) {
            put(name, text.get());
        } else {
            putNull(name);
        }
    }

    public void putNull(Name name) {
        try {
            json.writeFieldName(name.encoded);
            json.writeNull();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
