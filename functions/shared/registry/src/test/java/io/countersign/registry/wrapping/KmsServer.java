package io.countersign.registry.wrapping;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** A key management service over HTTP, as small as a root key needs: one key, and the faults of a service. A subclass has the protocol. */
public abstract class KmsServer implements AutoCloseable {
    /** A fault that a request meets. */
    public enum Fault {
        NONE,
        THROTTLE,
        DENY,
        FAIL,
        HANG,
        GARBAGE,
        /** An answer without a key. */
        EMPTY,
        /** A key of 128 bits. */
        SHORT,
        DISABLED,
        LOSE_ANSWER
    }

    private static final int NONCE_BYTES = 12;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SecureRandom random = Seeds.secure();
    private final SecretKey master;
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger generated = new AtomicInteger();
    private final AtomicInteger decrypted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault otherwise = Fault.NONE;

    protected KmsServer() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        master = new SecretKeySpec(bytes, "AES");
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            Fault fault = Optional.ofNullable(next.poll()).orElse(otherwise);
            switch (fault) {
                case LOSE_ANSWER -> exchange.close();
                case HANG -> hang(exchange);
                default -> answer(exchange, fault);
            }
        });
        server.start();
    }

    /** Answers a request that meets none of HANG and LOSE_ANSWER. */
    protected abstract void answer(HttpExchange exchange, Fault fault) throws IOException;

    /** The id of the key that there is. */
    public abstract String keyId();

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void then(Fault... faults) {
        next.addAll(List.of(faults));
    }

    public void always(Fault fault) {
        otherwise = fault;
    }

    /** The number of keys that were made, kept or not. */
    public int generated() {
        return generated.get();
    }

    public int decrypted() {
        return decrypted.get();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /** A new key of this size, and its ciphertext. */
    protected KeyWrapper.Generated generate(int size, Map<String, String> context) throws GeneralSecurityException {
        generated.incrementAndGet();
        byte[] key = new byte[size];
        random.nextBytes(key);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(key);
        byte[] blob = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, blob, NONCE_BYTES, sealed.length);
        return new KeyWrapper.Generated(key, blob);
    }

    /** The key in a ciphertext; empty when this server did not make it, or under another context. */
    protected Optional<byte[]> decrypt(byte[] blob, Map<String, String> context) throws GeneralSecurityException {
        decrypted.incrementAndGet();
        if (blob.length < NONCE_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.of(cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(blob, NONCE_BYTES), context)
                    .doFinal(blob, NONCE_BYTES, blob.length - NONCE_BYTES));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        }
    }

    /** An encryption context as the protocols have it. */
    protected static Map<String, String> context(Value value) throws InvalidDocumentException {
        if (!(value instanceof Value.ObjectValue object)) {
            throw new InvalidDocumentException(value.at(), "expected an object");
        }
        Map<String, String> context = new TreeMap<>();
        for (Map.Entry<String, Value> member : object.members().entrySet()) {
            context.put(member.getKey(), Members.string(member.getValue()));
        }
        return context;
    }

    protected static void send(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private Cipher cipher(int mode, byte[] nonce, Map<String, String> context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, master, new GCMParameterSpec(128, nonce));
        cipher.updateAAD(new TreeMap<>(context).toString().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private void hang(HttpExchange exchange) {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }
}
