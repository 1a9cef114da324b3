package io.countersign.rotate.ram;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.http.client.HttpTransport;
import io.countersign.http.client.Transport;
import io.countersign.http.client.Tries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * RAM in small, on loopback: users and their keys, at most two each; requests whose ACS3 signature, date and nonce it checks; the errors that RAM gives. It has a
 * clock of its own, and can be told to go wrong.
 */
public final class RamServer implements AutoCloseable {
    private static final int MAX_KEYS = 2;

    /** What came, as it came. */
    public record Request(String action, String rawQuery, Map<String, String> headers, String body) {
        Map<String, String> parameters() {
            return Acs3Wire.parameters(rawQuery);
        }
    }

    private record Reply(int status, String body) {}

    private final Map<String, List<RamKey>> users = new HashMap<>();
    private final List<Request> requests = new ArrayList<>();
    private final Deque<RamFault> faults = new ArrayDeque<>();
    private final Set<String> nonces = new HashSet<>();
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private Instant now;
    private Duration delay = Duration.ZERO;
    private int made;
    private int most;

    public RamServer(Instant now) {
        this.now = now;
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
        now = moment;
    }

    /** New keys are seen that much later. */
    public synchronized void seenLater(Duration later) {
        delay = later;
    }

    public synchronized void user(String name) {
        users.putIfAbsent(name, new ArrayList<>());
    }

    public synchronized void put(String user, String id, String secret, Instant createdAt) {
        user(user);
        users.get(user).add(new RamKey(id, secret, true, createdAt, createdAt));
    }

    public synchronized void remove(String user, String id) {
        users.getOrDefault(user, new ArrayList<>()).removeIf(key -> key.id().equals(id));
    }

    public synchronized void deactivate(String user, String id) {
        users.getOrDefault(user, new ArrayList<>()).replaceAll(key -> key.id().equals(id) ? key.inactive() : key);
    }

    public synchronized List<RamKey> keys(String user) {
        return List.copyOf(users.getOrDefault(user, List.of()));
    }

    public synchronized List<Request> requests() {
        return List.copyOf(requests);
    }

    public synchronized List<String> actions() {
        return requests.stream().map(Request::action).toList();
    }

    public synchronized void forget() {
        requests.clear();
    }

    /** What the next calls meet, in this order. */
    public synchronized void goWrong(RamFault... next) {
        faults.addAll(Arrays.asList(next));
    }

    public synchronized void goRight() {
        faults.clear();
    }

    /** The most keys that one user ever had. */
    public synchronized int most() {
        return most;
    }

    public String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    public RamEndpoint endpoint() {
        return new RamEndpoint(URI.create("http://" + authority()));
    }

    public RamClient client() {
        return client(UnaryOperator.identity());
    }

    public RamClient client(UnaryOperator<Transport> around) {
        return client(around, () -> 0, pause -> {});
    }

    /** A client whose clock is the server's. */
    RamClient client(UnaryOperator<Transport> around, LongSupplier nanoTime, Tries.Pause pause) {
        SecureRandom random = new SecureRandom();
        return new RamClient(endpoint(), around.apply(dated()), random, this::now, new Tries(random, nanoTime, pause));
    }

    /** The server that the JDK has dates its answers itself, by the machine's clock. */
    private Transport dated() {
        Transport http = new HttpTransport();
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
        return now;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        String query =
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
        Request request = new Request(headers.getOrDefault("x-acs-action", ""), query, headers, body);
        RamFault fault;
        Reply reply;
        synchronized (this) {
            requests.add(request);
            fault = Optional.ofNullable(faults.poll()).orElse(RamFault.NONE);
            reply = fault.acts() ? answer(exchange.getRequestMethod(), request) : new Reply(503, "");
        }
        send(exchange, fault, reply);
    }

