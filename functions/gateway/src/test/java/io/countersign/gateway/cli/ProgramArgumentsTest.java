package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgramArgumentsTest {
    private static final String TYPED = "caf\u00e9/\u4e2d";

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A process that was started like this, and what its virtual machine made of its last argument. */
    private static String read(Charset locale, byte[] last, String decoded) throws CommandFailure.Misuse {
        List<byte[]> line = Arrays.asList(utf8("java"), utf8("-jar"), utf8("x.jar"), utf8("presign"), last);
        String[] texts = new ProgramArguments(line, locale).utf8("presign", decoded);
        assertThat(texts[0]).isEqualTo("presign");
        return texts[1];
    }

    @Test
    void theBytesCountAndNotTheLocale() throws CommandFailure.Misuse {
        for (Charset locale : List.of(StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)) {
            String decoded = new String(utf8(TYPED), locale);
            String text = read(locale, utf8(TYPED), decoded);
            assertThat(text).isEqualTo(TYPED);
            // Once more, as the command is read again within the runtime.
            assertThat(read(locale, utf8(TYPED), text)).isEqualTo(TYPED);
        }
        assertThat(read(StandardCharsets.US_ASCII, utf8("\ufffd"), "\ufffd\ufffd\ufffd"))
                .isEqualTo("\ufffd");
    }

    @Test
    void refusesArgumentsThatAreNotUtf8() {
        byte[] latin = TYPED.getBytes(StandardCharsets.ISO_8859_1);
        for (Charset locale : List.of(StandardCharsets.US_ASCII, StandardCharsets.ISO_8859_1, StandardCharsets.UTF_8)) {
            assertThatThrownBy(() -> read(locale, latin, new String(latin, locale)))
                    .isInstanceOf(CommandFailure.Misuse.class)
                    .hasMessageContaining("LC_ALL");
        }
    }

    @Test
    void anArgumentThatWasTypedElsewhereIsRefused() {
        assertThatThrownBy(() -> read(StandardCharsets.US_ASCII, utf8("@file"), "\ufffd\ufffd"))
                .isInstanceOf(CommandFailure.Misuse.class);
    }

    @Test
    void withoutTheBytesALocaleOfUtf8Counts() throws CommandFailure.Misuse {
        ProgramArguments known = new ProgramArguments(List.of(), StandardCharsets.UTF_8);
        assertThat(known.utf8("a", TYPED)).containsExactly("a", TYPED);
        assertThatThrownBy(() -> known.utf8("\ufffd")).isInstanceOf(CommandFailure.Misuse.class);
        ProgramArguments unknown = new ProgramArguments(List.of(), StandardCharsets.US_ASCII);
        assertThat(unknown.utf8("a", "b")).containsExactly("a", "b");
        assertThatThrownBy(() -> unknown.utf8(TYPED)).isInstanceOf(CommandFailure.Misuse.class);
    }
}
