package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests of a gateway under load when it receives a signal. */
class DrainIT {
    private static final int LIVE = 32;
    private static final String CLOSE = "Connection: close\r\n";
    private static final String QUESTION =
            "{\"method\":\"GET\",\"url\":\"http://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg\"}";
    private static final String VERIFY =
            "POST /verify HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                    + QUESTION.length() + "\r\n\r\n";

    @TempDir
    private Path directory;

    @Test
    void aSignalDropsNoRequestOfALiveConnection() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.serve(
                "serve", "--data", directory.resolve("data").toString(), "--port", "0", "--drain", "20")) {
            String url = gateway.url();
            CountDownLatch warm = new CountDownLatch(LIVE);
            List<CompletableFuture<String>> clients = new ArrayList<>();
            for (int i = 0; i < LIVE; i++) {
                clients.add(async(() -> untilClosed(url, warm)));
            }
            try (RawConnection halfSent = RawConnection.open(url).send(VERIFY + QUESTION.substring(0, 9))) {
                assertThat(warm.await(60, TimeUnit.SECONDS)).isTrue();
                CompletableFuture<Integer> exit = async(gateway::stop);
                for (CompletableFuture<String> client : clients) {
                    assertThat(client.get(60, TimeUnit.SECONDS)).isEqualTo("closed when told");
                }
                assertThat(exit).isNotDone();
                assertThat(halfSent.send(QUESTION.substring(9)).answer())
                        .startsWith("HTTP/1.1 200 ")
                        .contains(CLOSE);
                assertThat(exit.get(60, TimeUnit.SECONDS)).isZero();
            }
            assertThat(gateway.failures().lines())
                    .allMatch(line -> line.startsWith("countersign: warning: The registry holds no account"));
        }
    }

    private static String untilClosed(String url, CountDownLatch warm) throws IOException {
        try (RawConnection wire = RawConnection.open(url)) {
            for (int sent = 1; ; sent++) {
                String answer = wire.send(VERIFY + QUESTION).answer();
                assertThat(answer).startsWith("HTTP/1.1 200 ").contains("\"allowed\":");
                if (sent == 3) {
                    warm.countDown();
                }
                if (answer.contains(CLOSE)) {
                    return wire.rest().isEmpty() ? "closed when told" : "something after the last answer";
                }
            }
        }
    }

    private interface Work<T> {
        T run() throws Exception;
    }

    private static <T> CompletableFuture<T> async(Work<T> work) {
        CompletableFuture<T> done = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                done.complete(work.run());
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
        return done;
    }
}
