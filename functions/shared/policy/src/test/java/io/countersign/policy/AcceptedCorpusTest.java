package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents that are accepted. An addition widens the language: say why in the change that makes it. */
class AcceptedCorpusTest {
    private static final Corpus CORPUS = Corpus.of("accepted");

    static List<String> documents() {
        return CORPUS.names();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void acceptsTheDocumentAndWritesItBackUnchanged(String name) throws InvalidDocumentException {
        String kind = Corpus.kind(name);
        Object policy = Corpus.parse(kind, CORPUS.bytes(name));
        String json = policy instanceof TrustPolicy trust ? trust.json() : ((PolicyDocument) policy).json();
        assertThat(Corpus.parse(kind, json.getBytes(StandardCharsets.UTF_8))).isEqualTo(policy);
    }

    @Test
    void everyKindHasItsExamples() {
        assertThat(documents().stream().map(Corpus::kind)).contains("identity", "role", "session", "bucket", "trust");
    }
}
