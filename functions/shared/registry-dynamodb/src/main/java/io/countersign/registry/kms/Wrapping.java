package io.countersign.registry.kms;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;

/**
 * The two calls of KMS. The purpose of a key and its version are the encryption context of both, so that no other
 * ciphertext of the same KMS key, and no other version, is accepted in its place.
 */
record Wrapping(KmsClient client, String keyId) {
    private static final int KEY_BYTES = 32;
    private static final String PURPOSE = "countersign registry root key";

    record Made(WrappedKey wrapped, RootKey.Version opened) {}

    /** Returns a new key, wrapped and in plain form. */
    Made make(String version) throws SealingException {
        try {
            var answer = client.generateDataKey(
                    request -> request.keyId(keyId).keySpec(DataKeySpec.AES_256).encryptionContext(context(version)));
            RootKey.Version opened = opened(version, Optional.ofNullable(answer.plaintext()));
            byte[] blob = Optional.ofNullable(answer.ciphertextBlob())
                    .map(SdkBytes::asByteArrayUnsafe)
                    .filter(bytes -> bytes.length > 0)
                    .orElseThrow(() -> KmsFailures.malformed(keyId));
            return new Made(new WrappedKey(version, Base64.getEncoder().encodeToString(blob)), opened);
        } catch (SdkException e) {
            throw KmsFailures.of(keyId, e);
        }
    }

    RootKey.Version open(WrappedKey wrapped) throws SealingException {
        try {
            var answer = client.decrypt(request -> request.keyId(keyId)
                    .ciphertextBlob(SdkBytes.fromByteArray(wrapped.bytes()))
                    .encryptionContext(context(wrapped.version())));
            return opened(wrapped.version(), Optional.ofNullable(answer.plaintext()));
        } catch (SdkException e) {
            throw KmsFailures.of(keyId, e);
        }
    }

    private RootKey.Version opened(String version, Optional<SdkBytes> plaintext) throws SealingException {
        byte[] bytes = plaintext
                .map(SdkBytes::asByteArrayUnsafe)
                .filter(key -> key.length == KEY_BYTES)
                .orElseThrow(() -> KmsFailures.malformed(keyId));
        return new RootKey.Version(version, new SecretKeySpec(bytes, "AES"));
    }

    private static Map<String, String> context(String version) {
        return Map.of("purpose", PURPOSE, "version", version);
    }

    /**
     * A version of the root key as it is stored.
     *
     * @param wrapped the ciphertext of KMS in base64
     */
    record WrappedKey(String version, String wrapped) {
        /** All versions are in one item, oldest first: one condition guards the making of the next. */
        static final ItemKey ITEM = new ItemKey("rootkey", "kms");

        /** KMS wraps 32 bytes in about 200 bytes. */
        private static final int MAX_WRAPPED = 8_192;

        static String text(List<WrappedKey> keys) {
            return JsonText.object(json -> json.array(
                    "versions",
                    array -> keys.forEach(key -> array.object(
                            members -> members.put("version", key.version()).put("wrapped", key.wrapped())))));
        }

        /** @throws InvalidDocumentException when this version of Countersign cannot read the payload as wrapped keys */
        static List<WrappedKey> read(Item item) throws InvalidDocumentException {
            Members members = Members.of(Values.parse(item.payload()));
            List<WrappedKey> keys = new ArrayList<>();
            for (Value key : members.list("versions")) {
                keys.add(one(key));
            }
            if (keys.isEmpty()) {
                throw new InvalidDocumentException(members.at(), "expected a version");
            }
            members.done();
            return List.copyOf(keys);
        }

        private static WrappedKey one(Value value) throws InvalidDocumentException {
            Members members = Members.of(value);
            WrappedKey key = new WrappedKey(members.string("version"), members.string("wrapped"));
            members.done();
            if (!key.version().matches("[A-Za-z0-9-]{1,64}")
                    || key.wrapped().length() > MAX_WRAPPED
                    || !key.wrapped().matches("[A-Za-z0-9+/]+={0,2}")) {
                throw new InvalidDocumentException(value.at(), "expected a wrapped key");
            }
            return key;
        }

        byte[] bytes() {
            return Base64.getDecoder().decode(wrapped);
        }
    }
}
