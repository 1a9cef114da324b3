package io.countersign.gateway.live;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** A webhook on loopback that takes events, and can refuse some first. */
public final class Bus implements AutoCloseable {
    private static final int PATIENCE_TENTHS = 600;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private final HttpServer server;

    public Bus() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/hook", exchange -> {
            String event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            boolean refuse = refusals.getAndDecrement() > 0;
            if (!refuse) {
                received.add(exchange.getRequestHeaders().getFirst("Content-Type") + " " + event);
            }
            exchange.sendResponseHeaders(refuse ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Refuses so many of the next events. */
    public void refuse(int events) {
        refusals.set(events);
    }

    /** The received events: the content type, a space, and the event. */
    public List<String> received() {
        return List.copyOf(received);
    }

    /** How many events of a type came. */
    public long count(String type) {
        return received.stream()
                .filter(event -> event.contains("\"type\":\"" + type + "\""))
                .count();
    }

    /** Waits until each of the types has come. */
    public void await(String... types) throws InterruptedException {
        for (int i = 0; i < PATIENCE_TENTHS && !all(types); i++) {
            Thread.sleep(100);
        }
        if (!all(types)) {
            throw new AssertionError("not told: " + List.of(types) + " but " + received);
        }
    }

    private boolean all(String... types) {
        return List.of(types).stream().allMatch(type -> count(type) > 0);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
