package io.countersign.gateway.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.gateway.config.RotationProperties;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.ram.RamClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    private final MemoryStore store = new MemoryStore();
    private final List<String> lines = new ArrayList<>();

    @Test
    void anEventIsLoggedOnceWhateverTheWebhookDoes() throws Exception {
        put("first");
        try (Delivery delivery = Delivery.of(store, hook("http://127.0.0.1:1/"), lines::add)) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> delivery.sendAll(NOW))
                        .isInstanceOf(IOException.class)
                        .hasMessageContaining("ConnectException")
                        .hasMessageNotContaining("null");
            }
            assertThat(lines).singleElement().asString().contains("id=first");
            put("second");
            assertThatThrownBy(() -> delivery.sendAll(NOW)).isInstanceOf(IOException.class);
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void anAnswerThatTricklesIsGivenUp() throws Exception {
        put("first");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                Delivery delivery =
                        Delivery.of(store, hook("http://127.0.0.1:" + server.getLocalPort() + "/"), lines::add)) {
            Thread trickling = Thread.ofPlatform().daemon().start(() -> trickle(server));
            long begun = System.nanoTime();
            assertThatThrownBy(() -> delivery.sendAll(NOW))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("within 5 s");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
            trickling.interrupt();
        }
    }

    private static void trickle(ServerSocket server) {
        try (Socket socket = server.accept()) {
            socket.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            while (true) {
                socket.getOutputStream().write('x');
                socket.getOutputStream().flush();
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone, or the test is over.
        }
    }

    private void put(String id) throws Exception {
        OutboxItem.OutgoingEvent event = new OutboxItem.OutgoingEvent(id, "AccessKeyCreated", NOW, "{}");
        store.write(
                Transaction.of(Write.put(OutboxItem.key(event), OutboxItem.text(event), Condition.anything())), NOW);
    }

    private static RotationProperties hook(String url) {
        return new RotationProperties(
                Duration.ofMinutes(1),
                RotateSettings.DEFAULT,
                RamClient.Endpoint.DEFAULT,
                Optional.of(URI.create(url)));
    }
}
