package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.json.Members;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A registry is copied from each store to each, and the copy is used with the root key that it had. */
class CopyRegistryCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir
    private Path directory;

    private final ProcessSettings settings = new ProcessSettings();

    @AfterEach
    void reset() {
        settings.close();
    }

    static Stream<Arguments> pairs() {
        return StoreKind.tested().stream()
                .flatMap(from -> StoreKind.tested().stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void theCopyHasEveryRecordAndOpensWithTheSameRootKey(StoreKind from, StoreKind to) throws Exception {
        Place source = new Place(from, directory.resolve("source"));
        Place target = new Place(to, directory.resolve("target"));
        source.choose();
        Operator owner = new Operator(source.data(), NOW);
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), OperatorContract.manifestText());
        assertThat(owner.run("apply --manifest " + manifest).err()).isEmpty();
        String keys = owner.run("keys --json").out();

        target.choose();
        source.choose();
        Members copied = Members.of(copy(source, target).json());
        assertThat(copied.optionalInteger("copied", 10, 1_000)).isPresent();
        assertThat(copied.string("sha256")).matches("[0-9a-f]{64}");
        copied.done();

        copy(source, target).refused("TargetNotEmpty", "nothing was written");
        copy(source, source).refused("TargetNotEmpty", "the same store");

        target.choose();
        Files.createDirectories(target.data());
        Files.copy(source.data().resolve("root.key"), target.data().resolve("root.key"));
        Operator heir = new Operator(target.data(), NOW);
        assertThat(heir.run("keys --json").out()).isEqualTo(keys);
        assertThat(heir.run("apply --manifest " + manifest).out()).contains(" 0 created, 0 updated");
        assertThat(heir.run("reseal").err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("io.countersign.gateway.cli.StoreKind#tested")
    void aPartOfACopyIsNoRegistry(StoreKind kind) throws Exception {
        Place part = new Place(kind, directory.resolve("part"));
        part.choose();
        Operator owner = new Operator(part.data(), NOW);
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), OperatorContract.manifestText());
        assertThat(owner.run("apply --manifest " + manifest).err()).isEmpty();
        part.write(Write.put(new ItemKey("copy", "unfinished"), "{}", Condition.absent()));
        for (String line : List.of("keys", "keys --read-only", "reseal", "apply --manifest " + manifest)) {
            owner.run(line).refused("CopyUnfinished", "delete the store and copy again");
        }
        copy(part, new Place(StoreKind.SQLITE, directory.resolve("target"))).refused("CopyUnfinished");
    }

    @Test
    void aStoreThatIsNotKnownIsRefusedWithTheForms() {
        for (String store : new String[] {"mysql:db", "sqlite", "sqlite:", "dynamodb:", "postgresql:"}) {
            assertThat(Commands.parse("registry", "copy", "--from", store, "--to", "postgresql"))
                    .isInstanceOfSatisfying(
                            Invocation.Misused.class,
                            misused ->
                                    assertThat(misused.sentence()).contains("--from must be one of", StoreSpec.FORMS));
        }
    }

    @Test
    void aDirectoryWithoutARegistryIsRefusedAndNothingIsMade() {
        Place source = new Place(StoreKind.SQLITE, directory.resolve("source"));
        Place target = new Place(StoreKind.SQLITE, directory.resolve("target"));
        copy(source, target).refused("NoRegistry", "has no registry");
        assertThat(target.data()).doesNotExist();
    }

    /** Nobody knows what is in it: the system refuses the name, as it does below a directory of another user. */
    @Test
    void aDirectoryThatCannotBeReadIsNotSaidToHaveNoRegistry() {
        Place source = new Place(StoreKind.SQLITE, directory.resolve("x".repeat(300)));
        Place target = new Place(StoreKind.SQLITE, directory.resolve("target"));
        copy(source, target).refused("DataDirectoryUnusable", "no directory that this user can read");
        assertThat(target.data()).doesNotExist();
    }

    @Test
    void aSettingThatIsMissingIsNamed() {
        Place source = new Place(StoreKind.SQLITE, directory.resolve("source"));
        run(source, "registry copy --from sqlite:" + source.data() + " --to postgresql")
                .refused("InvalidSetting", "countersign.postgresql.url");
    }

    private static Operator.Result copy(Place source, Place target) {
        return run(source, "registry copy --json --from " + source.spec() + " --to " + target.spec());
    }

    private static Operator.Result run(Place place, String line) {
        return new Operator(place.data(), NOW).alone(line);
    }

    /** A store of a test, and how it is named. */
    private final class Place {
        private final StoreKind kind;
        private final Path data;
        private Map<String, String> chosen = Map.of();

        Place(StoreKind kind, Path data) {
            this.kind = kind;
            this.data = data;
        }

        Path data() {
            return data;
        }

        /** Makes it the store of the settings. */
        void choose() throws Exception {
            if (chosen.isEmpty()) {
                chosen = kind.settings();
            }
            settings.set("countersign.store", "sqlite");
            chosen.forEach(settings::set);
        }

        void write(Write write) throws Exception {
            SecureRandom random = Seeds.secure();
            try (OpenedData.Running held = new OpenedData.Running()) {
                RegistryStore store =
                        Stores.openForAll(Settings.ofProcess().data().store(), data.toAbsolutePath(), random, held);
                assertThat(store.write(Transaction.of(write), NOW))
                        .isEqualTo(new RegistryStore.WriteResult.Committed());
            }
        }

        String spec() {
            return switch (kind) {
                case SQLITE -> "sqlite:" + data;
                case POSTGRESQL -> "postgresql:" + chosen.get("countersign.postgresql.url");
                case DYNAMODB -> "dynamodb:" + chosen.get("countersign.dynamodb.table");
            };
        }
    }
}
