package io.countersign.gateway.storage;

import io.countersign.oss.Headers;
import io.countersign.upstream.oracle.SdkVerifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A store behind: the storage of these tests, which trusts one key by the signer of alibabacloud-oss-v2. What it refuses
 * it refuses in OSS's way, with the string that it signed, which no client may see.
 */
public final class OssStore implements AutoCloseable {
    private final StorageServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> created = new CopyOnWriteArrayList<>();

    /**
     * A request that arrived.
     *
     * @param target of the request line
     * @param headers all of them
     * @param objection what is wrong with its signature; empty where it was allowed
     */
    public record Received(String method, String target, Headers headers, Optional<String> objection) {}

    private OssStore(SdkVerifier verifier) {
        InstantSource clock = InstantSource.system();
        this.server = StorageServer.start(List.of(), clock, new Judge() {
            @Override
            public Verdict ask(Exchange exchange, List<String> deleteKeys, Optional<FormUpload> form) {
                Received request = received(exchange, verifier, clock);
                received.add(request);
                return verdict(request);
            }

            /** Its bucket has no CORS rules. */
            @Override
            public Verdict askForPages(Exchange exchange) {
                return new Verdict(true, 200, Map.of(), Map.of());
            }
        });
    }

    /** Listens on a free port of 127.0.0.1, without buckets, and takes what this key signs. */
    public static OssStore start(String region, String accessKeyId, String secret) {
        return new OssStore(new SdkVerifier(region, accessKeyId, secret));
    }

    /** {@code http://127.0.0.1:port}: its buckets are in the path. */
    public String endpoint() {
        return server.endpoint();
    }

    public void create(String bucket) {
        server.make(bucket);
        created.add(bucket);
    }

    /** Forgets what arrived, and all objects. */
    public void empty() throws StorageError {
        received.clear();
        for (String bucket : created) {
            server.keys(bucket).clear();
        }
    }

    /** Puts an object where no signature is asked for. */
    public void seed(String bucket, String key, String content) throws StorageError {
        server.seed(bucket, key, content);
    }

    /** The keys of a bucket. */
    public Set<String> keys(String bucket) throws StorageError {
        return server.keys(bucket);
    }

    public byte[] content(String bucket, String key) throws StorageError {
        return server.object(bucket, key).content();
    }

    /** All that arrived, in its order. */
    public List<Received> received() {
        return List.copyOf(received);
    }

    private static Received received(Exchange exchange, SdkVerifier verifier, InstantSource clock) {
        List<Headers.HeaderField> fields = new ArrayList<>();
        exchange.headers()
                .forEach((name, values) -> values.forEach(value -> fields.add(new Headers.HeaderField(name, value))));
        Headers headers = new Headers(fields);
        Optional<String> key = exchange.key().isEmpty() ? Optional.empty() : Optional.of(exchange.key());
        return new Received(
                exchange.method(),
                exchange.target(),
                headers,
                verifier.objection(
                        exchange.method(), exchange.target(), headers, exchange.bucket(), key, clock.instant()));
    }

    private static Verdict verdict(Received request) {
        if (request.objection().isEmpty()) {
            return new Verdict(true, 200, Map.of(), Map.of());
        }
        Map<String, String> error = new LinkedHashMap<>();
        error.put("Code", "SignatureDoesNotMatch");
        error.put("Message", "The request signature we calculated does not match the signature you provided.");
        error.put("StringToSign", request.objection().get());
        return new Verdict(false, 403, error, Map.of());
    }

    @Override
    public void close() {
        server.close();
    }
}
