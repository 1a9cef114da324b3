package io.countersign.gateway.storage;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.oss.OssRefusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A small object storage on loopback that speaks as much of OSS as its SDKs need, path-style, in memory. It trusts nobody: every request is put to the gateway's
 * {@code /verify} first, and what that refuses is answered in OSS's words with the true status.
 */
public final class StorageServer implements AutoCloseable {
    private final ObjectStore store = new ObjectStore();
    private final BucketRequests buckets = new BucketRequests(store);
    private final ObjectRequests objects = new ObjectRequests(store);
    private final MultipartRequests uploads = new MultipartRequests(store);
    private final FormRequests forms = new FormRequests(store);
    private final AtomicLong requests = new AtomicLong();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile VerifyClient verify = new VerifyClient(URI.create("http://127.0.0.1:9/verify"));

    private StorageServer(HttpServer server) {
        this.server = server;
    }

    /** Listens on a free port of 127.0.0.1, with these buckets, empty. */
    public static StorageServer start(List<String> buckets) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        StorageServer storage = new StorageServer(server);
        buckets.forEach(storage.store::make);
        server.setExecutor(storage.workers);
        server.createContext("/", storage::serve);
        server.start();
        return storage;
    }

    /** From now on decisions come from here. */
    public void askAt(URI verify) {
        this.verify = new VerifyClient(verify);
    }

    /** Puts an object where nobody is asked. */
    public void seed(String bucket, String key, String content) throws StorageError {
        store.bucket(bucket)
                .put(
                        key,
                        StoredObject.of(
                                content.getBytes(StandardCharsets.UTF_8), Map.of("content-type", "text/plain")));
    }

    /** What lies there, where nobody is asked. */
    StoredObject object(String bucket, String key) throws StorageError {
        return store.object(bucket, key);
    }

    /** Every key of the bucket. */
    Set<String> keys(String bucket) throws StorageError {
        return store.bucket(bucket).keySet();
    }

    /** {@code http://127.0.0.1:port}. */
    public String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void serve(HttpExchange http) throws IOException {
        try (http) {
            http.getResponseHeaders().set("x-oss-request-id", "%024X".formatted(requests.incrementAndGet()));
            http.getResponseHeaders().set("Server", "AliyunOSS");
            serve(Exchange.read(http));
        } catch (OssRefusal e) {
            http.sendResponseHeaders(400, -1);
        }
    }

    private void serve(Exchange exchange) throws IOException {
        try {
            Optional<FormUpload> form = FormUpload.of(exchange);
            Verdict verdict = verify.ask(exchange, BucketRequests.keysToDelete(exchange), form);
            if (exchange.header("Origin").isPresent() && !exchange.method().equals("OPTIONS")) {
                verify.askForPages(exchange).cors().forEach(exchange::with);
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

    private void dispatch(Exchange exchange, Optional<FormUpload> form) throws IOException, StorageError {
        if (exchange.method().equals("OPTIONS")) {
            exchange.empty(200);
        } else if (form.isPresent()) {
            forms.serve(exchange, form.get());
        } else if (exchange.key().isEmpty()) {
            buckets.serve(exchange);
        } else if (uploads.isOne(exchange)) {
            uploads.serve(exchange);
        } else {
            objects.serve(exchange);
        }
    }

    private static void refuse(Exchange exchange, int status, Map<String, String> error) throws IOException {
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
        server.stop(0);
        workers.close();
    }
}
