package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.countersign.testkit.ImageHeap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That each function can be compiled, as far as static state goes, without a compiler. */
class ImageHeapIT {
    private static final Set<String> HOLD_WHAT_NO_IMAGE_MAY = Set.of(
            "software.amazon.awssdk.services.dynamodb.DynamoDbRetryPolicy",
            "io.countersign.http.client.BoundedExchange$Client");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"token", "presign", "sign-content", "verify", "rotate"})
    void noStaticFieldHoldsWhatNoExecutableMay(String module) throws Exception {
        ImageHeap heap = heap(module);
        assertThat(heap.classes()).hasSizeGreaterThan(5_000);
        // A class that was renamed would be initialised with the others.
        assertThat(heap.classes()).containsAll(heap.atRunTime());

        ImageHeap.Found found = heap.find(Files.createDirectory(directory.resolve("found")));
        assertThat(found.refused()).isEmpty();
        assertThat(found.tooEarly()).isEmpty();
        assertThat(found.lookedAt()).isGreaterThan(1_000);
    }

    /** That the test above would see it. */
    @ParameterizedTest
    @ValueSource(strings = "token")
    void withoutTheListsItIsFound(String module) throws Exception {
        ImageHeap.Found found =
                heap(module).withOnly(HOLD_WHAT_NO_IMAGE_MAY).find(Files.createDirectory(directory.resolve("found")));
        for (String holder : HOLD_WHAT_NO_IMAGE_MAY) {
            assertThat(found.refused()).anyMatch(field -> field.startsWith(holder + "."));
        }
    }

    private ImageHeap heap(String module) throws IOException {
        assumeFalse(PackagedFunction.NATIVE, "there are no classes in an executable");
        Path task = PackagedFunction.unpacked(module, directory.resolve("task"));
        try (Stream<Path> jars = Files.list(task.resolve("lib"))) {
            List<Path> classPath = Stream.concat(Stream.of(task), jars.sorted()).toList();
            return ImageHeap.of(classPath, name -> true);
        }
    }
}
