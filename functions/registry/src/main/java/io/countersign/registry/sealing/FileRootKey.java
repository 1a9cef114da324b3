package io.countersign.registry.sealing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A root key in a file of its own: 32 random bytes that only their owner may read. Its version is drawn from the key itself, so that a
 * registry opened with another file says so instead of failing record by record.
 */
public final class FileRootKey implements RootKey {
    private final String version;
    private final SecretKey key;

    private FileRootKey(byte[] bytes) {
        this.version = "file-" + fingerprint(bytes);
        this.key = new SecretKeySpec(bytes, "AES");
    }

    /**
     * Reads the file, and makes it first when there is none. When several processes start at once exactly one of them makes it, and all
     * read that one's.
     *
     * @throws SealingException when others than the owner can read the file, it does not hold 32 bytes, or it cannot be read or made
     */
    public static FileRootKey openOrMake(Path file, SecureRandom random) throws SealingException {
        if (!Files.exists(file)) {
            RootKeyFile.make(file, random);
        }
        return open(file);
    }

    /**
     * Reads the file, which must exist.
     *
     * @throws SealingException as {@link #openOrMake}, and when there is no file
     */
    public static FileRootKey open(Path file) throws SealingException {
        return new FileRootKey(RootKeyFile.read(file));
    }

    @Override
    public String version() {
        return version;
    }

    @Override
    public Optional<SecretKey> key(String wanted) {
        return wanted.equals(version) ? Optional.of(key) : Optional.empty();
    }

    /** 48 bits of a hash with its own prefix: enough to tell files apart, nothing to find 256 random bits by. */
    private static String fingerprint(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("countersign root key version".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
