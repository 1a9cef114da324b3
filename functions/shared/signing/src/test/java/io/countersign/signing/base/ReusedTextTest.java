package io.countersign.signing.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReusedTextTest {
    private static final Hmac.Key KEY = Hmac.Key.sha256("secret");

    @Property
    void hashesAndSignsWhatAStringHas(@ForAll String text) {
        assertThat(Hmac.Digests.sha256(out -> out.append(text)))
                .isEqualTo(Hmac.Digests.sha256(text.getBytes(StandardCharsets.UTF_8)));
        assertThat(KEY.sign(out -> out.append(text))).isEqualTo(KEY.sign(text));
    }

    @Property
    void aStringOfItIsTheText(@ForAll String text) {
        assertThat(ReusedText.string(out -> out.append(text))).isEqualTo(text);
    }

    @Test
    void halfASurrogatePairIsAQuestionMark() {
        assertThat(ReusedText.<String>utf8(
                        out -> out.append("a\uD83D中\uDE00\uD83D\uDE00\uD83D"),
                        (bytes, length) -> new String(bytes, 0, length, StandardCharsets.UTF_8)))
                .isEqualTo("a?中?\uD83D\uDE00?");
    }

    @Test
    void textsOfAnyLengthFollowEachOther() {
        for (int length : new int[] {0, 511, 512, 513, 20_000, 3, 8 * 1024, 8 * 1024 + 1, 1}) {
            assertThat(KEY.sign(out -> out.repeat('a', length))).isEqualTo(KEY.sign("a".repeat(length)));
            assertThat(KEY.sign(out -> out.repeat('中', length))).isEqualTo(KEY.sign("中".repeat(length)));
        }
    }

    @Test
    void aTextInsideOfAnotherHasItsOwnBuffer() {
        byte[] inner = KEY.sign("inner");
        assertThat(KEY.sign(out -> {
                    out.append("outer");
                    assertThat(KEY.sign(other -> other.append("inner"))).isEqualTo(inner);
                }))
                .isEqualTo(KEY.sign("outer"));
    }

    @Test
    void aFailedTextIsNotPartOfTheNext() {
        assertThatThrownBy(() -> KEY.sign(out -> {
                    out.append("half");
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(KEY.sign(out -> out.append("whole"))).isEqualTo(KEY.sign("whole"));
    }

    @Test
    void manyThreadsSignTheirOwnTexts() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<byte[]>> macs = IntStream.range(0, 5_000)
                    .mapToObj(i -> threads.submit(
                            () -> KEY.sign(out -> out.append("text").append(i))))
                    .toList();
            for (int i = 0; i < macs.size(); i++) {
                assertThat(macs.get(i).get()).isEqualTo(KEY.sign("text" + i));
            }
        }
    }
}
