package io.countersign.registry.dynamodb;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between a store and DynamoDB Local and spoils the next requests, one fault each; all others pass. */
public final class FaultyDynamo implements AutoCloseable {
    /** The fault that a request meets. */
    public enum Fault {
        /** DynamoDB makes the write, but the answer is lost. */
        LOSE_ANSWER,
        THROTTLE,
        FAIL,
        HANG,
        GARBAGE,
        DENY,
        /** A batch of which nothing was read. */
        UNPROCESSED,
        /** A transaction that another one stood in the way of. */
        CONFLICT,
        PASS
    }

    private final HttpServer server;
    private final URI behind;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault otherwise = Fault.PASS;

    public FaultyDynamo(URI behind) throws IOException {
        this.behind = behind;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void then(Fault... faults) {
        next.addAll(List.of(faults));
    }

    public void always(Fault fault) {
        otherwise = fault;
    }

    public int requests() {
        return requests.get();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        client.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        byte[] body = exchange.getRequestBody().readAllBytes();
        String text = new String(body, StandardCharsets.UTF_8);
        switch (Optional.ofNullable(next.poll()).orElse(otherwise)) {
            case PASS -> {
                HttpResponse<byte[]> answer = ask(exchange, body);
                send(exchange, answer.statusCode(), answer.body());
            }
            case LOSE_ANSWER -> {
                ask(exchange, body);
                exchange.close();
            }
            case THROTTLE -> error(exchange, 400, "ProvisionedThroughputExceededException", "");
            case DENY -> error(exchange, 400, "AccessDeniedException", "");
            case FAIL -> error(exchange, 500, "InternalServerError", "");
            case GARBAGE -> send(exchange, 200, "<html>".getBytes(StandardCharsets.UTF_8));
            case CONFLICT ->
                error(
                        exchange,
                        400,
                        "TransactionCanceledException",
                        ",\"CancellationReasons\":[{\"Code\":\"TransactionConflict\"},{\"Code\":\"None\"}]");
            case UNPROCESSED ->
                send(
                        exchange,
                        200,
                        ("{\"Responses\":{},\"UnprocessedKeys\":" + text.substring(text.indexOf(':') + 1))
                                .getBytes(StandardCharsets.UTF_8));
            case HANG -> hang(exchange);
        }
    }

    private void hang(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    private HttpResponse<byte[]> ask(HttpExchange exchange, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(behind).POST(HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date")) {
            request.header(name, exchange.getRequestHeaders().getFirst(name));
        }
        try {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void error(HttpExchange exchange, int status, String code, String more) throws IOException {
        String body = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#" + code + "\",\"message\":\"no\"" + more + "}";
        send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
