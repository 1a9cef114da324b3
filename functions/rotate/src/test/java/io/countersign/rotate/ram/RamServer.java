package io.countersign.rotate.ram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.alibaba.Acs3Received;
import io.countersign.http.client.RetryPolicy;
import io.countersign.http.client.Transport;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * RAM in small, on loopback: users and their keys, at most two each; requests whose ACS3 signature, date and nonce it checks; the errors that RAM gives. It has a
 * clock of its own, and fails on request.
 */
public final class RamServer implements AutoCloseable {
    private final RamUsers users = new RamUsers(this::now);
    private final List<Acs3Received> requests = new ArrayList<>();
    private final Deque<RamFault> faults = new ArrayDeque<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private InstantSource clock;

    /** A server with a fixed clock. */
    public RamServer(Instant now) {
        this(InstantSource.fixed(now));
    }

    public RamServer(InstantSource clock) {
        this.clock = clock;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public synchronized void clock(Instant moment) {
        clock = InstantSource.fixed(moment);
    }

    /** New keys are seen that much later. */
    public synchronized void seenLater(Duration later) {
        users.seenLater(later);
    }

    public synchronized void user(String name) {
        users.user(name);
    }

    public synchronized void put(String user, String id, String secret, Instant createdAt) {
        users.put(user, new RamKey(id, secret, true, createdAt, createdAt));
    }

    public synchronized void remove(String user, String id) {
        users.remove(user, id);
    }

    public synchronized void deactivate(String user, String id) {
        users.deactivate(user, id);
    }

    public synchronized List<RamKey> keys(String user) {
        return users.keys(user);
    }

    public synchronized List<Acs3Received> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<String> actions() {
        return requests.stream().map(Acs3Received::action).toList();
    }

    public synchronized void forget() {
        requests.clear();
    }

    /** The faults of the next calls, in this order. */
    public synchronized void goWrong(RamFault... next) {
        faults.addAll(Arrays.asList(next));
    }

    public synchronized void goRight() {
        faults.clear();
    }

    /** The most keys that one user ever had. */
    public synchronized int most() {
        return users.most();
    }

    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public RamClient.Endpoint endpoint() {
        return new RamClient.Endpoint(URI.create("http://" + authority()));
    }

    public RamClient client() {
        return client(UnaryOperator.identity());
    }

    public RamClient client(UnaryOperator<Transport> around) {
        return client(around, () -> 0, pause -> {});
    }

    /** A client whose clock is the server's. */
    RamClient client(UnaryOperator<Transport> around, LongSupplier nanoTime, RetryPolicy.Pause pause) {
        SecureRandom random = Seeds.secure();
        return new RamClient(
                endpoint(), around.apply(dated()), random, this::now, new RetryPolicy(random, nanoTime, pause));
    }

    /** The server that the JDK has dates its answers itself, by the machine's clock. */
    private Transport dated() {
        Transport http = new Transport.HttpTransport();
        return (uri, headers, body, timeout) -> {
            Transport.Answer answer = http.post(uri, headers, body, timeout);
            String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(now().atOffset(ZoneOffset.UTC));
            return new Transport.Answer(answer.status(), answer.date().map(any -> date), answer.body());
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private synchronized Instant now() {
        return clock.instant();
    }

    private void handle(HttpExchange exchange) throws IOException {
        Acs3Received request = Acs3Received.read(exchange);
        RamFault fault;
        RamReply reply;
        synchronized (this) {
            requests.add(request);
            fault = Optional.ofNullable(faults.poll()).orElse(RamFault.NONE);
            reply = fault.acts() ? users.answer(request) : new RamReply(503, "");
        }
        send(exchange, fault, reply);
    }

    private static void send(HttpExchange exchange, RamFault fault, RamReply reply) throws IOException {
        switch (fault) {
            case NONE -> write(exchange, reply);
            case THROTTLED -> write(exchange, RamReply.error(400, "Throttling.User"));
            case TOO_MANY -> write(exchange, new RamReply(429, ""));
            case DOWN -> write(exchange, new RamReply(503, "<html>"));
            case NO_PERMISSION -> write(exchange, RamReply.error(403, "NoPermission"));
            case LOST -> exchange.close();
            case BROKEN -> write(exchange, RamReply.error(500, "InternalError"));
            case GARBLED -> write(exchange, new RamReply(200, "<html>" + reply.body()));
            case HUGE ->
                write(exchange, new RamReply(200, " ".repeat(Transport.HttpTransport.MAX_BYTES) + reply.body()));
            case REDIRECTED -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                write(exchange, new RamReply(307, ""));
            }
            case STUCK -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
        }
    }

    private static void write(HttpExchange exchange, RamReply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
