package io.countersign.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which thread answers a call of a route that may be answered on the event loop. */
class OnLoopTest {
    private static final String LOOP = "vert.x-eventloop";
    private static final String WORKER = "countersign-";

    private final Vertx vertx = Vertx.vertx();
    private final GatewayServer server =
            new GatewayServer(vertx, TestServer.SETTINGS, InstantSource.system(), Seeds.secure());
    private final ConcurrentLinkedQueue<String> readers = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    /** The clock of attempts. It stands still, because an answer that takes long on a busy machine sends the next ones to workers. */
    private final AtomicLong nanos = new AtomicLong();

    private final RegistryStore store = new WorkerStore(new NotingStore());
    private String url = "";

    /** Holds nothing, and notes which threads read it. */
    private final class NotingStore implements RegistryStore {
        @Override
        public Map<ItemKey, Item> get(Set<ItemKey> keys, Consistency consistency, Instant now) {
            readers.add(Thread.currentThread().getName());
            return Map.of();
        }

        @Override
        public WriteResult write(Transaction transaction, Instant now) {
            readers.add(Thread.currentThread().getName());
            return new WriteResult.Committed();
        }

        @Override
        public Page query(String partition, Optional<String> after, int limit, Consistency consistency, Instant now) {
            readers.add(Thread.currentThread().getName());
            return new Page(List.of(), Optional.empty());
        }

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() throws IOException {
        Endpoint endpoint = this::handle;
        url = server.listen(
                new GatewayServer.Listen("127.0.0.1", 0),
                Routes.of(List.of(
                        new Routes.Route("/decide", List.of("POST"), RequestLimits.BODY, endpoint)
                                .onEventLoop(nanos::get),
                        Routes.Route.ofHeaders("/heads", endpoint).onEventLoop(nanos::get),
                        new Routes.Route("/other", List.of("POST"), RequestLimits.BODY, endpoint))));
    }

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private Reply handle(Call call, Instant now) {
        calls.incrementAndGet();
        String thread = Thread.currentThread().getName();
        try {
            switch (call.body().utf8()) {
                case "read" -> store.get(Set.of(), RegistryStore.Consistency.STRONG, now);
                case "look" -> store.requireSame();
                case "slow" -> nanos.addAndGet(LoopAttempts.SLOW.toNanos() + 1);
                case "fail" -> throw new IllegalStateException("broken");
                default -> {}
            }
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
        return Reply.text(200, thread);
    }

    private String post(String path, String body) throws IOException {
        return RawConnection.exchange(url, request(path, body, "Connection: close\r\n"));
    }

    private static String request(String path, String body, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "Content-Length: " + body.length()
                + "\r\n\r\n" + body;
    }

    @Test
    void answersOnTheEventLoopWithoutTheStore() throws IOException {
        assertThat(post("/decide", "")).startsWith("HTTP/1.1 200 ").contains(LOOP);
        assertThat(post("/decide", "decide")).contains(LOOP);
        assertThat(post("/heads", "")).contains(LOOP);
        assertThat(calls).hasValue(3);
    }

    @Test
    void theConnectionsOfAPortAreSpreadOverAnEventLoopForEachCore() throws IOException {
        int cores = Runtime.getRuntime().availableProcessors();
        Set<String> loops = new TreeSet<>();
        List<RawConnection> open = new ArrayList<>();
        try {
            for (int i = 0; i < 2 * cores; i++) {
                RawConnection wire = RawConnection.open(url);
                open.add(wire);
                String answer = wire.send(request("/decide", "", "")).answer();
                loops.add(answer.substring(answer.indexOf(LOOP)).strip());
            }
        } finally {
            for (RawConnection wire : open) {
                wire.close();
            }
        }
        assertThat(loops).hasSize(cores);
    }

    @Test
    void readsTheStoreOnAWorker() throws IOException {
        assertThat(post("/decide", "read")).startsWith("HTTP/1.1 200 ").contains(WORKER);
        assertThat(post("/decide", "look")).contains(WORKER);
        assertThat(readers).hasSize(1).allMatch(name -> name.startsWith(WORKER));
        assertThat(calls).hasValue(4);
    }

    @Test
    void otherRoutesAndLargeBodiesAreForWorkers() throws IOException {
        assertThat(post("/other", "")).contains(WORKER);
        assertThat(post("/decide", "x".repeat(LoopAttempts.MAX_BODY + 1))).contains(WORKER);
        assertThat(calls).hasValue(2);
    }

    @Test
    void aSlowAnswerSendsTheNextOnesOfItsRouteToWorkers() throws IOException {
        assertThat(post("/decide", "slow")).contains(LOOP);
        assertThat(post("/decide", "")).contains(WORKER);
        assertThat(post("/heads", "")).contains(LOOP);
        nanos.addAndGet(LoopAttempts.PAUSE * (LoopAttempts.SLOW.toNanos() + 1));
        assertThat(post("/decide", "")).contains(LOOP);
        assertThat(calls).hasValue(4);
    }

    @Test
    void aFailureIsAnsweredOnce() throws IOException {
        assertThat(post("/decide", "fail")).startsWith("HTTP/1.1 500 ").contains("InternalError");
        assertThat(calls).hasValue(1);
    }

    @Test
    void pipelinedRequestsAreAllAnsweredInOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            requests.append(request("/decide", "", ""));
        }
        requests.append(request("/decide", "read", "Connection: close\r\n"));
        String answers = RawConnection.exchange(url, requests.toString());
        assertThat(answers.split("HTTP/1.1 200 ", -1)).hasSize(202);
        assertThat(answers).contains(WORKER);
        assertThat(readers).hasSize(1);
    }
}
