package io.countersign.gateway.recipes;

import static io.countersign.gateway.recipes.RecipeFiles.INFRA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an archive has of {@code infra}, for a user without the repository. */
class ShareTest {
    /** They need the repository: the stack of the functions, the making of an archive, a measurement with scripts of the gateway's. */
    private static final Set<String> NEED_THE_REPOSITORY =
            Set.of("aws", "archive", "nginx/wrk.sh", "nginx/distinct.lua");
    /** What the pages have an operator put there. */
    private static final Set<String> AN_OPERATORS =
            Set.of("kubernetes/secrets", "compose/manifest.yaml", "observability/countersign.token");

    @TempDir
    private Path directory;

    @Test
    void itHasWhatThePagesHaveInInfraAndNothingOfAnOperators() throws Exception {
        share();
        Path[] published = files(INFRA)
                .filter(file -> Stream.concat(NEED_THE_REPOSITORY.stream(), AN_OPERATORS.stream())
                        .noneMatch(file::startsWith))
                .toArray(Path[]::new);
        assertThat(files(directory)).containsExactlyInAnyOrder(published);
        for (Path file : published) {
            assertThat(directory.resolve(file)).hasSameBinaryContentAs(INFRA.resolve(file));
            assertThat(Files.isExecutable(directory.resolve(file)))
                    .isEqualTo(file.toString().endsWith(".sh"));
        }
    }

    @Test
    void thePageNamesWhatIsLeftOut() {
        String page = RecipeFiles.text("../docs/upgrade.md");
        assertThat(page)
                .contains(
                        "What these pages have in `infra/` is in its `share/`, except `infra/aws` and `infra/nginx/wrk.sh`, which need the repository");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caddy/run.sh", "haproxy/run.sh", "nginx/run.sh", "debian.sh"})
    void aScriptTellsItsUseByTheNameThatItWasCalledBy(String script) throws Exception {
        share();
        String called = directory.resolve(script).toString();
        Process process = new ProcessBuilder(called).redirectErrorStream(true).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(2);
        assertThat(printed).startsWith("usage: " + called + " DIRECTORY ").doesNotContain("infra/");
        assertThat(printed.lines()).hasSize(1);
    }

    private void share() throws Exception {
        Process process = new ProcessBuilder(
                        INFRA.resolve("archive").resolve("share.sh").toString(), directory.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    /** Below a directory, as seen from there. */
    private static Stream<Path> files(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.filter(Files::isRegularFile).map(top::relativize).toList().stream();
        }
    }
}
