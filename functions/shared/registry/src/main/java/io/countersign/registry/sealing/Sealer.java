package io.countersign.registry.sealing;

import io.countersign.registry.store.ItemKey;
import io.countersign.signing.ConstantTime;
import io.countersign.signing.Secret;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals secrets with AES-256-GCM under the root key. Guarantees: a text opens only under the root key version that it
 * names and only for the identity that it was sealed for; each seal uses a new random nonce of 96 bits; no secret is
 * printed, and secrets are compared in constant time. A sealed text is {@code 1.<root key version>.<base64url of
 * nonce, ciphertext and tag>}.
 */
public final class Sealer {
    private static final String FORMAT = "1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final RootKey root;
    private final SecureRandom random;

    public Sealer(RootKey root, SecureRandom random) {
        this.root = root;
        this.random = random;
    }

    /** @throws SealingException when the root key cannot be used */
    public String seal(Secret secret, SealIdentity identity) throws SealingException {
        String version = root.version();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] plain = secret.reveal().getBytes(StandardCharsets.UTF_8);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key(version), nonce, identity).doFinal(plain);
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORMAT + "." + version + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new SealingException("the secret of " + identity.keyId() + " could not be sealed", e);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /**
     * @throws SealingException when the text is not well-formed, its root key version is not available, or it was
     *     sealed for another identity
     */
    public Secret open(String sealed, SealIdentity identity) throws SealingException {
        String[] parts = sealed.split("\\.", -1);
        if (parts.length != 3 || !parts[0].equals(FORMAT)) {
            throw refused(identity);
        }
        byte[] whole = decoded(parts[2], identity);
        if (whole.length < NONCE_BYTES + TAG_BYTES) {
            throw refused(identity);
        }
        byte[] nonce = Arrays.copyOf(whole, NONCE_BYTES);
        try {
            byte[] plain = cipher(Cipher.DECRYPT_MODE, key(parts[1]), nonce, identity)
                    .doFinal(whole, NONCE_BYTES, whole.length - NONCE_BYTES);
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(plain));
            Arrays.fill(plain, (byte) 0);
            return Secret.of(text.toString());
        } catch (GeneralSecurityException | CharacterCodingException e) {
            throw refused(identity);
        }
    }

    /**
     * Whether the sealed text holds this secret; compared in constant time.
     *
     * @throws SealingException as {@link #open}
     */
    public boolean holds(String sealed, SealIdentity identity, Secret candidate) throws SealingException {
        return ConstantTime.equal(open(sealed, identity).reveal(), candidate.reveal());
    }

    /**
     * Returns the secret sealed under the newest root key version; empty when it is sealed under that version already.
     *
     * @throws SealingException as {@link #open}
     */
    public Optional<String> renewed(String sealed, SealIdentity identity) throws SealingException {
        String newest = FORMAT + "." + root.version() + ".";
        return sealed.startsWith(newest) ? Optional.empty() : Optional.of(seal(open(sealed, identity), identity));
    }

    private SecretKey key(String version) throws SealingException {
        return root.key(version)
                .orElseThrow(() -> new SealingException("the root key version " + printable(version)
                        + " is not here; start with the root key that the registry was filled with"));
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, SealIdentity identity)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce));
        cipher.updateAAD(identity.associatedData());
        return cipher;
    }

    private static byte[] decoded(String base64, SealIdentity identity) throws SealingException {
        try {
            return Base64.getUrlDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused(identity);
        }
    }

    private static String printable(String version) {
        return version.matches("[A-Za-z0-9-]{1,64}") ? version : "of this record";
    }

    private static SealingException refused(SealIdentity identity) {
        return new SealingException("the sealed secret of " + identity.keyId()
                + " does not open: the record was changed or moved, or the root key is another one;"
                + " restore the registry together with its root key");
    }

    /**
     * The record that a sealed text belongs to. It does not open for any other.
     *
     * @param item the record's key in the table
     * @param keyId the id of the key whose secret is sealed
     */
    public record SealIdentity(ItemKey item, String keyId) {
        private static final String PURPOSE = "countersign sealed secret 1";

        /** Each part follows its length, so that no two identities have the same bytes. */
        byte[] associatedData() {
            byte[][] parts = {utf8(PURPOSE), utf8(item.partition()), utf8(item.sort()), utf8(keyId)};
            int size = 0;
            for (byte[] part : parts) {
                size += Integer.BYTES + part.length;
            }
            ByteBuffer data = ByteBuffer.allocate(size);
            for (byte[] part : parts) {
                data.putInt(part.length).put(part);
            }
            return data.array();
        }

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }
}
