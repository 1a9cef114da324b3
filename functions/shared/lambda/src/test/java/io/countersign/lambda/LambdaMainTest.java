package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process whose poll thread has died would be kept by Lambda, and take no event again. */
class LambdaMainTest {
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer runtimeApi;

    @BeforeEach
    void start() throws IOException {
        runtimeApi = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        runtimeApi.setExecutor(threads);
        runtimeApi.createContext("/2018-06-01/runtime/invocation/", this::serve);
        runtimeApi.start();
    }

    @AfterEach
    void stop() {
        runtimeApi.stop(0);
        threads.shutdownNow();
    }

    @Test
    void aFailureThatCannotBeReportedEndsTheProcess() throws Exception {
        endsTheProcess("fail");
    }

    @Test
    void anErrorOfTheMachineEndsTheProcess() throws Exception {
        endsTheProcess("break");
    }

    @Test
    void aThreadThatDiesBeforeTheFirstEventEndsTheProcess() throws Exception {
        runtimeApi.stop(0);
        assertThat(exit(function())).isEqualTo(1);
    }

    /** So it is in an executable whose machine is busy. */
    @Test
    void aThreadThatIsListedLateHasNotEnded() throws Exception {
        CountDownLatch done = new CountDownLatch(1);
        Thread late = new Thread(() -> awaitUninterrupted(done), "Lambda Thread (NORMAL)");
        try (ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor()) {
            timer.schedule(late::start, 200, TimeUnit.MILLISECONDS);
            assertThat(LambdaMain.pollThreads()).containsExactly(late);
        } finally {
            done.countDown();
            late.join();
        }
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endsTheProcess(String event) throws Exception {
        Process function = function();
        try {
            for (int i = 0; i < 2; i++) {
                events.add("\"hello\"");
                assertThat(answers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).isEqualTo("response \"hello\"");
                assertThat(function.isAlive()).isTrue();
            }
            events.add("\"" + event + "\"");
            assertThat(exit(function)).isEqualTo(1);
        } finally {
            function.destroyForcibly();
        }
    }

    private static int exit(Process function) throws InterruptedException {
        try {
            assertThat(function.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                    .as("the process has ended")
                    .isTrue();
            return function.exitValue();
        } finally {
            function.destroyForcibly();
        }
    }

    private Process function() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PollingProcess.class.getName()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put(
                        "AWS_LAMBDA_RUNTIME_API",
                        "127.0.0.1:" + runtimeApi.getAddress().getPort());
        builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        return builder.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        if (path.endsWith("/next")) {
            try {
                byte[] event = events.take().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Lambda-Runtime-Aws-Request-Id", "r-1");
                exchange.getResponseHeaders().set("Lambda-Runtime-Deadline-Ms", "4102444800000");
                exchange.sendResponseHeaders(200, event.length);
                exchange.getResponseBody().write(event);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else {
            answers.add(path.substring(path.lastIndexOf('/') + 1) + " " + body);
            exchange.sendResponseHeaders(202, -1);
        }
        exchange.close();
    }
}
