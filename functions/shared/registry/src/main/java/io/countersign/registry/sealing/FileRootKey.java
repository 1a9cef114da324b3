package io.countersign.registry.sealing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;

/**
 * A root key in files, one for each version: 32 random bytes that only their owner may read. The first file is {@code
 * root.key}; later ones have a number appended, {@code root.key.2}. A version is named after a hash of the key, so
 * that a registry that is opened with the wrong file fails at the start and not record by record.
 */
public final class FileRootKey implements RootKey.Source {
    private final RootKeyFiles files;
    private final SecureRandom random;

    private FileRootKey(Path file, SecureRandom random) {
        this.files = new RootKeyFiles(file);
        this.random = random;
    }

    /**
     * Reads the files, or makes the first one when there is none and nothing was sealed yet. Of several processes that
     * start at once exactly one makes it, and all read the same file.
     *
     * @param records the sealed records; a root key that does not open them is refused
     * @throws SealingException when the files are missing or do not open the records, others than the owner can read a
     *     file, a file does not hold 32 bytes, or it cannot be read or made
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
     * Reads the files without making any.
     *
     * @throws SealingException as {@link #openOrMake}, and when there is no file
     */
    public static RootKeyRing open(Path file, SealedRecords records, SecureRandom random) throws SealingException {
        return RootKeyRing.open(new FileRootKey(file, random), records);
    }

    /**
     * Whether a file of the root key exists.
     *
     * @throws SealingException when the directory cannot be read
     */
    public static boolean exists(Path file) throws SealingException {
        return !new RootKeyFiles(file).list().isEmpty();
    }

    @Override
    public List<RootKey.Version> read() throws SealingException {
        List<RootKey.Version> versions = new ArrayList<>();
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
        List<Path> existing = files.list();
        if (!existing.isEmpty() && version(existing.getLast()).name().equals(newest)) {
            RootKeyFile.make(files.after(existing.getLast()), random);
        }
    }

    private static RootKey.Version version(Path file) throws SealingException {
        byte[] bytes = RootKeyFile.read(file);
        return new RootKey.Version("file-" + fingerprint(bytes), new SecretKeySpec(bytes, "AES"));
    }

    /** 48 bits of a hash with its own prefix: enough to distinguish files, useless for finding 256 random bits. */
    private static String fingerprint(byte[] bytes) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("countersign root key version".getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest.digest(bytes), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /**
     * The names of a root key's files: the first as configured, later ones with the numbers 2 to 9999 appended.
     *
     * @param first absolute
     */
    record RootKeyFiles(Path first) {
        private static final int LAST = 9_999;

        RootKeyFiles {
            first = first.toAbsolutePath();
        }

        /** Returns the existing files, oldest first. */
        List<Path> list() throws SealingException {
            try (Stream<Path> siblings = Files.list(first.resolveSibling(""))) {
                return siblings.filter(file -> number(file).isPresent())
                        .sorted(Comparator.comparingInt(file -> number(file).orElse(0)))
                        .toList();
            } catch (NoSuchFileException e) {
                return List.of();
            } catch (IOException e) {
                throw new SealingException(
                        "the directory of the root key file " + first
                                + " cannot be read; check that it belongs to this user",
                        e);
            }
        }

        /** Returns the name that follows that of one of the files. */
        Path after(Path file) throws SealingException {
            int next = number(file).orElse(1) + 1;
            if (next > LAST) {
                throw new SealingException(
                        "the root key " + first + " was renewed too often; move the registry to a new one");
            }
            return first.resolveSibling(first.getFileName() + "." + next);
        }

        private OptionalInt number(Path file) {
            String name = file.getFileName().toString();
            String own = first.getFileName().toString();
            if (name.equals(own)) {
                return OptionalInt.of(1);
            }
            String behind = name.startsWith(own + ".") ? name.substring(own.length() + 1) : "";
            return behind.matches("[2-9]|[1-9][0-9]{1,3}")
                    ? OptionalInt.of(Integer.parseInt(behind))
                    : OptionalInt.empty();
        }
    }
}
