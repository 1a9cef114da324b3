package io.countersign.registry.kms;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** As much of KMS as a root key needs, over HTTP in its own protocol, with one key; and what can go wrong with it. */
public final class FakeKms implements AutoCloseable {
    /** The key that there is. */
    public static final String KEY_ID = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    /** The fault that a request meets. */
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
    private final SecureRandom random = Seeds.secure();
    private final SecretKey master;
    private final Queue<Fault> next = new ConcurrentLinkedQueue<>();
    private final AtomicInteger generated = new AtomicInteger();
    private final AtomicInteger decrypted = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Fault otherwise = Fault.NONE;

    public FakeKms() throws IOException {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        master = new SecretKeySpec(bytes, "AES");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void then(Fault... faults) {
        next.addAll(List.of(faults));
    }

    public void always(Fault fault) {
        otherwise = fault;
    }

    /** Keys that were made, whether or not anybody kept them. */
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
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .orElse("");
        switch (Optional.ofNullable(next.poll()).orElse(otherwise)) {
            case NONE -> serve(exchange, target, body, 32);
            case SHORT -> serve(exchange, target, body, 16);
            case THROTTLE -> error(exchange, 400, "ThrottlingException");
            case DENY -> error(exchange, 400, "AccessDeniedException");
            case DISABLED -> error(exchange, 400, "DisabledException");
            case FAIL -> error(exchange, 500, "KMSInternalException");
            case GARBAGE -> send(exchange, 200, "<html>");
            case EMPTY -> send(exchange, 200, "{}");
            case LOSE_ANSWER -> exchange.close();
            case HANG -> hang(exchange);
        }
    }

    private void serve(HttpExchange exchange, String target, String body, int size) throws IOException {
        try {
            Members members = Members.of(Values.parse(body));
            if (!members.string("KeyId").equals(KEY_ID)) {
                error(exchange, 400, "NotFoundException");
                return;
            }
            String context = JsonText.of(members.required("EncryptionContext"));
            switch (target) {
                case "TrentService.GenerateDataKey" -> generate(exchange, context, size);
                case "TrentService.Decrypt" -> decrypt(exchange, context, members.required("CiphertextBlob"));
                default -> error(exchange, 400, "UnsupportedOperationException");
            }
        } catch (InvalidDocumentException | GeneralSecurityException e) {
            error(exchange, 400, "ValidationException");
        }
    }

    private void generate(HttpExchange exchange, String context, int size)
            throws IOException, GeneralSecurityException {
        generated.incrementAndGet();
        byte[] key = new byte[size];
        random.nextBytes(key);
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(key);
        byte[] blob = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, blob, NONCE_BYTES, sealed.length);
        send(
                exchange,
                200,
                JsonText.object(json -> json.put("KeyId", KEY_ID)
                        .put("Plaintext", Base64.getEncoder().encodeToString(key))
                        .put("CiphertextBlob", Base64.getEncoder().encodeToString(blob))));
    }

    private void decrypt(HttpExchange exchange, String context, Value blob)
            throws IOException, InvalidDocumentException {
        decrypted.incrementAndGet();
        try {
            byte[] bytes = Base64.getDecoder().decode(Members.string(blob));
            byte[] key = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), context)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            send(
                    exchange,
                    200,
                    JsonText.object(json -> json.put("KeyId", KEY_ID)
                            .put("Plaintext", Base64.getEncoder().encodeToString(key))));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            error(exchange, 400, "InvalidCiphertextException");
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, master, new GCMParameterSpec(128, nonce));
        // Members in one order, whatever order they came in.
        char[] letters = context.toCharArray();
        Arrays.sort(letters);
        cipher.updateAAD(new String(letters).getBytes(StandardCharsets.UTF_8));
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

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, "{\"__type\":\"" + code + "\",\"message\":\"no\"}");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