    private static void send(HttpExchange exchange, RamFault fault, Reply reply) throws IOException {
        switch (fault) {
            case NONE -> write(exchange, reply);
            case THROTTLED -> write(exchange, error(400, "Throttling.User"));
            case TOO_MANY -> write(exchange, new Reply(429, ""));
            case DOWN -> write(exchange, new Reply(503, "<html>"));
            case NO_PERMISSION -> write(exchange, error(403, "NoPermission"));
            case LOST -> exchange.close();
            case BROKEN -> write(exchange, error(500, "InternalError"));
            case GARBLED -> write(exchange, new Reply(200, "<html>" + reply.body()));
            case HUGE -> write(exchange, new Reply(200, " ".repeat(HttpTransport.MAX_BYTES) + reply.body()));
            case REDIRECTED -> {
                exchange.getResponseHeaders().set("Location", "/elsewhere");
                write(exchange, new Reply(307, ""));
            }
            case STUCK -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write('{');
                exchange.getResponseBody().flush();
            }
        }
    }

    private static void write(HttpExchange exchange, Reply reply) throws IOException {
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Reply answer(String method, Request request) {
        Map<String, String> headers = request.headers();
        String[] parts = headers.getOrDefault("authorization", "").split("Credential=|,SignedHeaders=|,Signature=");
        if (!method.equals("POST") || parts.length != 4 || !"2015-05-01".equals(headers.get("x-acs-version"))) {
            return error(400, "IncompleteSignature");
        }
        String user = "";
        Optional<RamKey> signer = Optional.empty();
        for (Map.Entry<String, List<RamKey>> entry : users.entrySet()) {
            for (RamKey key : entry.getValue()) {
                if (key.id().equals(parts[1]) && !key.seenFrom().isAfter(now)) {
                    user = entry.getKey();
                    signer = Optional.of(key);
                }
            }
        }
        if (signer.isEmpty()) {
            return error(404, "InvalidAccessKeyId.NotFound");
        }
        if (!signer.get().active()) {
            return error(400, "InvalidAccessKeyId.Inactive");
        }
        List<String> signed = List.of(parts[2].split(";"));
        boolean covers = signed.containsAll(List.of(
                "host",
                "x-acs-action",
                "x-acs-content-sha256",
                "x-acs-date",
                "x-acs-signature-nonce",
                "x-acs-version"));
        boolean matches = Acs3Wire.signature(
                        method,
                        request.rawQuery(),
                        headers,
                        signed,
                        signer.get().secret())
                .equals(parts[3]);
        if (!covers || !matches || !Acs3Wire.sha256(request.body()).equals(headers.get("x-acs-content-sha256"))) {
            return error(400, "SignatureDoesNotMatch");
        }
        Instant date = Instant.parse(headers.getOrDefault("x-acs-date", ""));
        if (Duration.between(date, now).abs().compareTo(Duration.ofMinutes(15)) > 0) {
            return error(400, "InvalidTimeStamp.Expired");
        }
        if (!nonces.add(headers.getOrDefault("x-acs-signature-nonce", ""))) {
            return error(400, "SignatureNonceUsed");
        }
        return act(request, user);
    }

    private Reply act(Request request, String caller) {
        Map<String, String> parameters = request.parameters();
        String user = parameters.getOrDefault("UserName", caller);
        List<RamKey> keys = users.get(user);
        if (keys == null) {
            return error(404, "EntityNotExist.User");
        }
        if (!user.equals(caller)) {
            return error(403, "NoPermission");
        }
        String about = parameters.getOrDefault("UserAccessKeyId", "");
        boolean known = keys.stream().anyMatch(key -> key.id().equals(about));
        return switch (request.action()) {
            case "ListAccessKeys" -> new Reply(200, list(keys));
            case "CreateAccessKey" ->
                keys.size() >= MAX_KEYS ? error(409, "LimitExceeded.User.AccessKey") : create(keys);
            case "UpdateAccessKey" -> {
                if (!known) {
                    yield error(404, "EntityNotExist.User.AccessKey");
                }
                if (!"Inactive".equals(parameters.get("Status"))) {
                    yield error(400, "InvalidParameter.Status");
                }
                deactivate(user, about);
                yield new Reply(200, "{\"RequestId\":\"r\"}");
            }
            case "DeleteAccessKey" -> {
                if (!known) {
                    yield error(404, "EntityNotExist.User.AccessKey");
                }
                remove(user, about);
                yield new Reply(200, "{\"RequestId\":\"r\"}");
            }
            default -> error(400, "InvalidAction.NotFound");
        };
    }

    private Reply create(List<RamKey> keys) {
        made++;
        Instant second = now.truncatedTo(ChronoUnit.SECONDS);
        RamKey key = new RamKey(
                "LTAI5tMadeByRam%08d".formatted(made),
                "ramMadeThisSecret%08d".formatted(made),
                true,
                second,
                now.plus(delay));
        keys.add(key);
        most = Math.max(most, keys.size());
        return new Reply(
                200,
                "{\"RequestId\":\"r\",\"AccessKey\":{\"AccessKeyId\":\"%s\",\"AccessKeySecret\":\"%s\",\"Status\":\"Active\",\"CreateDate\":\"%s\"}}"
                        .formatted(key.id(), key.secret(), key.createdAt()));
    }

    private String list(List<RamKey> keys) {
        List<String> texts = keys.stream()
                .filter(key -> !key.seenFrom().isAfter(now))
                .map(key -> "{\"AccessKeyId\":\"%s\",\"Status\":\"%s\",\"CreateDate\":\"%s\"}"
                        .formatted(
                                key.id(),
                                key.active() ? "Active" : "Inactive",
                                key.createdAt().truncatedTo(ChronoUnit.SECONDS)))
                .toList();
        return "{\"RequestId\":\"r\",\"AccessKeys\":{\"AccessKey\":[" + String.join(",", texts) + "]}}";
    }

    private static Reply error(int status, String code) {
        return new Reply(
                status,
                "{\"RequestId\":\"r\",\"HostId\":\"ram.aliyuncs.com\",\"Code\":\"" + code
                        + "\",\"Message\":\"server string to sign is: something\"}");
    }
}
