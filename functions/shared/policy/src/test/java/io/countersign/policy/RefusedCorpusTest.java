package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.json.InvalidDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documents that are refused, and where ({@code refused/paths.txt}): what people bring from other clouds, what newer grammars have, what would
 * say less than it seems to. Taking one out, or moving it to the accepted ones, widens the language: say why in the change that does it.
 */
class RefusedCorpusTest {
    private static final Corpus CORPUS = Corpus.of("refused");

    record Refused(String name, String path) {
        static Refused of(String line) {
            int space = line.indexOf(' ');
            return new Refused(line.substring(0, space), line.substring(space + 1));
        }
    }

    static List<Refused> documents() {
        return new String(CORPUS.bytes("paths.txt"), StandardCharsets.UTF_8)
                .lines()
                .map(Refused::of)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void namesThePlaceOfTheMistake(Refused refused) {
        InvalidDocumentException refusal = catchThrowableOfType(
                InvalidDocumentException.class,
                () -> Corpus.parse(Corpus.kind(refused.name()), CORPUS.bytes(refused.name())));
        assertThat(refusal).isNotNull();
        assertThat(refusal.location().path()).isEqualTo(refused.path());
    }

    @Test
    void everyDocumentIsListed() {
        assertThat(documents().stream().map(Refused::name)).containsExactlyInAnyOrderElementsOf(CORPUS.names());
    }
}
