package io.countersign.registry.kms;

import io.countersign.registry.sealing.RootKeyVersion;
import io.countersign.registry.sealing.SealingException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;

/**
 * The two calls of KMS. What a key is for and which version it is goes with both as encryption context, so that nothing else that the same key of KMS
 * wrapped, nor another version, is taken for it.
 */
record Wrapping(KmsClient client, String keyId) {
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "countersign registry root key";

    record Made(WrappedKey wrapped, RootKeyVersion opened) {}

    /** A new key, wrapped and open. */
    Made make(String version) throws SealingException {
        try {
            var answer = client.generateDataKey(
                    request -> request.keyId(keyId).keySpec(DataKeySpec.AES_256).encryptionContext(context(version)));
            RootKeyVersion opened = opened(version, Optional.ofNullable(answer.plaintext()));
            byte[] blob = Optional.ofNullable(answer.ciphertextBlob())
                    .map(SdkBytes::asByteArrayUnsafe)
                    .filter(bytes -> bytes.length > 0)
                    .orElseThrow(() -> KmsFailures.malformed(keyId));
            return new Made(new WrappedKey(version, Base64.getEncoder().encodeToString(blob)), opened);
        } catch (SdkException e) {
            throw KmsFailures.of(keyId, e);
        }
    }

    RootKeyVersion open(WrappedKey wrapped) throws SealingException {
        try {
            var answer = client.decrypt(request -> request.keyId(keyId)
                    .ciphertextBlob(SdkBytes.fromByteArray(wrapped.bytes()))
                    .encryptionContext(context(wrapped.version())));
            return opened(wrapped.version(), Optional.ofNullable(answer.plaintext()));
        } catch (SdkException e) {
            throw KmsFailures.of(keyId, e);
        }
    }

    private RootKeyVersion opened(String version, Optional<SdkBytes> plaintext) throws SealingException {
        byte[] bytes = plaintext
                .map(SdkBytes::asByteArrayUnsafe)
                .filter(key -> key.length == KEY_BYTES)
                .orElseThrow(() -> KmsFailures.malformed(keyId));
        return new RootKeyVersion(version, new SecretKeySpec(bytes, "AES"));
    }

    private static Map<String, String> context(String version) {
        return Map.of("purpose", PURPOSE, "version", version);
    }
}
