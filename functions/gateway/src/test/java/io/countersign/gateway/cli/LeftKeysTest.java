package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.config.Settings;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report of an apply, after one was killed, on the keys that the killed one made. */
class LeftKeysTest extends OperatorContract {
    private static final int USERS = 40;

    /** The process ends, as it were, when the second group of keys is kept and not yet made. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void anApplyThatWasKilledLeavesEverySecretInItsFile() throws Exception {
        Path file = killed();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        List<String> kept = ids(file);
        assertThat(kept).containsAll(made()).hasSizeGreaterThan(made().size());
        assertThat(made()).isNotEmpty();

        Operator.Result next = operator.run("apply --manifest " + manifest(many()));
        assertThat(made()).allSatisfy(id -> assertThat(next.out()).contains(id));
        for (String id : made().stream().filter(kept::contains).toList()) {
            assertThat(next.out())
                    .contains("never shown: accessKey " + id + ", created by an interrupted apply; its secret is in "
                            + file);
        }
        assertThat(operator.run("apply --manifest " + manifest(many())).out()).doesNotContain("never shown");
    }

    @Test
    void aKeyWhoseFileIsLostIsNamedUntilItIsReplaced() throws Exception {
        Files.delete(killed());
        List<String> lost = made();
        assertThat(lost).isNotEmpty().hasSizeLessThan(USERS);
        for (int i = 0; i < 2; i++) {
            operator.waitFor(java.time.Duration.ofSeconds(1));
            Members told = Members.of(
                    operator.run("apply --json --manifest " + manifest(many())).json());
            List<Value> unshown = told.list("neverShown");
            assertThat(unshown).hasSize(lost.size());
            for (Value each : unshown) {
                Members key = Members.of(each);
                assertThat(lost).contains(key.string("accessKeyId"));
                assertThat(key.string("file")).contains("made-keys-");
                assertThat(Members.bool(key.required("present"))).isFalse();
                key.done();
            }
        }
        Operator.Result replaced = operator.run("apply --replace-unshown --manifest " + manifest(many()));
        assertThat(replaced.exit()).isZero();
        assertThat(replaced.out()).contains("access keys made: " + lost.size()).doesNotContain("never shown");
        assertThat(lost).allSatisfy(id -> assertThat(replaced.out()).contains("removed: accessKey " + id));
        assertThat(operator.run("apply --replace-unshown --manifest " + manifest(many()))
                        .out())
                .doesNotContain("never shown", "removed: ", "access keys made");
    }

    @Test
    void aPersonSeesTheSecretsAndNoCopyStays() throws Exception {
        assertThat(operator.atTerminal("apply --manifest " + manifest(many())).out())
                .contains("AccessKeySecret ", "not shown again");
        assertThat(files()).isEmpty();
        assertThat(operator.run("apply --manifest " + manifest(many())).out()).doesNotContain("never shown");
    }

    @Test
    void theFileIsOneDocumentOfAllKeys() throws Exception {
        operator.run("apply --manifest " + manifest(many()));
        assertThat(ids(files().getFirst())).hasSize(USERS).doesNotHaveDuplicates();
        assertThat(files()).hasSize(1);
    }

    @Test
    void noFileIsMadeWithoutAKey() throws Exception {
        operator.run("apply --manifest " + manifest(manifestText()));
        assertThat(files()).isEmpty();
    }

    private static String many() {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < USERS; i++) {
            users.append("      - {name: made").append(i).append(", accessKeys: [{}]}\n");
        }
        return manifestText().replace("    roles:\n", users + "    roles:\n");
    }

    private Path killed() throws Exception {
        Path file = operator.data().toAbsolutePath().resolve("made-keys-of-the-killed.json");
        try (OpenedData data =
                        OpenedData.open(operator.data(), Settings.ofProcess().data(), Seeds.secure(), operator::now);
                MadeKeyFile kept = new MadeKeyFile(file)) {
            ManifestApplier.apply(
                    Manifest.parse(many()),
                    data.store(),
                    data.sealer(),
                    ApplyOptions.of(false),
                    new UntilTheSecond(kept),
                    operator.now(),
                    Seeds.secure());
            throw new AssertionError("the apply came to its end");
        } catch (Killed e) {
            return file;
        }
    }

    private static final class UntilTheSecond implements KeyKeeper {
        private final MadeKeyFile file;
        private int groups;

        UntilTheSecond(MadeKeyFile file) {
            this.file = file;
        }

        @Override
        public String place() {
            return file.place();
        }

        @Override
        public void keep(List<ApplyReport.GeneratedKey> keys) throws IOException {
            file.keep(keys);
            groups++;
            if (groups == 2) {
                throw new Killed();
            }
        }

        @Override
        public void drop(List<ApplyReport.GeneratedKey> keys) throws IOException {
            file.drop(keys);
        }
    }

    /** The ids of the keys that were made and not imported. */
    private List<String> made() throws Exception {
        List<String> ids = new ArrayList<>();
        for (Value value : Members.array(operator.run("keys --json").json())) {
            Members key = Members.of(value);
            if (key.string("owner").contains("/made")) {
                ids.add(key.string("accessKeyId"));
            }
        }
        return ids;
    }

    private static List<String> ids(Path file) throws Exception {
        List<String> ids = new ArrayList<>();
        for (Value value : Members.array(Values.parse(Files.readString(file)))) {
            Members key = Members.of(value);
            ids.add(key.string("accessKeyId"));
            assertThat(key.string("accessKeySecret")).hasSize(30);
            assertThat(key.string("owner")).startsWith("user/");
            key.done();
        }
        return ids;
    }

    private List<Path> files() throws IOException {
        try (var all = Files.list(operator.data())) {
            return all.filter(file -> file.getFileName().toString().startsWith("made-keys"))
                    .toList();
        }
    }
}
