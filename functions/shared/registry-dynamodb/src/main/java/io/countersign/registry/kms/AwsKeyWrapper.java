package io.countersign.registry.kms;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.wrapping.KeyWrapper;
import io.countersign.registry.wrapping.KmsFailure;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;

/**
 * A key of AWS KMS. Only this key is asked to unwrap, whatever the store contains.
 *
 * @param client stays open as long as the key is used
 */
public record AwsKeyWrapper(KmsClient client, String keyId) implements KeyWrapper {
    @Override
    public Generated generate(Map<String, String> context) throws SealingException {
        try {
            var answer = client.generateDataKey(
                    request -> request.keyId(keyId).keySpec(DataKeySpec.AES_256).encryptionContext(context));
            return new Generated(
                    bytes(Optional.ofNullable(answer.plaintext())),
                    bytes(Optional.ofNullable(answer.ciphertextBlob())));
        } catch (SdkException e) {
            throw AwsFailures.of(keyId, e);
        }
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Map<String, String> context) throws SealingException {
        try {
            var answer = client.decrypt(request -> request.keyId(keyId)
                    .ciphertextBlob(SdkBytes.fromByteArray(wrapped))
                    .encryptionContext(context));
            return bytes(Optional.ofNullable(answer.plaintext()));
        } catch (SdkException e) {
            throw AwsFailures.of(keyId, e);
        }
    }

    private byte[] bytes(Optional<SdkBytes> member) throws SealingException {
        return member.map(SdkBytes::asByteArrayUnsafe).orElseThrow(() -> KmsFailure.MALFORMED.of(keyId));
    }
}
