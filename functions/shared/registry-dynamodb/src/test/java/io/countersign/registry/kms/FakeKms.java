package io.countersign.registry.kms;

import com.sun.net.httpserver.HttpExchange;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.KmsServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** As much of AWS KMS as a root key needs, in its own protocol. */
public final class FakeKms extends KmsServer {
    /** The key that there is. */
    public static final String KEY_ID = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    @Override
    public String keyId() {
        return KEY_ID;
    }

    @Override
    protected void answer(HttpExchange exchange, Fault fault) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String target = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
                .orElse("");
        switch (fault) {
            case NONE -> serve(exchange, target, body, 32);
            case SHORT -> serve(exchange, target, body, 16);
            case THROTTLE -> error(exchange, 400, "ThrottlingException");
            case DENY -> error(exchange, 400, "AccessDeniedException");
            case DISABLED -> error(exchange, 400, "DisabledException");
            case FAIL -> error(exchange, 500, "KMSInternalException");
            case GARBAGE -> send(exchange, 200, "<html>");
            case EMPTY -> send(exchange, 200, "{}");
            case HANG, LOSE_ANSWER -> throw new AssertionError("it does not answer");
        }
    }

    private void serve(HttpExchange exchange, String target, String body, int size) throws IOException {
        try {
            Members members = Members.of(Values.parse(body));
            if (!members.string("KeyId").equals(KEY_ID)) {
                error(exchange, 400, "NotFoundException");
                return;
            }
            Map<String, String> context = context(members.required("EncryptionContext"));
            switch (target) {
                case "TrentService.GenerateDataKey" -> {
                    KeyWrapper.Generated made = generate(size, context);
                    key(exchange, made.plain(), Optional.of(made.wrapped()));
                }
                case "TrentService.Decrypt" -> {
                    byte[] blob = Base64.getDecoder().decode(members.string("CiphertextBlob"));
                    Optional<byte[]> key = decrypt(blob, context);
                    if (key.isPresent()) {
                        key(exchange, key.get(), Optional.empty());
                    } else {
                        error(exchange, 400, "InvalidCiphertextException");
                    }
                }
                default -> error(exchange, 400, "UnsupportedOperationException");
            }
        } catch (InvalidDocumentException | GeneralSecurityException | IllegalArgumentException e) {
            error(exchange, 400, "ValidationException");
        }
    }

    private static void key(HttpExchange exchange, byte[] plain, Optional<byte[]> blob) throws IOException {
        Base64.Encoder base64 = Base64.getEncoder();
        send(exchange, 200, JsonText.object(json -> {
            json.put("KeyId", KEY_ID).put("Plaintext", base64.encodeToString(plain));
            blob.ifPresent(bytes -> json.put("CiphertextBlob", base64.encodeToString(bytes)));
        }));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        send(exchange, status, "{\"__type\":\"" + code + "\",\"message\":\"no\"}");
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        send(exchange, status, "application/x-amz-json-1.1", text);
    }
}
