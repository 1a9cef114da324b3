package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server that is told to stop while it starts has not failed, and gives no advice. */
class StopWhileStartingIT {
    @TempDir
    Path directory;

    /** The moments are spread over a start, whose steps have no sign that a test could wait for. */
    @ParameterizedTest
    @ValueSource(ints = {100, 400, 450, 500, 550, 600, 625, 650, 675, 700, 725, 750, 775, 800, 850, 900, 1_000, 1_200})
    void saysNothing(int millis) {
        try (PackagedGateway gateway = PackagedGateway.start(List.of(), "demo", "--port", "0")) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
            gateway.stop();
            assertThat(gateway.errors()).doesNotContain("StartFailed", "InternalError", "countersign: ");
        }
    }
}
