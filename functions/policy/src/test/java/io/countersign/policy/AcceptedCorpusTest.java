package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The documents that are accepted. What is added here widens the language: say why in the change that does it. */
class AcceptedCorpusTest {
    static Stream<Path> documents() throws IOException, URISyntaxException {
        Path root = Path.of(Objects.requireNonNull(AcceptedCorpusTest.class.getResource("/accepted"))
                .toURI());
        return Files.walk(root).filter(Files::isRegularFile).sorted();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void itIsAcceptedAndItsTextIsTheSameDocument(Path file) throws IOException, InvalidDocumentException {
        Value value = Values.parse(Files.readAllBytes(file));
        String folder = file.getParent().getFileName().toString();
        if (folder.equals("trust")) {
            TrustPolicy policy = TrustPolicy.parse(value);
            assertThat(TrustPolicy.parse(Values.parse(policy.json()))).isEqualTo(policy);
        } else {
            PolicyKind kind = PolicyKind.valueOf(folder.toUpperCase(Locale.ROOT));
            PolicyDocument policy = PolicyDocument.parse(value, kind);
            assertThat(PolicyDocument.parse(Values.parse(policy.json()), kind)).isEqualTo(policy);
        }
    }

    @Test
    void everyKindHasItsExamples() throws IOException, URISyntaxException {
        try (Stream<Path> documents = documents()) {
            assertThat(documents.map(file -> file.getParent().getFileName().toString()))
                    .contains("identity", "role", "session", "bucket", "trust");
        }
    }
}
