package io.countersign.registry.store;

import static io.countersign.registry.store.PairWriter.LEFT;
import static io.countersign.registry.store.PairWriter.NOW;
import static io.countersign.registry.store.PairWriter.RIGHT;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

public abstract class ProcessesContract {
    /** Opens the registry that the processes share. */
    protected abstract RegistryStore open() throws Exception;

    /** Starts a process that does the work of {@link PairWriter} on that registry. */
    protected abstract Process start(int end) throws Exception;

    @Test
    void aProcessThatIsKilledLosesNothingAcknowledgedAndLeavesNoHalfTransaction() throws Exception {
        int acknowledged = 0;
        for (int round = 0; round < 4; round++) {
            Process process = start(Integer.MAX_VALUE);
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
            Map<ItemKey, Item> both = read();
            assertThat(PairWriter.number(both, LEFT)).isGreaterThanOrEqualTo(acknowledged);
            assertThat(PairWriter.number(both, LEFT)).isLessThanOrEqualTo(acknowledged + 1);
            assertThat(PairWriter.number(both, RIGHT)).isEqualTo(PairWriter.number(both, LEFT));
        }
    }

    @Test
    void twoProcessesOnOneFileShareIt() throws Exception {
        int end = 100;
        List<Process> processes = List.of(start(end), start(end));
        List<Integer> acknowledged = new ArrayList<>();
        for (Process process : processes) {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                lines.lines().forEach(line -> acknowledged.add(Integer.valueOf(line)));
            }
            assertThat(process.waitFor()).isZero();
        }
        assertThat(acknowledged).hasSize(end).doesNotHaveDuplicates();
        assertThat(PairWriter.number(read(), RIGHT)).isEqualTo(end);
    }

    /** The last line may be cut off by the kill: then the file has only its beginning. */
    private static int whole(String line) {
        return line.isEmpty() ? 0 : Integer.parseInt(line);
    }

    private Map<ItemKey, Item> read() throws Exception {
        try (RegistryStore store = open()) {
            return store.get(Set.of(LEFT, RIGHT), RegistryStore.Consistency.STRONG, NOW);
        }
    }
}
