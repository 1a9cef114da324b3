package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogValueTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            the disk is full | "the disk is full"
            a line such as "storage /verify" | "a line such as 'storage /verify'"
            C:\\dir\\ | "C:/dir/"
            "" | "''"
            """)
    void aTextEndsWhereItsQuotesEnd(String text, String value) {
        assertThat(LogValue.quoted(text)).isEqualTo(value);
    }

    @Test
    void aTextHasOneLine() {
        assertThat(LogValue.quoted("a\r\nevent=x\tb\u0000\u0085c\u2028d\u2029e\u202ef\u009b31m"))
                .isEqualTo("\"a event=x b c d e f 31m\"");
    }

    @Test
    void aPathHasQuotesWhereItNeedsThem() {
        assertThat(LogValue.of("/var/log/decisions.log")).isEqualTo("/var/log/decisions.log");
        assertThat(LogValue.of("/my notes")).isEqualTo("\"/my notes\"");
        assertThat(LogValue.of("a\nevent=x")).isEqualTo("\"a event=x\"");
        assertThat(LogValue.of("")).isEqualTo("\"\"");
    }

    @Test
    void aTextIsBounded() {
        assertThat(LogValue.quoted("x".repeat(5_000))).hasSize(1_002).endsWith("x\"");
    }

    @Test
    void noTextBreaksALine() {
        RandomGenerator random = Seeds.random();
        String characters = "a\"\\ =\n\r\t\u0007\u2028'{}";
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int j = random.nextInt(12); j > 0; j--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            assertThat(LogValue.quoted(text.toString())).matches("\"[^\"\\\\\\p{Cntrl}\\u2028]*\"");
        }
    }
}
