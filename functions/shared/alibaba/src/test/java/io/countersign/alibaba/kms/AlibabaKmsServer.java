package io.countersign.alibaba.kms;

import com.sun.net.httpserver.HttpExchange;
import io.countersign.alibaba.Acs3Received;
import io.countersign.http.client.Transport;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Values;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.KmsServer;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * As much of Alibaba Cloud's KMS as a root key needs: requests whose ACS3 signature, date and nonce it checks, with one access key; and the errors that KMS gives.
 * As at KMS, a ciphertext begins with the id of the key that made it, and Decrypt finds the key there.
 */
public final class AlibabaKmsServer extends KmsServer {
    /** The key that there is at first. */
    public static final String KEY_ID = "key-hzz62f1cb66fa42qo0aaa";
    /** The access key that may use it. */
    public static final String ACCESS_KEY_ID = "LTAI5tKmsUser";
    /** Its secret. */
    public static final String SECRET = "kmsUserSecretkmsUserSecretkmsU";

    /** The credentials in the environment of a process. */
    public static final Map<String, String> ENVIRONMENT =
            Map.of("ALIBABA_CLOUD_ACCESS_KEY_ID", ACCESS_KEY_ID, "ALIBABA_CLOUD_ACCESS_KEY_SECRET", SECRET);

    /** Faults of this service only; each is met once. */
    public enum Odd {
        /** More bytes than a client reads. */
        HUGE,
        REDIRECTED,
        /** A key whose base64 is none. */
        NO_BASE64,
        /** No ciphertext beside the key. */
        NO_BLOB,
        /** An answer about another key. */
        OTHER_KEY
    }

    private final InstantSource clock;
    private final Set<String> nonces = new HashSet<>();
    private final List<Acs3Received> requests = new ArrayList<>();
    private final Deque<Odd> odd = new ArrayDeque<>();
    private final Deque<String> refusals = new ArrayDeque<>();
    private String keyId = KEY_ID;

    public AlibabaKmsServer(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String keyId() {
        return KEY_ID;
    }

    /** From now on GenerateDataKey knows only this key. Decrypt opens the texts of all keys. */
    public synchronized void replaceKey(String id) {
        keyId = id;
    }

    public synchronized void thenOdd(Odd... next) {
        odd.addAll(List.of(next));
    }

    /** The next requests are refused with these codes. */
    public synchronized void thenRefuse(String... codes) {
        refusals.addAll(List.of(codes));
    }

    public synchronized List<Acs3Received> requests() {
        return List.copyOf(requests);
    }

    @Override
    protected void answer(HttpExchange exchange, Fault fault) throws IOException {
        Acs3Received request = Acs3Received.read(exchange);
        Reply reply;
        synchronized (this) {
            requests.add(request);
            reply = reply(request, fault);
        }
        if (reply.status() == 307) {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
        }
        send(exchange, reply.status(), "application/json", reply.body());
    }

    private record Reply(int status, String body) {
        static Reply error(int status, String code) {
            return new Reply(
                    status,
                    "{\"HttpStatus\":" + status + ",\"Code\":\"" + code + "\",\"Message\":\"no " + SECRET
                            + "\",\"RequestId\":\"r\"}");
        }
    }

    private Reply reply(Acs3Received request, Fault fault) {
        if (!refusals.isEmpty()) {
            return Reply.error(400, refusals.remove());
        }
        return switch (fault) {
            case NONE -> odd.isEmpty() ? serve(request, 32) : strange(odd.remove(), serve(request, 32));
            case SHORT -> serve(request, 16);
            case THROTTLE -> Reply.error(429, "Rejected.Throttling");
            case DENY -> Reply.error(403, "Forbidden.NoPermission");
            case DISABLED -> Reply.error(409, "Rejected.Disabled");
            case FAIL -> Reply.error(500, "InternalFailure");
            case GARBAGE -> new Reply(200, "<html>");
            case EMPTY -> new Reply(200, "{\"RequestId\":\"r\"}");
            case HANG, LOSE_ANSWER -> throw new AssertionError("it does not answer");
        };
    }

    private static Reply strange(Odd odd, Reply reply) {
        return switch (odd) {
            case HUGE -> new Reply(200, " ".repeat(Transport.HttpTransport.MAX_BYTES) + reply.body());
            case REDIRECTED -> new Reply(307, "");
            case NO_BASE64 -> new Reply(200, reply.body().replace("\"Plaintext\":\"", "\"Plaintext\":\"%"));
            case NO_BLOB -> new Reply(200, reply.body().replace("\"CiphertextBlob\"", "\"Other\""));
            case OTHER_KEY -> new Reply(200, reply.body().replace(KEY_ID, "key-of-another"));
        };
    }

    private Reply serve(Acs3Received request, int size) {
        Optional<String> id = request.accessKeyId("2016-01-20");
        if (id.isEmpty()) {
            return Reply.error(400, "IncompleteSignature");
        }
        if (!id.get().equals(ACCESS_KEY_ID)) {
            return Reply.error(404, "InvalidAccessKeyId.NotFound");
        }
        Optional<String> refusal = request.refusal(SECRET, clock.instant(), nonces);
        if (refusal.isPresent()) {
            return Reply.error(400, refusal.get());
        }
        Map<String, String> parameters = request.parameters();
        try {
            Map<String, String> context = context(Values.parse(parameters.getOrDefault("EncryptionContext", "{}")));
            return switch (request.action()) {
                case "GenerateDataKey" -> generate(parameters, context, size);
                case "Decrypt" -> decrypt(parameters.getOrDefault("CiphertextBlob", ""), context);
                default -> Reply.error(404, "InvalidAction.NotFound");
            };
        } catch (InvalidDocumentException | GeneralSecurityException | IllegalArgumentException e) {
            return Reply.error(400, "InvalidParameter");
        }
    }

    private Reply generate(Map<String, String> parameters, Map<String, String> context, int size)
            throws GeneralSecurityException {
        if (!keyId.equals(parameters.get("KeyId"))) {
            return Reply.error(404, "Forbidden.KeyNotFound");
        }
        if (!"AES_256".equals(parameters.get("KeySpec"))) {
            return Reply.error(400, "InvalidParameter");
        }
        KeyWrapper.Generated made = generate(size, context);
        String blob = keyId + "." + Base64.getEncoder().encodeToString(made.wrapped());
        return new Reply(
                200,
                JsonText.object(json -> json.put("CiphertextBlob", blob)
                        .put("KeyId", keyId)
                        .put("KeyVersionId", "v1")
                        .put("Plaintext", Base64.getEncoder().encodeToString(made.plain()))
                        .put("RequestId", "r")));
    }

    private Reply decrypt(String text, Map<String, String> context) throws GeneralSecurityException {
        String[] parts = text.split("\\.");
        Optional<byte[]> key =
                parts.length == 2 ? decrypt(Base64.getDecoder().decode(parts[1]), context) : Optional.empty();
        if (key.isEmpty()) {
            return Reply.error(400, "InvalidParameter");
        }
        return new Reply(
                200,
                JsonText.object(json -> json.put("KeyId", parts[0])
                        .put("KeyVersionId", "v1")
                        .put("Plaintext", Base64.getEncoder().encodeToString(key.get()))
                        .put("RequestId", "r")));
    }
}
