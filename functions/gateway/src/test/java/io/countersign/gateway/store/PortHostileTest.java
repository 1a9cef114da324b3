package io.countersign.gateway.store;

import static io.countersign.gateway.store.Arrivals.assertSound;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.server.RawConnection;
import io.countersign.gateway.server.WireInputs;
import io.countersign.gateway.server.WireInputs.Input;
import io.countersign.oss.HttpMethod;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Signed requests to private buckets, spoiled in their bytes: whatever then reaches a store is a request that was signed. */
class PortHostileTest {
    private static final int AT_ONCE = 64;
    /** A fifth of the inputs of the whole gateway's test: each of these is judged and sent on. */
    private static final int INPUTS = Integer.getInteger("hostile.wire.inputs", 5_000) / 5;

    private static final String DELETE = "<Delete><Object><Key>team/a</Key></Object></Delete>";
    private static final String COMPLETE =
            "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>\"e\"</ETag></Part></CompleteMultipartUpload>";

    // Short, because many inputs end only when the server has waited long enough.
    @RegisterExtension
    private static final StoreFixture fixture = new StoreFixture(Map.of(
            "countersign.http.body-timeout", "PT1S",
            "countersign.http.idle-timeout", "PT1S",
            "countersign.upstream.answer-timeout", "PT1S",
            "countersign.upstream.idle-timeout", "PT1S"));

    private static SignedRequests requests;

    @BeforeAll
    static void start() {
        requests = new SignedRequests(fixture.url());
    }

    @BeforeEach
    void answer() {
        fixture.store.answering(ScriptedStore.say("404 Not Found", Map.of(), "<Error><Code>NoSuchKey</Code></Error>"));
    }

    private static List<String> exchanges() {
        List<String> exchanges = new ArrayList<>();
        for (String bucket : List.of(StoreFixture.PRIVATE, StoreFixture.PRIVATE_S3)) {
            exchanges.add(request(HttpMethod.GET, bucket, "team/a", "", Map.of(), ""));
            exchanges.add(request(HttpMethod.HEAD, bucket, "team/a", "", Map.of(), ""));
            exchanges.add(request(HttpMethod.PUT, bucket, "team/a", "", Map.of("x-oss-meta-a", "b"), "content"));
            exchanges.add(request(
                    HttpMethod.PUT, bucket, "team/a", "", Map.of("x-oss-copy-source", "/" + bucket + "/team/b"), ""));
            exchanges.add(request(HttpMethod.DELETE, bucket, "team/a", "", Map.of(), ""));
            exchanges.add(request(HttpMethod.POST, bucket, "team/a", "uploads", Map.of(), ""));
            exchanges.add(request(HttpMethod.PUT, bucket, "team/a", "partNumber=1&uploadId=U", Map.of(), "part"));
            exchanges.add(request(HttpMethod.POST, bucket, "team/a", "uploadId=U", Map.of(), COMPLETE));
            exchanges.add(requests.request(HttpMethod.POST, bucket, Optional.empty(), "delete", Map.of(), DELETE));
            exchanges.add(requests.request(
                    HttpMethod.GET, bucket, Optional.empty(), "list-type=2&prefix=team%2F", Map.of(), ""));
            // Nobody signed these; they never pass.
            exchanges.add(requests.anonymous("GET /" + bucket + "/team/a", "", ""));
            exchanges.add(requests.anonymous("PUT /" + bucket + "/team/a", "", "content"));
        }
        return exchanges;
    }

    private static String request(
            HttpMethod method, String bucket, String key, String query, Map<String, String> headers, String body) {
        return requests.request(method, bucket, Optional.of(key), query, headers, body);
    }

    /** What a request does, whatever its body: the method, the bucket, the key, and the parameters by name. */
    private static String effect(ScriptedStore.Received got) {
        return got.method() + " " + Arrivals.bucket(got) + " " + Arrivals.key(got) + " "
                + new TreeSet<>(Arrivals.parameters(got));
    }

    private static Set<String> effects() {
        Set<String> effects = new HashSet<>();
        fixture.store.received.forEach(got -> effects.add(effect(got)));
        return effects;
    }

    @Test
    void whatReachesAStoreWasSigned() throws Exception {
        List<String> exchanges = exchanges();
        for (String exchange : exchanges) {
            assertThat(send(new Input(bytes(exchange), WireInputs.Manner.WHOLE)))
                    .startsWith("HTTP/1.1 ");
        }
        Set<String> signed = effects();
        assertThat(signed).hasSizeGreaterThan(exchanges.size() / 2);
        fixture.store.received.clear();
        WireInputs inputs = new WireInputs(exchanges, Seeds.random());
        int answers = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int done = 0; done < INPUTS; done += AT_ONCE) {
                List<Future<String>> sent = new ArrayList<>();
                for (int i = done; i < Math.min(INPUTS, done + AT_ONCE); i++) {
                    Input input = inputs.next();
                    sent.add(clients.submit(() -> send(input)));
                }
                for (Future<String> each : sent) {
                    answers += each.get().isEmpty() ? 0 : 1;
                }
                assertSound(fixture.store);
                assertThat(signed).containsAll(effects());
                fixture.store.received.clear();
            }
        }
        assertThat(answers).as("answers").isGreaterThan(INPUTS / 2);
        assertThat(RawConnection.exchange(fixture.url(), bytes(exchanges.getFirst())))
                .startsWith("HTTP/1.1 404 ");
    }

    /** The answer; empty to a client that does not wait. */
    private static String send(Input input) throws IOException {
        return switch (input.manner()) {
            case WHOLE -> RawConnection.exchange(fixture.url(), input.bytes());
            case PIECES -> RawConnection.pieces(fixture.url(), input.bytes(), 7);
            case LEAVE -> {
                RawConnection.leave(fixture.url(), input.bytes(), false);
                yield "";
            }
            case RESET -> {
                RawConnection.leave(fixture.url(), input.bytes(), true);
                yield "";
            }
        };
    }

    private static byte[] bytes(String exchange) {
        return exchange.getBytes(StandardCharsets.UTF_8);
    }
}
