package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFilesTest {
    private static final String LIMITS = """
            Limit                     Soft Limit           Hard Limit           Units
            Max core file size        0                    unlimited            bytes
            Max open files            %s                   1048576              files
            Max locked memory         8388608              8388608              bytes
            """;

    @TempDir
    Path directory;

    @Test
    void tooFewAreRefusedWithWhatToDo() throws IOException {
        for (String soft : new String[] {"0", "64", "383"}) {
            assertThatThrownBy(() -> OpenFiles.require(limits(soft)))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageStartingWith("TooFewOpenFiles: ")
                    .hasMessageContaining(" " + soft + " open files")
                    .hasMessageContaining("ulimit -n");
        }
    }

    @Test
    void enoughAreTakenAndWhatIsNotToldToo() throws IOException {
        for (String soft : new String[] {"384", "1024", "unlimited", "9223372036854775807", "many"}) {
            Path limits = limits(soft);
            assertThatCode(() -> OpenFiles.require(limits)).doesNotThrowAnyException();
        }
        assertThatCode(() -> OpenFiles.require(directory.resolve("missing"))).doesNotThrowAnyException();
        assertThatCode(() -> OpenFiles.require(directory)).doesNotThrowAnyException();
    }

    private Path limits(String soft) throws IOException {
        return Files.writeString(directory.resolve("limits"), LIMITS.formatted(soft));
    }
}
