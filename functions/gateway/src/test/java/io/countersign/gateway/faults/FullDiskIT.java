package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.testkit.Seeds;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No file of the gateway can grow any more: decisions go on, writes are refused, and nothing that was acknowledged is lost. */
class FullDiskIT {
    /** In bytes: more than the registry's files have, and less than what is written. */
    private static final String LIMIT = "524288";

    private static final int MOST = 2_000;

    @TempDir
    private Path directory;

    @Test
    void decisionsGoOnAndWritesAgainWhenThereIsRoom() throws Exception {
        Installation installation = Installation.on(StoreKind.SQLITE, directory);
        installation.make();
        Acknowledged acknowledged = new Acknowledged();
        try (PackagedGateway gateway = installation.serve()) {
            Calls calls = new Calls(gateway.url());
            limit(gateway, LIMIT);
            fill(calls, acknowledged);
            for (int i = 0; i < 10; i++) {
                int status = calls.publish("full/" + i).statusCode();
                assertThat(status).isIn(200, 503);
                assertThat(calls.isPublic("full/" + i)).isEqualTo(status == 200);
            }
            acknowledged.isHeldBy(calls, Seeds.random());
            assertThat(gateway.errors()).contains("event=unavailable");
            limit(gateway, "unlimited");
            assertThat(calls.publish("room").statusCode()).isEqualTo(200);
            acknowledged.published("room");
            assertThat(gateway.stop()).isZero();
        }
        try (PackagedGateway gateway = installation.serve()) {
            acknowledged.isHeldBy(new Calls(gateway.url()), Seeds.random());
        }
    }

    /** How large a file of the process may become. */
    private static void limit(PackagedGateway gateway, String bytes) throws Exception {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(gateway.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    private static void fill(Calls calls, Acknowledged acknowledged) throws Exception {
        for (int i = 0; i < MOST; i++) {
            String key = "k/" + i + "x".repeat(500);
            int status = calls.publish(key).statusCode();
            if (status == 503) {
                assertThat(acknowledged.count()).isPositive();
                return;
            }
            assertThat(status).isEqualTo(200);
            acknowledged.published(key);
        }
        throw new AssertionError("the limit was never met");
    }
}
