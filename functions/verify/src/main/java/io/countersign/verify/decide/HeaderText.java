package io.countersign.verify.decide;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Decodes header values. HTTP servers present each byte as one character; clients sign and send UTF-8. */
public final class HeaderText {
    private HeaderText() {}

    /** Writes the value's UTF-8 with a character for each byte, as HTTP servers send it. */
    public static String bytes(String value) {
        return value.chars().allMatch(c -> c < 0x80)
                ? value
                : new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    /** Reads the value as UTF-8. Returns it unchanged when its bytes are not UTF-8, or when it has characters that are not bytes. */
    public static String utf8(String value) {
        int all = 0;
        for (int i = 0; i < value.length(); i++) {
            all |= value.charAt(i);
        }
        if (all < 0x80 || all > 0xFF) {
            return value;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes(StandardCharsets.ISO_8859_1)))
                    .toString();
        } catch (CharacterCodingException e) {
            return value;
        }
    }
}
