package io.countersign.signing.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ReusedTextTest {
    @Property
    void isTheTextInEachForm(@ForAll String text) {
        assertThat(ReusedText.string(out -> out.append(text))).isEqualTo(text);
        assertThat(utf8(out -> out.append(text))).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
        assertThat(chars(out -> out.append(text))).isEqualTo(text);
    }

    @Test
    void halfASurrogatePairIsAQuestionMarkInUtf8() {
        assertThat(utf8(out -> out.append("a\uD83D中\uDE00\uD83D\uDE00\uD83D")))
                .isEqualTo("a?中?\uD83D\uDE00?".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textsOfAnyLengthFollowEachOther() {
        for (int length : new int[] {0, 511, 512, 513, 20_000, 3, 8 * 1024, 8 * 1024 + 1, 1}) {
            for (char c : new char[] {'a', '中'}) {
                String text = Character.toString(c).repeat(length);

                assertThat(utf8(out -> out.repeat(c, length))).isEqualTo(text.getBytes(StandardCharsets.UTF_8));
                assertThat(chars(out -> out.repeat(c, length))).isEqualTo(text);
            }
        }
    }

    @Test
    void aChangeOfTheCharactersIsNotPartOfTheNextText() {
        ReusedText.chars(out -> out.append("secret"), 'x', (with, chars, length) -> Arrays.fill(chars, with));

        assertThat(chars(out -> out.append("next"))).isEqualTo("next");
    }

    @Test
    void aTextInsideOfAnotherHasItsOwnBuffer() {
        assertThat(ReusedText.string(out -> {
                    out.append("outer ");
                    out.append(ReusedText.string(other -> other.append("inner")));
                    out.append(" outer");
                }))
                .isEqualTo("outer inner outer");
    }

    @Test
    void aFailedTextIsNotPartOfTheNext() {
        assertThatThrownBy(() -> ReusedText.string(out -> {
                    out.append("half");
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
        assertThat(ReusedText.string(out -> out.append("whole"))).isEqualTo("whole");
    }

    @Property
    void textsOfStagesAreKept(@ForAll String first, @ForAll String second, @ForAll String third) {
        assertThat(ReusedText.<List<String>>stages(texts -> List.of(
                        new String(
                                texts.<byte[]>utf8(out -> out.append(first), Arrays::copyOf), StandardCharsets.UTF_8),
                        new String(
                                texts.<byte[]>utf8(out -> out.append(second), Arrays::copyOf), StandardCharsets.UTF_8),
                        texts.last(),
                        texts.earlier(),
                        texts.string(out -> out.append(third)),
                        texts.earlier())))
                .containsExactly(
                        new String(first.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                        new String(second.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8),
                        second,
                        first,
                        third,
                        first + second);
        assertThat(ReusedText.string(out -> out.append("whole"))).isEqualTo("whole");
    }

    @Test
    void manyThreadsWriteTheirOwnTexts() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> texts = IntStream.range(0, 5_000)
                    .mapToObj(i -> threads.submit(
                            () -> chars(out -> out.append("text").append(i).repeat('x', i % 700))))
                    .toList();
            for (int i = 0; i < texts.size(); i++) {
                assertThat(texts.get(i).get()).isEqualTo("text" + i + "x".repeat(i % 700));
            }
        }
    }

    private static byte[] utf8(Consumer<StringBuilder> text) {
        return ReusedText.<byte[]>utf8(text, Arrays::copyOf);
    }

    private static String chars(Consumer<StringBuilder> text) {
        List<String> used = new ArrayList<>();
        ReusedText.chars(text, used, (list, chars, length) -> list.add(new String(chars, 0, length)));
        return used.getFirst();
    }
}
