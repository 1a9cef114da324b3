package io.countersign.http;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/** Immutable bytes. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /** A copy of these bytes. */
    public static Bytes of(byte[] content) {
        return content.length == 0 ? EMPTY : new Bytes(content.clone());
    }

    /** A copy of the first of these bytes. */
    public static Bytes of(byte[] content, int length) {
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOf(content, length));
    }

    /** The text in UTF-8. */
    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON object in UTF-8; the consumer adds its members in order. */
    public static Bytes json(Consumer<JsonText.ObjectWriter> members) {
        return new Bytes(JsonText.utf8(members));
    }

    public int length() {
        return content.length;
    }

    public boolean isEmpty() {
        return content.length == 0;
    }

    /** A copy. */
    public byte[] toArray() {
        return content.clone();
    }

    public void writeTo(OutputStream out) throws IOException {
        out.write(content);
    }

    /** The bytes decoded as UTF-8, with U+FFFD for malformed input. */
    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /**
     * The bytes as one strict JSON document.
     *
     * @throws InvalidDocumentException as {@link Values#parse(byte[])}
     */
    public Value json() throws InvalidDocumentException {
        return Values.parse(content);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    /** The length without the bytes, which may contain a secret. */
    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
