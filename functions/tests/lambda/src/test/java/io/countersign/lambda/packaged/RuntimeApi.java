package io.countersign.lambda.packaged;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Lambda's side of a function (AWS Lambda Developer Guide, "Using the Lambda runtime API"): it hands out events and takes what becomes of them. */
final class RuntimeApi implements AutoCloseable {
    private static final String BASE = "/2018-06-01/runtime/";
    private static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_ANSWER = Duration.ofSeconds(15);

    private final HttpServer server;
    private final BlockingQueue<Waiting> events = new LinkedBlockingQueue<>();
    private final Map<String, CompletableFuture<Ended>> open = new ConcurrentHashMap<>();
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Duration toStart;
    private final Duration toAnswer;

    private volatile Optional<String> gone = Optional.empty();

    private record Waiting(String id, String event) {}

    /** How an invocation ended. */
    sealed interface Ended {
        String text();
    }

    record Answered(String text) implements Ended {}

    record Failed(String text) implements Ended {}

    RuntimeApi() throws IOException {
        this(TO_START, TO_ANSWER);
    }

    /**
     * @param toStart how long a function may take until it asks for its first event
     * @param toAnswer how long it may take for each event, once it has asked
     */
    RuntimeApi(Duration toStart, Duration toAnswer) throws IOException {
        this.toStart = toStart;
        this.toAnswer = toAnswer;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool(
                Thread.ofPlatform().daemon().name("runtime-api-", 0).factory()));
        server.createContext(BASE, this::serve);
        server.start();
    }

    /** As {@code AWS_LAMBDA_RUNTIME_API} names it. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /** @return {@code Failed} also when the function says nothing in time; then it is given up, with all that comes later */
    Ended invoke(String event) {
        String id = Seeds.uuid().toString();
        CompletableFuture<Ended> end = new CompletableFuture<>();
        open.put(id, end);
        events.add(new Waiting(id, event));
        gone.ifPresent(this::abandon);
        try {
            if (gone.isPresent() || asked.await(toStart.toMillis(), TimeUnit.MILLISECONDS)) {
                return end.get(toAnswer.toMillis(), TimeUnit.MILLISECONDS);
            }
            abandon("the function asked for no event within " + toStart);
        } catch (TimeoutException e) {
            abandon("the function did not answer within " + toAnswer);
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
        return end.join();
    }

    /** Every invocation ends with this, also later ones: the function is gone. */
    void abandon(String reason) {
        gone = Optional.of(reason);
        asked.countDown();
        open.values().forEach(end -> end.complete(new Failed(reason)));
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring(BASE.length());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String[] parts = path.split("/", -1);
        if (path.equals("invocation/next")) {
            next(exchange);
            return;
        }
        if (path.equals("init/error")) {
            abandon(body);
        } else {
            CompletableFuture<Ended> end = open.remove(parts[1]);
            if (end != null) {
                end.complete(parts[2].equals("response") ? new Answered(body) : new Failed(body));
            }
        }
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    private void next(HttpExchange exchange) throws IOException {
        asked.countDown();
        try {
            Waiting waiting = events.take();
            byte[] event = waiting.event().getBytes(StandardCharsets.UTF_8);
            var headers = exchange.getResponseHeaders();
            headers.set("Lambda-Runtime-Aws-Request-Id", waiting.id());
            headers.set(
                    "Lambda-Runtime-Deadline-Ms",
                    Long.toString(Instant.now().plus(toAnswer).toEpochMilli()));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", "arn:aws:lambda:us-east-1:111122223333:function:test");
            headers.set("Lambda-Runtime-Trace-Id", "Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0");
            headers.set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, event.length);
            exchange.getResponseBody().write(event);
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.close();
        }
    }
}
