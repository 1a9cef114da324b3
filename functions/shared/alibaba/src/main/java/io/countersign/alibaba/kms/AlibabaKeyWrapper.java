package io.countersign.alibaba.kms;

import io.countersign.alibaba.Acs3Client;
import io.countersign.alibaba.EnvironmentCredentials;
import io.countersign.http.client.RetryPolicy;
import io.countersign.http.client.RpcError;
import io.countersign.http.client.Transport;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.KmsFailure;
import io.countersign.signing.rpc.Acs3Call;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * A key of Alibaba Cloud's KMS (version 2016-01-20, docs/protocol.md 14). Both calls may be repeated: a data key whose answer was lost is never used.
 *
 * <p>The wrapped bytes are the characters of {@code CiphertextBlob}, which is opaque text.
 */
public final class AlibabaKeyWrapper implements KeyWrapper {
    private static final String VERSION = "2016-01-20";

    private final String keyId;
    private final Acs3Client client;
    private final Acs3Call.Signer signer;

    AlibabaKeyWrapper(String keyId, Acs3Client client, Acs3Call.Signer signer) {
        this.keyId = keyId;
        this.client = client;
        this.signer = signer;
    }

    /**
     * Returns the key for a process with these environment variables.
     *
     * @param random draws nonces and the jitter of pauses
     * @param nanoTime a monotonic clock that measures a call
     * @throws SealingException when the environment has no credentials
     */
    public static AlibabaKeyWrapper of(
            AlibabaKey key,
            Map<String, String> environment,
            SecureRandom random,
            InstantSource clock,
            LongSupplier nanoTime)
            throws SealingException {
        Acs3Call.Signer signer = EnvironmentCredentials.of(environment)
                .orElseThrow(() -> KmsFailure.of(
                        key.keyId(),
                        "cannot be used without credentials; set " + EnvironmentCredentials.ID + " and "
                                + EnvironmentCredentials.SECRET + " in the environment, and "
                                + EnvironmentCredentials.TOKEN + " for the key of a session"));
        RetryPolicy retryPolicy =
                new RetryPolicy(random, nanoTime, pause -> Thread.sleep(pause.toMillis())).within(key.budget());
        Acs3Client client =
                new Acs3Client(key.endpoint(), VERSION, new Transport.HttpTransport(), random, clock, retryPolicy);
        return new AlibabaKeyWrapper(key.keyId(), client, signer);
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public Generated generate(Map<String, String> context) throws SealingException {
        KmsAnswer answer = call(
                "GenerateDataKey",
                Map.of("KeyId", keyId, "KeySpec", "AES_256", "EncryptionContext", json(context)),
                AlibabaFailures::generating);
        if (!answer.keyId().equals(keyId)) {
            throw KmsFailure.MALFORMED.of(keyId);
        }
        byte[] wrapped = answer.ciphertextBlob().getBytes(StandardCharsets.UTF_8);
        return new Generated(answer.plaintext(), wrapped);
    }

    /** KMS unwraps with whatever key wrapped the text, so the key of the answer is checked. */
    @Override
    public byte[] unwrap(byte[] wrapped, Map<String, String> context) throws SealingException {
        KmsAnswer answer = call(
                "Decrypt",
                Map.of(
                        "CiphertextBlob",
                        new String(wrapped, StandardCharsets.UTF_8),
                        "EncryptionContext",
                        json(context)),
                AlibabaFailures::unwrapping);
        if (!answer.keyId().equals(keyId)) {
            throw KmsFailure.NOT_OURS.of(keyId);
        }
        return answer.plaintext();
    }

    /** Describes a refusal by its code. */
    @FunctionalInterface
    private interface Refusal {
        SealingException of(String keyId, String code);
    }

    private KmsAnswer call(String action, Map<String, String> parameters, Refusal refusal) throws SealingException {
        AtomicBoolean throttled = new AtomicBoolean();
        Optional<Transport.Answer> answer = client.call(action, parameters, signer, each -> {
            throttled.set(each.filter(RpcError::isThrottled).isPresent());
            return Acs3Client.isRetryable(each);
        });
        if (answer.isEmpty()) {
            throw throttled.get() ? KmsFailure.THROTTLED.of(keyId) : AlibabaFailures.silent(keyId);
        }
        if (answer.get().status() != 200) {
            Optional<String> code = RpcError.code(answer.get());
            throw code.isPresent() ? refusal.of(keyId, code.get()) : KmsFailure.MALFORMED.of(keyId);
        }
        return KmsAnswer.read(answer.get()).orElseThrow(() -> KmsFailure.MALFORMED.of(keyId));
    }

    private static String json(Map<String, String> context) {
        return JsonText.object(json -> new TreeMap<>(context).forEach(json::put));
    }

    /**
     * The answer of KMS to both calls. Unknown members are ignored, because KMS may add some.
     *
     * @param ciphertextBlob empty in an answer to Decrypt
     */
    private record KmsAnswer(String keyId, byte[] plaintext, String ciphertextBlob) {
        /** Empty when it is no such answer. */
        static Optional<KmsAnswer> read(Transport.Answer answer) {
            try {
                Members members = Members.of(Values.parse(answer.body()));
                return Optional.of(new KmsAnswer(
                        members.string("KeyId"),
                        Base64.getDecoder().decode(members.string("Plaintext")),
                        members.has("CiphertextBlob") ? members.string("CiphertextBlob") : ""));
            } catch (InvalidDocumentException | IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }
}
