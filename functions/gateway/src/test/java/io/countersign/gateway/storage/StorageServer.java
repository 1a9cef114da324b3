package io.countersign.gateway.storage;

import io.countersign.oss.OssRefusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small object storage on loopback that speaks as much of OSS as its SDKs need, in memory. It trusts nobody: every request is put to the gateway's
 * {@code /verify} first, and what that refuses is answered in OSS's words with the true status.
 */
public final class StorageServer implements AutoCloseable {
    private final ObjectStore store = new ObjectStore();
    private final BucketRequests buckets = new BucketRequests(store);
    private final ObjectRequests objects = new ObjectRequests(store);
    private final MultipartRequests uploads = new MultipartRequests(store);
    private final SpecialRequests special = new SpecialRequests(store);
    private final FormRequests forms = new FormRequests(store);
    private final AtomicLong requests = new AtomicLong();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Vertx vertx = Vertx.vertx();
    private final InstantSource clock;
    private final HttpServer server;
    private volatile Judge judge;

    /** Not on the JDK's server: that writes {@code Content-type}, and some clients look only for OSS's own {@code Content-Type}. */
    private StorageServer(InstantSource clock, Judge judge) {
        this.clock = clock;
        this.judge = judge;
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(0)
                        .setHttp2ClearTextEnabled(false)
                        .setHandle100ContinueAutomatically(true))
                .requestHandler(http ->
                        http.body().onSuccess(body -> workers.execute(() -> serve(http, body.getBytes()))));
        server.listen().toCompletionStage().toCompletableFuture().join();
    }

    /** Listens on a free port of 127.0.0.1, with these buckets, empty. */
    public static StorageServer start(List<String> buckets) {
        return start(buckets, InstantSource.system());
    }

    /** @param clock what the Date of its answers is read from */
    public static StorageServer start(List<String> buckets, InstantSource clock) {
        return start(buckets, clock, new VerifyClient(URI.create("http://127.0.0.1:9/verify")));
    }

    /** @param judge whom it asks about every request */
    static StorageServer start(List<String> buckets, InstantSource clock, Judge judge) {
        StorageServer storage = new StorageServer(clock, judge);
        buckets.forEach(storage.store::make);
        return storage;
    }

    /** From now on decisions come from here. */
    public void askAt(URI verify) {
        this.judge = new VerifyClient(verify);
    }

    /** Makes an empty bucket. */
    void make(String bucket) {
        store.make(bucket);
    }

    /** Puts an object where nobody is asked. */
    public void seed(String bucket, String key, String content) throws StorageError {
        store.bucket(bucket)
                .put(
                        key,
                        StoredObject.of(
                                content.getBytes(StandardCharsets.UTF_8), Map.of("content-type", "text/plain")));
    }

    /** The stored objects, without authorization. */
    StoredObject object(String bucket, String key) throws StorageError {
        return store.object(bucket, key);
    }

    /** Every key of the bucket. */
    Set<String> keys(String bucket) throws StorageError {
        return store.bucket(bucket).keySet();
    }

    /** {@code http://127.0.0.1:port}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.actualPort();
    }

    private void serve(HttpServerRequest http, byte[] body) {
        http.response()
                .putHeader("x-oss-request-id", "%024X".formatted(requests.incrementAndGet()))
                .putHeader("Server", "AliyunOSS")
                .putHeader("Date", Moments.http(clock.instant()));
        try {
            serve(Exchange.read(http, body));
        } catch (OssRefusal e) {
            http.response().setStatusCode(400).end();
        }
    }

    private void serve(Exchange exchange) {
        try {
            Optional<FormUpload> form = FormUpload.of(exchange);
            Verdict verdict = judge.ask(exchange, BucketRequests.keysToDelete(exchange), form);
            if (exchange.header("Origin").isPresent() && !exchange.method().equals("OPTIONS")) {
                judge.askForPages(exchange).cors().forEach(exchange::with);
            }
            if (verdict.allowed()) {
                verdict.cors().forEach(exchange::with);
                dispatch(exchange, form);
            } else {
                refuse(exchange, verdict.status(), verdict.error());
            }
        } catch (StorageError e) {
            refuse(exchange, e.status(), Map.of("Code", e.code(), "Message", e.getMessage()));
        } catch (Exception e) {
            // Without a decision nothing passes.
            refuse(exchange, 503, Map.of("Code", "ServiceUnavailable", "Message", String.valueOf(e.getMessage())));
        }
    }

    private void dispatch(Exchange exchange, Optional<FormUpload> form) throws StorageError {
        if (exchange.method().equals("OPTIONS")) {
            exchange.empty(200);
        } else if (form.isPresent()) {
            forms.serve(exchange, form.get());
        } else if (exchange.key().isEmpty()) {
            buckets.serve(exchange);
        } else if (uploads.isOne(exchange)) {
            uploads.serve(exchange);
        } else if (special.isOne(exchange)) {
            special.serve(exchange);
        } else {
            objects.serve(exchange);
        }
    }

    private static void refuse(Exchange exchange, int status, Map<String, String> error) {
        Xml xml = Xml.root("Error");
        error.forEach(xml::element);
        String document =
                xml.element("RequestId", "1").element("HostId", "127.0.0.1").end();
        if (error.containsKey("EC")) {
            exchange.with("x-oss-ec", error.get("EC"));
        }
        if (exchange.method().equals("HEAD")) {
            exchange.with("x-oss-err", Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)))
                    .empty(status);
        } else {
            exchange.xml(status, document);
        }
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        workers.close();
    }
}
