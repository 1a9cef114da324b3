package io.countersign.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictUtf8Test {
    private static final byte[] EDGES = HexFormat.of().parseHex("007f808f909fa0bdbfc0c2dfe0edeff0f4ff");

    @Test
    void theReplacementCharacterIsATextLikeAnyOther() {
        assertThat(StrictUtf8.decoded("a\uFFFDb".getBytes(StandardCharsets.UTF_8)))
                .contains("a\uFFFDb");
        assertThat(StrictUtf8.decoded(new byte[0])).contains("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"80", "c3", "c080", "e28280e2", "eda080", "f4908080", "ff", "efbfbdff", "61ff62"})
    void malformedBytesAreNoText(String hex) {
        assertThat(StrictUtf8.decoded(HexFormat.of().parseHex(hex))).isEmpty();
    }

    /** Every first byte, followed by the bytes at which the rules of UTF-8 change. */
    @Test
    void itDecodesWhatTheDecoderOfTheJdkDecodes() {
        int decoded = 0;
        for (int first = 0; first <= 0xFF; first++) {
            for (byte second : EDGES) {
                for (byte third : EDGES) {
                    for (byte fourth : EDGES) {
                        byte[] bytes = {(byte) first, second, third, fourth};
                        Optional<String> text = StrictUtf8.decoded(bytes);
                        assertThat(text).isEqualTo(byDecoder(bytes));
                        decoded += text.isPresent() ? 1 : 0;
                    }
                }
            }
        }
        assertThat(decoded).isGreaterThan(1_000);
    }

    private static Optional<String> byDecoder(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
