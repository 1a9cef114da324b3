package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An apply that is killed while it makes keys: the next one finishes, and no key is without its secret. */
class KilledApplyIT {
    private static final int KEYS = 300;
    private static final int KILLS = 4;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.countersign.gateway.cli.StoreKind#tested")
    void everyKeyThatWasMadeHasItsSecretInAFile(StoreKind store) throws Exception {
        Installation installation = Installation.on(store, directory);
        installation.make();
        RandomGenerator random = Seeds.random();
        String manifest = installation.manifest(KEYS).toString();
        for (int kill = 0; kill < KILLS; kill++) {
            try (PackagedGateway apply = installation.start("apply", "--manifest", manifest)) {
                Thread.sleep(random.nextInt(400, 2_000));
                apply.kill();
            }
        }
        PackagedGateway.Result finished = installation.run("apply", "--manifest", manifest);
        assertThat(finished.err()).isEmpty();
        assertThat(finished.exit()).isZero();
        Set<String> made = made(installation.run("keys", "--json").out());
        assertThat(made).hasSize(KEYS);
        assertThat(kept(installation.data())).containsAll(made);
        assertThat(installation.run("apply", "--manifest", manifest).out())
                .contains(" 0 created, 0 updated")
                .doesNotContain("never shown");
    }

    private static Set<String> made(String keys) throws Exception {
        Set<String> made = new HashSet<>();
        for (Value value : Members.array(Values.parse(keys))) {
            Members key = Members.of(value);
            if (key.string("owner").contains("/made")) {
                made.add(key.string("accessKeyId"));
            }
        }
        return made;
    }

    /** The ids of the keys in all files of secrets, each of which is whole. */
    private static Set<String> kept(Path data) throws Exception {
        Set<String> kept = new HashSet<>();
        for (Path file : files(data)) {
            for (Value value : Members.array(Values.parse(Files.readString(file)))) {
                Members key = Members.of(value);
                assertThat(key.string("accessKeySecret")).isNotEmpty();
                kept.add(key.string("accessKeyId"));
            }
        }
        return kept;
    }

    private static Iterable<Path> files(Path data) throws IOException {
        try (Stream<Path> files = Files.list(data)) {
            return files.filter(file -> file.getFileName().toString().startsWith("made-keys"))
                    .toList();
        }
    }
}
