package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.testkit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LostRootKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final List<String> SEALING = List.of(
            "apply --manifest MANIFEST", "rotate --access-key k1", "rotate --token-keys", "rotate --due", "reseal");

    /** Each names a registry that is there. */
    private static final List<String> EXISTING = List.of(
            "keys",
            "keys --json",
            "sessions list",
            "events list",
            "rotate --access-key k1",
            "rotate --token-keys",
            "rotate --due",
            "reseal");

    @TempDir
    Path directory;

    private Path data;
    private Path key;
    private Operator operator;

    @BeforeEach
    void fill() throws IOException {
        data = directory.resolve("data");
        key = data.resolve("root.key");
        operator = new Operator(data, NOW);
        Files.writeString(
                directory.resolve("manifest.yaml"),
                "accounts: [{id: \"1\", users: [{name: u, accessKeys: [{id: k1, secret: s1}]}]}]");
        assertThat(run("apply --manifest MANIFEST").exit()).isZero();
    }

    @Test
    void aRootKeyThatIsGoneIsNotMadeAnew() throws IOException {
        byte[] bytes = Files.readAllBytes(key);
        Files.delete(key);
        for (String line : SEALING) {
            run(line).refused("RootKeyUnusable", "root.key is gone");
            assertThat(key).doesNotExist();
        }
        refusesToServe("RootKeyUnusable");
        restore(bytes);
        assertThat(run("rotate --access-key k1").exit()).isZero();
    }

    @Test
    void anotherRootKeySealsNothing() throws IOException {
        byte[] bytes = Files.readAllBytes(key);
        byte[] registry = Files.readAllBytes(data.resolve("registry.db"));
        byte[] other = bytes.clone();
        other[0] ^= 1;
        restore(other);
        for (String line : SEALING) {
            run(line).refused("RootKeyUnusable", "is not here");
        }
        refusesToServe("RootKeyUnusable");
        assertThat(Files.readAllBytes(data.resolve("registry.db"))).isEqualTo(registry);
        restore(bytes);
        assertThat(run("rotate --access-key k1").exit()).isZero();
    }

    @Test
    void refusesToRunWithOnlyAnOlderRootKey() throws IOException {
        assertThat(run("reseal").exit()).isZero();
        Path second = data.resolve("root.key.2");
        assertThat(second).exists();
        byte[] bytes = Files.readAllBytes(second);
        Files.delete(second);
        run("rotate --token-keys").refused("RootKeyUnusable", "is not here");
        Files.write(second, bytes);
        Files.setPosixFilePermissions(second, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Files.delete(key);
        assertThat(run("rotate --token-keys").exit()).isZero();
    }

    @Test
    void refusesAnEmptyRegistryWithARootKey() throws IOException {
        Files.delete(data.resolve("registry.db"));
        refusesToServe("RegistryEmpty");
        Files.write(data.resolve("registry.db"), new byte[0]);
        refusesToServe("RegistryEmpty");
        assertThat(run("apply --manifest MANIFEST").exit()).isZero();
    }

    @Test
    void noCommandAnswersFromAnEmptyRegistry() throws IOException {
        byte[] rootKey = Files.readAllBytes(key);
        byte[] registry = Files.readAllBytes(data.resolve("registry.db"));
        Files.write(data.resolve("registry.db"), new byte[0]);
        for (String line : EXISTING) {
            run(line).refused("RegistryEmpty", "restore the registry from your backup");
        }
        for (String line : List.of("keys --read-only", "sessions list --read-only", "events list --read-only")) {
            run(line).refused("RegistryEmpty", "restore the registry from your backup");
        }
        Files.delete(key);
        run("keys").refused("RegistryEmpty");
        assertThat(key).doesNotExist();
        restore(rootKey);
        Files.write(data.resolve("registry.db"), registry);
        assertThat(run("keys").out()).contains("k1");
        assertThat(run("keys --read-only").out()).contains("k1");
    }

    private Operator.Result run(String line) {
        operator.waitFor(java.time.Duration.ofSeconds(10));
        return operator.run(
                line.replace("MANIFEST", directory.resolve("manifest.yaml").toString()));
    }

    private void restore(byte[] bytes) throws IOException {
        Files.deleteIfExists(key);
        Files.createFile(
                key,
                java.nio.file.attribute.PosixFilePermissions.asFileAttribute(
                        java.nio.file.attribute.PosixFilePermissions.fromString("rw-------")));
        Files.write(key, bytes);
    }

    private void refusesToServe(String code) {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Terminal terminal = new Terminal(new ByteArrayInputStream(new byte[0]), nowhere, nowhere, false);
        ServeCommand serve = new ServeCommand(
                terminal,
                InstantSource.fixed(NOW),
                Seeds.secure(),
                http -> {
                    throw new AssertionError("it listens");
                },
                NoCallbackKeys.INSTANCE);
        try (OpenedData.Running running = new OpenedData.Running()) {
            assertThatThrownBy(() -> serve.start(
                            new Invocation.Serve(
                                    Optional.empty(),
                                    data,
                                    false,
                                    "127.0.0.1",
                                    0,
                                    OptionalInt.empty(),
                                    Optional.empty(),
                                    OptionalInt.of(0)),
                            running))
                    .isInstanceOfSatisfying(
                            CommandFailure.class,
                            failure -> assertThat(failure.code()).isEqualTo(code));
        }
    }
}
