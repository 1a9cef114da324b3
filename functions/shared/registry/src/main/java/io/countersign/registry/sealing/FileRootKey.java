package io.countersign.registry.sealing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * A root key in files of its own, one for each version: 32 random bytes that only their owner may read. The first is {@code root.key}, and later ones stand
 * beside it with a number, {@code root.key.2}. A version is named after the key itself, so that a registry opened with another file says so instead of
 * failing record by record.
 */
public final class FileRootKey implements RootKeySource {
    private final RootKeyFiles files;
    private final SecureRandom random;

    private FileRootKey(Path file, SecureRandom random) {
        this.files = new RootKeyFiles(file);
        this.random = random;
    }

    /**
     * Reads the files, and makes the first when there is none and nothing was sealed yet. When several processes start at once exactly one of them makes it, and all
     * read that one's.
     *
     * @param records what is sealed under it: another root key is refused
     * @throws SealingException when the files are gone or do not open the records, others than the owner can read a file, one does not hold 32 bytes, or it cannot be read or made
     */
    public static RootKeyRing openOrMake(Path file, SealedRecords records, SecureRandom random)
            throws SealingException {
        FileRootKey source = new FileRootKey(file, random);
        if (source.files.list().isEmpty() && records.none()) {
            RootKeyFile.make(file, random);
        }
        return RootKeyRing.open(source, records);
    }

    /**
     * Reads the files, and makes none.
     *
     * @throws SealingException as {@link #openOrMake}, and when there is no file
     */
    public static RootKeyRing open(Path file, SealedRecords records, SecureRandom random) throws SealingException {
        return RootKeyRing.open(new FileRootKey(file, random), records);
    }

    /**
     * Whether a file of the root key exists.
     *
     * @throws SealingException when that cannot be told
     */
    public static boolean exists(Path file) throws SealingException {
        return !new RootKeyFiles(file).list().isEmpty();
    }

    @Override
    public List<RootKeyVersion> read() throws SealingException {
        List<RootKeyVersion> versions = new ArrayList<>();
        for (Path file : files.list()) {
            versions.add(version(file));
        }
        if (versions.isEmpty()) {
            throw new SealingException("the root key file " + files.first()
                    + " is gone; restore it from your copy, since what it sealed opens with nothing else");
        }
        return List.copyOf(versions);
    }

    @Override
    public void makeNext(String newest) throws SealingException {
        List<Path> standing = files.list();
        if (!standing.isEmpty() && version(standing.getLast()).name().equals(newest)) {
            RootKeyFile.make(files.after(standing.getLast()), random);
        }
    }

    private static RootKeyVersion version(Path file) throws SealingException {
        byte[] bytes = RootKeyFile.read(file);
        return new RootKeyVersion("file-" + fingerprint(bytes), new SecretKeySpec(bytes, "AES"));
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
