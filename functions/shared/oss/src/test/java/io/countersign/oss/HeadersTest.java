package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private final Headers headers =
            Headers.NONE.and("X-Oss-Meta-A", " 1 ").and("Date", "d").and("x-oss-meta-a", "2");

    @Test
    void namesAreLowerCasedAndValuesKept() {
        assertThat(headers.fields())
                .extracting(Headers.HeaderField::name)
                .containsExactly("x-oss-meta-a", "date", "x-oss-meta-a");
        assertThat(headers.first("x-oss-meta-a")).contains(" 1 ");
    }

    @Test
    void repeatedLinesAreKeptInOrder() {
        assertThat(headers.all("x-oss-meta-a")).containsExactly(" 1 ", "2");
        assertThat(headers.all("absent")).isEmpty();
        assertThat(headers.without("x-oss-meta-a").fields()).containsExactly(new Headers.HeaderField("date", "d"));
        assertThat(headers.has("date")).isTrue();
    }

    @Test
    void theLinesCannotBeChangedFromOutside() {
        List<Headers.HeaderField> fields = new ArrayList<>(List.of(new Headers.HeaderField("a", "b")));
        Headers copied = new Headers(fields);
        fields.clear();
        assertThat(copied.has("a")).isTrue();
    }

    @Test
    void onlyAsciiLettersAreLowerCased() {
        // In Turkish I has another lower case, and the Kelvin sign is a k to Unicode.
        assertThat(new Headers.HeaderField("IF-MATCH", "").name()).isEqualTo("if-match");
        assertThat(new Headers.HeaderField("\u212A", "").name()).isEqualTo("\u212A");
    }

    @Property
    void anyCaseOfANameIsTheSameName(@ForAll @AlphaChars @StringLength(min = 1) String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        assertThat(Headers.NONE.and(name, "v").first(lower)).contains("v");
        assertThat(Headers.NONE.and(name.toUpperCase(Locale.ROOT), "v").first(lower))
                .contains("v");
    }
}
