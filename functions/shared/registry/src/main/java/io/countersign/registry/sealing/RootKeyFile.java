package io.countersign.registry.sealing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;

/** Makes and reads the file of a root key. */
final class RootKeyFile {
    private static final int KEY_BYTES = 32;

    private RootKeyFile() {}

    /**
     * Writes the whole key to a temporary file, then links it to the final name. Exactly one process makes the link,
     * and no process sees a partly written file.
     */
    static void make(Path file, SecureRandom random) throws SealingException {
        Path directory = file.toAbsolutePath().getParent();
        byte[] suffix = new byte[8];
        random.nextBytes(suffix);
        Path whole = file.toAbsolutePath()
                .resolveSibling(file.getFileName() + "." + HexFormat.of().formatHex(suffix) + ".new");
        try {
            own(file).requireDirectory();
            write(whole, random);
            try {
                Files.createLink(file.toAbsolutePath(), whole);
            } catch (FileAlreadyExistsException e) {
                // Another process was first, and its key is used.
            } finally {
                Files.deleteIfExists(whole);
            }
            if (directory != null) {
                flush(directory);
            }
        } catch (OwnFile.NotOwnException e) {
            throw new SealingException(e.problem(), e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new SealingException(
                    "the root key file " + file
                            + " cannot be made; give a path in a directory that can be written, on a file system with permissions and links",
                    e);
        }
    }

    static byte[] read(Path file) throws SealingException {
        try {
            own(file).requireDirectory();
            own(file).requireFile();
            byte[] bytes;
            try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
                bytes = in.readNBytes(KEY_BYTES + 1);
            }
            if (bytes.length != KEY_BYTES) {
                throw new SealingException("the root key file " + file + " does not hold " + KEY_BYTES
                        + " bytes; restore it from your copy, since what it sealed opens with nothing else");
            }
            return bytes;
        } catch (OwnFile.NotOwnException e) {
            throw new SealingException(e.problem(), e);
        } catch (IOException | UnsupportedOperationException e) {
            throw new SealingException(
                    "the root key file " + file + " cannot be read; check that it exists and belongs to this user", e);
        }
    }

    private static OwnFile own(Path file) {
        return new OwnFile(file, "the root key file " + file);
    }

    private static void write(Path file, SecureRandom random) throws IOException {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OwnFile.OWNER_ALONE))) {
            ByteBuffer bytes = ByteBuffer.wrap(key);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Without this the file's name could be lost with power although its bytes are safe. */
    private static void flush(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
