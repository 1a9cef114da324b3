package io.countersign.lambda.packaged;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** As much of EventBridge as a sender of events needs. */
final class FakeBus implements AutoCloseable {
    private final HttpServer server;
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private volatile boolean down;

    FakeBus() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", this::answer);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void down(boolean is) {
        down = is;
    }

    /** {@code bus detail-type} of each event that was taken. */
    List<String> taken() {
        return List.copyOf(taken);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        byte[] answer;
        int status = 200;
        try {
            if (down) {
                status = 400;
                answer = bytes("{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");
            } else {
                List<Value> entries = Members.of(Values.parse(body)).list("Entries");
                StringBuilder ids = new StringBuilder();
                for (Value entry : entries) {
                    Members event = Members.of(entry);
                    taken.add(event.string("EventBusName") + " " + event.string("DetailType"));
                    ids.append(ids.isEmpty() ? "" : ",")
                            .append("{\"EventId\":\"")
                            .append(taken.size())
                            .append("\"}");
                }
                answer = bytes("{\"FailedEntryCount\":0,\"Entries\":[" + ids + "]}");
            }
        } catch (InvalidDocumentException e) {
            status = 400;
            answer = bytes("{\"__type\":\"ValidationException\"}");
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
