package io.countersign.registry.sqlite;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.CacheSettings;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.NothingSealed;
import io.countersign.registry.sealing.Sealer;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteRegistryTest {
    private final SecureRandom random = Seeds.secure();

    @TempDir
    Path directory;

    @Test
    void appliesAManifestWhileAServerHoldsTheFileOpen() throws Exception {
        Path file = directory.resolve("registry.db");
        try (SqliteStore serving = SqliteStore.open(file)) {
            KeyRegistry registry = new KeyRegistry(serving, sealer(), CacheSettings.Bounds.DEFAULT);
            Facts.Query query =
                    new Facts.Query(Optional.of(Fixture.SIGNER_KEY), Set.of("examplebucket"), Optional.empty());
            assertThat(registry.load(query, NOW).identity()).isEmpty();
            try (SqliteStore applying = SqliteStore.open(file)) {
                assertThat(apply(applying).created()).hasSize(15);
                assertThat(apply(applying).changed()).isFalse();
            }
            var facts = registry.load(query, NOW.plusSeconds(1));
            assertThat(facts.identity().orElseThrow().key().secret().reveal())
                    .isEqualTo("signerSecretsignerSecretsigner");
            assertThat(facts.bucket("examplebucket")).isPresent();
        }
    }

    @Test
    void noFileHoldsASecretInTheClear() throws Exception {
        try (SqliteStore store = SqliteStore.open(directory.resolve("registry.db"))) {
            apply(store);
            try (var files = Files.list(directory)) {
                for (Path file : files.toList()) {
                    assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                            .doesNotContain("signerSecret", "rootSecret", "oldSecret");
                }
            }
        }
    }

    private ApplyReport apply(SqliteStore store) throws Exception {
        return ManifestApplier.apply(
                Manifest.parse(Fixture.golden()),
                store,
                sealer(),
                ApplyOptions.of(false),
                KeyKeeper.reportAlone(),
                NOW,
                random);
    }

    private Sealer sealer() throws Exception {
        return new Sealer(FileRootKey.openOrMake(directory.resolve("root.key"), NothingSealed.YET, random), random);
    }
}
