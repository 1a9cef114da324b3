package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.kms.FakeKms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** docs/root-key.md. */
class RootKeyWalkIT extends WalkContract {
    private static final String TWO_PEOPLE = "Make it with two people";
    private static final String BACK = "Bring it back";
    private static final String KMS = "Make it in KMS";

    private final FakeKms kms;

    RootKeyWalkIT() throws IOException {
        super("docs/root-key.md", TWO_PEOPLE, BACK, KMS);
        kms = new FakeKms();
    }

    @Override
    Map<String, String> environment() {
        return Map.of(
                "AWS_ACCESS_KEY_ID", "local",
                "AWS_SECRET_ACCESS_KEY", "localsecret",
                "COUNTERSIGN_KMS_ENDPOINT", kms.endpoint().toString());
    }

    @AfterEach
    void stopKms() {
        kms.close();
    }

    @Test
    void twoPeopleMakeTheRootKeyAndBringItBack() throws Exception {
        run("mkdir anna bert");
        walk(TWO_PEOPLE);
        Path key = directory.resolve("data/root.key");
        byte[] made = Files.readAllBytes(key);
        Files.delete(key);
        walk(BACK);
        assertThat(Files.readAllBytes(key)).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
                .isEqualTo("rw-------");
    }

    @Test
    void theRootKeyInKmsIsInNoFile() throws Exception {
        walk(KMS);
        try (Stream<Path> files = Files.list(directory.resolve("data"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("root.key"))
                    .contains("registry.db");
        }
        assertThat(kms.decrypted()).isPositive();
    }
}
