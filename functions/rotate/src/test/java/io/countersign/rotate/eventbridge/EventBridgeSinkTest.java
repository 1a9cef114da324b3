package io.countersign.rotate.eventbridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.rotate.EventSink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;

class EventBridgeSinkTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String TAKEN = "{\"FailedEntryCount\":0,\"Entries\":[{\"EventId\":\"1\"}]}";

    private final List<String> requests = new ArrayList<>();
    private HttpServer bus;
    private EventBridgeClient client;
    private int status = 200;
    private String answer = TAKEN;

    @BeforeEach
    void start() throws IOException {
        bus = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        bus.createContext("/", exchange -> {
            requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        bus.start();
        client = EventBridgeClient.builder()
                .region(Region.EU_CENTRAL_1)
                .endpointOverride(
                        URI.create("http://127.0.0.1:" + bus.getAddress().getPort()))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "secret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .overrideConfiguration(override -> override.apiCallTimeout(Duration.ofSeconds(20)))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        bus.stop(0);
    }

    @Test
    void anEventArrivesWithItsTypeItsTimeItsDetailAndTheIdThatTellsDoubles() throws Exception {
        new EventBridgeSink(client, "countersign-events")
                .send(List.of(new OutboxItem.OutgoingEvent(
                        "AccessKeyDeleted.k1", "AccessKeyDeleted", NOW, "{\"accessKeyId\":\"k1\"}")));
        Members entry = Members.of(entries().getFirst());
        assertThat(entry.string("EventBusName")).isEqualTo("countersign-events");
        assertThat(entry.string("Source")).isEqualTo("countersign");
        assertThat(entry.string("DetailType")).isEqualTo("AccessKeyDeleted");
        assertThat(entry.string("Detail")).isEqualTo("{\"accessKeyId\":\"k1\"}");
        assertThat(Members.strings(entry.required("Resources")))
                .containsExactly("countersign:event/AccessKeyDeleted.k1");
        assertThat(entry.has("Time")).isTrue();
    }

    @Test
    void asManyAsTheBusTakesGoInOneCall() throws Exception {
        new EventBridgeSink(client, "b").send(events(EventSink.MAX_EVENTS));
        assertThat(requests).hasSize(1);
        assertThat(entries()).hasSize(10);
    }

    @Test
    void oneThatWasRefusedFailsAllOfThem() {
        answer =
                "{\"FailedEntryCount\":1,\"Entries\":[{\"EventId\":\"1\"},{\"ErrorCode\":\"ThrottlingException\",\"ErrorMessage\":\"x\"}]}";
        assertThatThrownBy(() -> new EventBridgeSink(client, "b").send(events(2)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ThrottlingException");
    }

    @Test
    void aBusThatDoesNotAnswerWellIsAFailure() {
        status = 400;
        answer = "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}";
        assertThatThrownBy(() -> new EventBridgeSink(client, "b").send(events(1)))
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("secret");
        status = 200;
        answer = "<html>";
        assertThatThrownBy(() -> new EventBridgeSink(client, "b").send(events(1)))
                .isInstanceOf(IOException.class);
    }

    private List<Value> entries() throws Exception {
        return Members.of(Values.parse(requests.getFirst())).list("Entries");
    }

    private static List<OutboxItem.OutgoingEvent> events(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new OutboxItem.OutgoingEvent("e" + i, "AccessKeyDeleted", NOW, "{}"))
                .toList();
    }
}
