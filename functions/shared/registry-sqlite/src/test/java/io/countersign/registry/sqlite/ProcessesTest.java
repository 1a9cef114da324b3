package io.countersign.registry.sqlite;

import static io.countersign.registry.sqlite.WriterProcess.LEFT;
import static io.countersign.registry.sqlite.WriterProcess.NOW;
import static io.countersign.registry.sqlite.WriterProcess.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir
    Path directory;

    @Test
    void aProcessThatIsKilledLosesNothingAcknowledgedAndLeavesNoHalfTransaction() throws Exception {
        Path file = directory.resolve("registry.db");
        int acknowledged = 0;
        for (int round = 0; round < 4; round++) {
            Process process = start(file, Integer.MAX_VALUE);
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (int i = 0; i < 30 + round * 7; i++) {
                    acknowledged = Integer.parseInt(lines.readLine());
                }
                // Through its handle: the process itself would close the pipe, and with it what was printed last.
                process.toHandle().destroyForcibly();
                // A write that it had printed before it died was acknowledged too.
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    acknowledged = Math.max(acknowledged, whole(line));
                }
            }
            process.waitFor();
            Map<ItemKey, Item> both = read(file);
            assertThat(WriterProcess.number(both, LEFT)).isGreaterThanOrEqualTo(acknowledged);
            assertThat(WriterProcess.number(both, LEFT)).isLessThanOrEqualTo(acknowledged + 1);
            assertThat(WriterProcess.number(both, RIGHT)).isEqualTo(WriterProcess.number(both, LEFT));
        }
    }

    @Test
    void twoProcessesOnOneFileShareIt() throws Exception {
        Path file = directory.resolve("registry.db");
        int end = 100;
        List<Process> processes = List.of(start(file, end), start(file, end));
        List<Integer> acknowledged = new ArrayList<>();
        for (Process process : processes) {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> acknowledged.add(Integer.valueOf(line)));
            }
            assertThat(process.waitFor()).isZero();
        }
        assertThat(acknowledged).hasSize(end).doesNotHaveDuplicates();
        assertThat(WriterProcess.number(read(file), RIGHT)).isEqualTo(end);
    }

    /** The last line may be cut off by the kill: then the file has only its beginning. */
    private static int whole(String line) {
        return line.isEmpty() ? 0 : Integer.parseInt(line);
    }

    private static Map<ItemKey, Item> read(Path file) throws StoreUnavailable {
        try (SqliteStore store = SqliteStore.open(file)) {
            return store.get(Set.of(LEFT, RIGHT), RegistryStore.Consistency.STRONG, NOW);
        }
    }

    private static Process start(Path file, int end) throws IOException {
        return OtherProcess.start(WriterProcess.class, file.toString(), Integer.toString(end));
    }
}
