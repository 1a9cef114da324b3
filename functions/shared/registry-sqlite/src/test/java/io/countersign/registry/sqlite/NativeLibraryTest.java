package io.countersign.registry.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.OtherProcess;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NativeLibraryTest {
    @TempDir
    Path directory;

    @Test
    void aProcessThatIsKilledLeavesNoCopyOfTheLibrary() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        Process process = start(temporary, List.of());
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("1");
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        try (var left = Files.list(temporary)) {
            assertThat(left.map(each -> each.getFileName().toString())).noneMatch(name -> name.contains("sqlite"));
        }
    }

    @Test
    void aPlaceThatTheOperatorNamedIsLeftToTheDriver() throws Exception {
        Path temporary = Files.createDirectory(directory.resolve("tmp"));
        // There is no library, so the driver goes on to its own copy.
        Process process = start(temporary, List.of("-Dorg.sqlite.lib.path=" + directory));
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.readLine()).isEqualTo("1");
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        try (var left = Files.list(temporary)) {
            assertThat(left.map(each -> each.getFileName().toString())).anyMatch(name -> name.startsWith("sqlite-"));
        }
    }

    private Process start(Path temporary, List<String> options) throws Exception {
        List<String> all = new ArrayList<>(options);
        all.add("-Djava.io.tmpdir=" + temporary);
        return OtherProcess.start(
                all,
                WriterProcess.class,
                directory.resolve("registry.db").toString(),
                Integer.toString(Integer.MAX_VALUE));
    }
}
