package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("postgresql")
class PasswordFileTest {
    private static final Instant NOW = Instant.parse("2026-11-29T03:00:00Z");

    @TempDir
    private Path directory;

    private TestRegistry registry = new TestRegistry("");

    @BeforeEach
    void make() throws Exception {
        registry = TestRegistry.make();
        registry.open().close();
        registry.execute(
                "DO $$ BEGIN CREATE ROLE with_password LOGIN SUPERUSER; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
        registry.execute("ALTER ROLE with_password PASSWORD 'FirstPassword'");
    }

    @Test
    void opensWithThePassword() throws Exception {
        write("FirstPassword\n");
        open().close();
    }

    @Test
    void readsAPasswordThatWasReplacedForTheNextConnection() throws Exception {
        write("FirstPassword");
        try (PostgresStore store = open()) {
            registry.execute("ALTER ROLE with_password PASSWORD 'SecondPassword'");
            write("SecondPassword");
            registry.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'with_password'");
            assertThat(store.get(Set.of(new ItemKey("p", "1")), RegistryStore.Consistency.STRONG, NOW))
                    .isEmpty();
        }
    }

    @Test
    void aWrongPasswordIsRefusedWithoutShowingIt() throws Exception {
        write("Mistaken");
        refused("refused the user or the password");
    }

    @Test
    void noPasswordIsRefused() {
        assertThatThrownBy(() -> PostgresStore.open(
                        new PostgresLocation(
                                ServerUrl.of(registry.url()), "with_password", Optional.empty(), TestRegistry.BUDGET),
                        Seeds.secure()))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("password");
    }

    @Test
    void aFileThatOthersMayReadIsRefused() throws Exception {
        Path file = write("Mistaken");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        refused("chmod 600");
    }

    @Test
    void anEmptyFileIsRefused() throws Exception {
        write("\n");
        refused("is empty");
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws Exception {
        write("x".repeat(1_025));
        refused("1024 bytes");
    }

    @Test
    void aMissingFileIsRefused() {
        refused("cannot be read");
    }

    /** The file is lost while the gateway runs: the reason is the operator's to see. */
    @Test
    void aFileThatIsLostLaterIsNamed() throws Exception {
        Path file = write("FirstPassword");
        try (PostgresStore store = open()) {
            Files.delete(file);
            registry.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'with_password'");
            assertThatThrownBy(() -> store.get(Set.of(new ItemKey("p", "1")), RegistryStore.Consistency.STRONG, NOW))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("password file");
        }
    }

    private void refused(String part) {
        assertThatThrownBy(this::open)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(part)
                .satisfies(failure -> {
                    StringWriter text = new StringWriter();
                    failure.printStackTrace(new PrintWriter(text));
                    assertThat(text.toString()).doesNotContain("Mistaken");
                });
    }

    private PostgresStore open() throws StoreUnavailable {
        return PostgresStore.open(
                new PostgresLocation(
                        ServerUrl.of(registry.url()),
                        "with_password",
                        Optional.of(directory.resolve("password")),
                        TestRegistry.BUDGET),
                Seeds.secure());
    }

    private Path write(String password) throws IOException {
        Path file = Files.writeString(directory.resolve("password"), password);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
