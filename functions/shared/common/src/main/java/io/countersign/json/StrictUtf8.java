package io.countersign.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Decodes UTF-8 without replacing malformed input. */
public final class StrictUtf8 {
    /** String's own decoder, which is the fastest, puts it in the place of malformed input. */
    private static final char REPLACEMENT = '\uFFFD';

    private StrictUtf8() {}

    /** The text; empty when the bytes are not UTF-8. */
    public static Optional<String> decoded(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0 ? Optional.of(text) : withReplacement(bytes);
    }

    /** The text may contain that character itself. */
    private static Optional<String> withReplacement(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
