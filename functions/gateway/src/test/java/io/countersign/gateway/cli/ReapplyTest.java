package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.oss.Acl;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.AclWriter;
import io.countersign.registry.BucketItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.Seeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReapplyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                buckets:
                  - {name: photos, region: cn-hangzhou, acl: private, signer: app}
            """;

    @TempDir
    Path directory;

    private final InstantSource clock = InstantSource.fixed(NOW);
    private final SecureRandom random = Seeds.secure();
    private Path manifest = Path.of("manifest.yaml");
    private final AtomicInteger applied = new AtomicInteger();
    private OpenedData data;
    private Reapply reapply;

    @BeforeEach
    void apply() throws Exception {
        manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
        data = OpenedData.open(directory.resolve("data"), DataSettings.EMBEDDED, random, clock);
        Settings settings = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        reapply = new Reapply(manifest, new Applier(terminal, clock, random), data, settings, applied::incrementAndGet);
        reapply.line();
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void oneLineSaysWhatChanged() throws Exception {
        assertThat(reapply.line().text())
                .matches("event=ManifestApplied created=0 updated=0 unchanged=\\d+ notNamed=0");
        Files.writeString(
                manifest,
                MANIFEST.replace("acl: private", "acl: public-read") + "      - {name: attic, region: cn-hangzhou}\n");
        assertThat(reapply.line().text())
                .contains(" created=1 (bucket attic) ", " updated=1 (bucket photos) ")
                .doesNotContain("\n", "madeKeys");
        assertThat(stands("attic")).isTrue();
    }

    @Test
    void theLineSaysWhatTheManifestOpensAgain() throws Exception {
        String open = MANIFEST.replace("acl: private", "acl: public-read");
        Files.writeString(manifest, open);
        reapply.line();
        new AclWriter(data.store()).setBucketAcl("photos", Acl.PRIVATE, NOW);
        ReportLine line = reapply.line();
        assertThat(line.reopens()).isTrue();
        assertThat(line.text())
                .contains(
                        " updated=1 (bucket photos) ",
                        " reopened=1 (line 7, accounts[0].buckets[0]: the ACL of the bucket photos was private in the registry and is"
                                + " public-read now: the manifest wins")
                .doesNotContain("\n");
        assertThat(reapply.line().text()).doesNotContain("reopened");
        assertThat(reapply.line().reopens()).isFalse();
    }

    @Test
    void aSecretThatWasMadeIsInTheFileThatTheLineNames() throws Exception {
        Files.writeString(manifest, MANIFEST.replace("users:", "users:\n      - {name: made, accessKeys: [{}]}"));
        String line = reapply.line().text();
        assertThat(line).contains(" madeKeys=1 madeKeysFile=\"" + data.directory());
        try (var files = Files.list(data.directory())) {
            Path file = files.filter(one -> one.getFileName().toString().startsWith("made-keys"))
                    .findFirst()
                    .orElseThrow();
            assertThat(line).contains(file.toString());
            assertThat(Files.readString(file)).contains("accessKeySecret");
        }
    }

    @Test
    void aBadManifestChangesNothingAndIsSaid() throws Exception {
        for (String bad : List.of(
                "accounts: [}",
                MANIFEST.replace("photos", "attic").replace("acl: private", "acl: everybody"),
                MANIFEST.replace("photos", "attic").replace("signer: app", "signer: missing"))) {
            Files.writeString(manifest, bad);
            assertThatThrownBy(reapply::line).isInstanceOf(CommandFailure.class);
            int before = applied.get();
            reapply.run();
            assertThat(applied.get()).isEqualTo(before + 1);
            assertThat(stands("attic")).isFalse();
        }
        Files.delete(manifest);
        assertThatThrownBy(reapply::line).isInstanceOf(CommandFailure.class).hasMessageContaining("ManifestNotFound");
        assertThat(stands("photos")).isTrue();
        assertThat(data.store()
                        .get(Set.of(AccessKeyItem.key("LTAI5tExampleKey")), RegistryStore.Consistency.STRONG, NOW))
                .hasSize(1);
    }

    /** Reading a pipe would hold up every later signal until somebody writes to it. */
    @Test
    @Timeout(20)
    void whatIsNoRegularFileIsRefusedAndTheNextSignalIsServed() throws Exception {
        Path kept = Files.move(manifest, directory.resolve("kept"));
        assertThat(new ProcessBuilder("mkfifo", manifest.toString()).start().waitFor())
                .isZero();
        assertThatThrownBy(reapply::line)
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("ManifestNotReadable: " + manifest + " is not a regular file");
        Files.delete(manifest);
        Files.createDirectory(manifest);
        assertThatThrownBy(reapply::line)
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("ManifestNotReadable: " + manifest + " is not a regular file");
        Files.delete(manifest);
        Files.createSymbolicLink(manifest, kept);
        assertThat(reapply.line().text()).startsWith("event=ManifestApplied ");
    }

    @Test
    void aManifestThatIsTooLongIsRefusedWithTheWayToDivideIt() throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(manifest.toFile(), "rw")) {
            file.setLength(12_582_913);
        }
        assertThatThrownBy(reapply::line)
                .isInstanceOf(CommandFailure.class)
                .hasMessageEndingWith(
                        " is longer than 12582912 bytes; split its accounts over several manifests and apply one after the other, without --prune.");
    }

    @Test
    void coalescesRequestsDuringAnApply() throws Exception {
        OpenedData.Running running = new OpenedData.Running();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch again = new CountDownLatch(2);
        List<String> threads = new ArrayList<>();
        Hangups hangups = new Hangups();
        hangups.ask();
        hangups.serve(
                () -> {
                    threads.add(Thread.currentThread().getName());
                    begun.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    done.incrementAndGet();
                    again.countDown();
                },
                running);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        for (int i = 0; i < 10; i++) {
            hangups.ask();
        }
        goOn.countDown();
        assertThat(again.await(20, TimeUnit.SECONDS)).isTrue();
        running.close();
        assertThat(done.get()).isEqualTo(2);
        assertThat(threads).containsOnly("manifest");
    }

    private boolean stands(String bucket) throws Exception {
        return !data.store()
                .get(Set.of(BucketItem.key(bucket)), RegistryStore.Consistency.STRONG, NOW)
                .isEmpty();
    }
}
