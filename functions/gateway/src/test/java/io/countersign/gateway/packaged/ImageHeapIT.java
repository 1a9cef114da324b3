package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.ImageHeap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the gateway can be compiled, as far as static state goes, without a compiler. */
@Tag("jvm")
class ImageHeapIT {
    private static final Path PACKAGED = Path.of("target", "quarkus-app");

    @TempDir
    private Path directory;

    @Test
    void noStaticFieldHoldsWhatNoExecutableMay() throws Exception {
        ImageHeap heap = heap();
        assertThat(heap.classes()).hasSizeGreaterThan(10_000);
        assertThat(heap.classes()).containsAll(heap.atRunTime());

        ImageHeap.Found found = heap.find(directory);
        assertThat(found.refused()).isEmpty();
        assertThat(found.tooEarly()).isEmpty();
        assertThat(found.lookedAt()).isGreaterThan(10_000);
    }

    /** That the test above would see it. */
    @Test
    void withoutTheListsItIsFound() throws Exception {
        Set<String> holders =
                Set.of("org.postgresql.util.LazyCleanerImpl", "org.postgresql.util.PasswordUtil$SecureRandomHolder");
        ImageHeap.Found found = heap().withOnly(holders).find(directory);
        for (String holder : holders) {
            assertThat(found.refused()).anyMatch(field -> field.startsWith(holder + "."));
        }
    }

    /** Without Netty, for which Quarkus says what is initialised when in its own code. */
    private static ImageHeap heap() throws IOException {
        try (Stream<Path> library = Files.walk(PACKAGED.resolve("lib"));
                Stream<Path> application = Files.list(PACKAGED.resolve("app"))) {
            List<Path> jars = Stream.concat(application, library)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .sorted()
                    .toList();
            return ImageHeap.of(jars, name -> !name.startsWith("io.netty."));
        }
    }
}
