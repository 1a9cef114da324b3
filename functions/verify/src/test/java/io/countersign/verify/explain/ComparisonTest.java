package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.signing.SecurityToken;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparisonTest {
    private static Comparison compare(String request, String client) {
        return Comparison.of(Comparison.STRING_TO_SIGN, request, client);
    }

    @Test
    void linesThatBelongTogetherShareARow() {
        Comparison comparison = compare(
                "PUT\n\nimage/jpeg\ndate\nx-oss-meta-a:1\nx-oss-meta-c:3\n/b/k",
                "PUT\n\n\ndate\nx-oss-meta-a:1\nx-oss-meta-b:2\nx-oss-meta-c:3\n/b/k");
        assertThat(comparison.firstDifference()).hasValue(2);
        assertThat(comparison.lines().get(2).name()).isEqualTo("Content-Type");
        assertThat(comparison.lines().stream().filter(Comparison.Row::differs).map(Comparison.Row::name))
                .containsExactly("Content-Type", "x-oss-meta-b");
        assertThat(comparison.lines().get(5).request()).isEmpty();
        assertThat(comparison.lines().getLast().name()).isEqualTo("resource");
    }

    @Test
    void theLinesOfACanonicalRequestHaveTheirNames() {
        String text = "GET\n/b/k\nx=1\ncontent-type:a\n\nhost\nUNSIGNED-PAYLOAD";
        Comparison comparison = Comparison.of(Comparison.CANONICAL_REQUEST, text, text);
        assertThat(comparison.lines().stream().map(Comparison.Row::name))
                .containsExactly(
                        "verb", "path", "query", "content-type", "empty line", "additional headers", "payload");
        assertThat(comparison.firstDifference()).isEmpty();
    }

    @Property
    void listsEveryLineOfBothOnceAndInOrder(
            @ForAll @Size(max = 12) List<@StringLength(max = 2) @CharRange(from = 'a', to = 'c') String> left,
            @ForAll @Size(max = 12) List<@StringLength(max = 2) @CharRange(from = 'a', to = 'c') String> right) {
        String request = String.join("\n", left);
        String client = String.join("\n", right);
        Comparison comparison = compare(request, client);
        assertThat(comparison.lines().stream()
                        .flatMap(row -> row.request().stream())
                        .collect(Collectors.joining("\n")))
                .isEqualTo(request);
        assertThat(comparison.lines().stream()
                        .flatMap(row -> row.other().stream())
                        .collect(Collectors.joining("\n")))
                .isEqualTo(client);
        assertThat(comparison.firstDifference().isEmpty()).isEqualTo(request.equals(client));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x-oss-security-token:CAIS+t0ken/=",
                "X-Oss-Security-Token: CAIS+t0ken/=",
                "security-token:CAIS+t0ken/=",
                "/b/k?acl&security-token=CAIS+t0ken/=",
                "a=1&x-oss-security-token=CAIS%2Bt0ken%2F%3D&b=2",
                "GET&%2F&Action%3DA%26SecurityToken%3DCAIS%252Bt0ken%252F%253D%26Version%3D1"
            })
    void aTokenOfTheClientIsReplacedByTheFingerprintOfOurs(String line) {
        String shown = ShownText.of("PUT\n" + line + "\nend");
        assertThat(shown)
                .contains(SecurityToken.fingerprint("CAIS+t0ken/="))
                .doesNotContain("t0ken")
                .startsWith("PUT\n")
                .endsWith("\nend");
        assertThat(ShownText.of(shown)).isEqualTo(shown);
    }

    @Test
    void longFormsAreCut() {
        String text = "a\n".repeat(5_000);
        assertThat(compare(text, text + "b").lines()).hasSize(Comparison.MAX_LINES);
    }
}
