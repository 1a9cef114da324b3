package io.countersign.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.clients.RecordingStorage.Arrived;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands where a gateway should: it answers a call with the status and the headers that the test says, and records what it was asked. */
final class OddGateway implements AutoCloseable {
    /** What a decision adds to a request that may pass. */
    static final Map<String, String> FACTS = Map.of(
            "X-Countersign-Principal", "someone",
            "X-Countersign-Subject", "",
            "X-Countersign-Action", "oss%3AGetObject",
            "X-Countersign-Resource", "something");

    final List<Arrived> asked = new CopyOnWriteArrayList<>();
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private volatile int status = 503;
    private volatile Map<String, String> headers = Map.of();

    OddGateway() throws IOException {
        server.createContext("/", this::answer);
        server.start();
    }

    /** From here on it answers so. */
    void says(int newStatus, Map<String, String> newHeaders) {
        status = newStatus;
        headers = newHeaders;
    }

    /** {@code host:port}. */
    String authority() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(Arrived.of(exchange));
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
