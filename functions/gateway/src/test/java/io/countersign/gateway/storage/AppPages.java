package io.countersign.gateway.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The web server of an app, an origin of its own: serves the test's pages, and hears from them how they fared. */
final class AppPages implements AutoCloseable {
    static final Path APPS = Path.of("..", "..", "docs", "apps");

    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final BlockingQueue<String> outcomes = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private AppPages(HttpServer server) {
        this.server = server;
    }

    static AppPages start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        AppPages app = new AppPages(server);
        server.createContext("/", app::serve);
        server.start();
        return app;
    }

    /** As browsers name it; neither the gateway's nor the storage's. */
    String origin() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** @return where the page is */
    String page(String name, String html) {
        pages.put("/" + name, html);
        return origin() + "/" + name;
    }

    /** Serves the ES modules and pages of docs/apps, each under its name. */
    void apps() throws IOException {
        try (Stream<Path> files = Files.list(APPS)) {
            for (Path file : files.filter(file -> file.toString().matches(".*\\.(js|html)"))
                    .toList()) {
                page(file.getFileName().toString(), Files.readString(file));
            }
        }
    }

    /** The result that a page posted to {@code /outcome}. */
    String outcome(long seconds) throws InterruptedException {
        String outcome = outcomes.poll(seconds, TimeUnit.SECONDS);
        return outcome == null ? "no outcome within " + seconds + " s" : outcome;
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            if (http.getRequestMethod().equals("POST")) {
                outcomes.add(new String(http.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                http.sendResponseHeaders(204, -1);
                return;
            }
            String path = http.getRequestURI().getPath();
            byte[] page = pages.getOrDefault(path, "").getBytes(StandardCharsets.UTF_8);
            // A browser takes no module of another type.
            String type = path.endsWith(".js") ? "text/javascript" : "text/html";
            http.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
            http.sendResponseHeaders(page.length == 0 ? 404 : 200, page.length == 0 ? -1 : page.length);
            if (page.length > 0) {
                http.getResponseBody().write(page);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
