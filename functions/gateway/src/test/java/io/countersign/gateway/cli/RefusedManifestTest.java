package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.manifest.Manifest;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.Seeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is made for a manifest that is refused. */
class RefusedManifestTest {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users: [{name: app, accessKeys: [{}]}]
                buckets: [{name: photos, region: cn-hangzhou, signer: app%s}]
            """;

    @TempDir
    Path directory;

    @Test
    void createsARegistryOnlyForAnAcceptedManifest() throws Exception {
        Path data = directory.resolve("data");
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-22T03:00:00Z"));
        Applier applier = new Applier(terminal, clock, Seeds.secure());
        Settings settings = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        Manifest refused = Manifest.parse(
                MANIFEST.formatted(
                        ", policy: {Version: \"1\", Statement: [{Effect: Deny, Principal: [\"999\"], Action: [\"oss:GetObject\"], Resource: [\"acs:oss:*:*:photos/*\"]}]}"));
        assertThatThrownBy(() -> applier.open(refused, data, settings, Applier.Flags.NONE))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("ManifestRefused");
        assertThat(data).doesNotExist();
        Manifest taken = Manifest.parse(MANIFEST.formatted(""));
        try (OpenedData opened = applier.open(taken, data, settings, Applier.Flags.NONE)) {
            applier.apply(taken, opened, settings, Applier.Flags.NONE);
        }
        assertThat(data.resolve("registry.db")).exists();
        assertThatThrownBy(() -> {
                    try (OpenedData opened = applier.open(refused, data, settings, Applier.Flags.NONE)) {
                        applier.apply(refused, opened, settings, Applier.Flags.NONE);
                    }
                })
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("ManifestRefused");
        assertThat(data.resolve("registry.db")).exists();
    }
}
