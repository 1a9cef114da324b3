package io.countersign.token.upstream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Something on loopback where STS should be, that answers in one way. */
final class FaultyServer implements AutoCloseable {
    @FunctionalInterface
    interface Way {
        void answer(HttpExchange exchange, String form) throws IOException;
    }

    final List<String> forms = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    FaultyServer(Way way) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            forms.add(form);
            way.answer(exchange, form);
        });
        server.start();
    }

    static Way status(int status, String body) {
        return (exchange, form) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        };
    }

    /** The connection ends without a word. */
    static Way reset() {
        return (exchange, form) -> exchange.close();
    }

    static Way redirect(String to) {
        return (exchange, form) -> {
            exchange.getResponseHeaders().set("Location", to);
            status(302, "").answer(exchange, form);
        };
    }

    UpstreamSessions.StsEndpoint endpoint() {
        return new UpstreamSessions.StsEndpoint(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
