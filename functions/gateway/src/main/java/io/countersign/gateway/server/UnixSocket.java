package io.countersign.gateway.server;

import io.countersign.gateway.files.ProcessLock;
import io.countersign.http.LogValue;
import io.countersign.registry.sealing.OwnFile;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The file of a listening UNIX socket. Only its user and group can connect to it (mode 0660), from its first moment on: it is bound in a temporary directory of mode
 * 0700 next to its path, gets its mode there, and is then renamed. Others cannot replace it, because the directory must be writable by its owner alone.
 *
 * <p>A file that an ended process left is replaced. A file that a process listens on, and one that is not a socket, is never touched. Of several processes that find the same left file one replaces it, because a lock covers the last
 * look and the renaming.
 */
public final class UnixSocket {
    /**
     * The longest path, in bytes. The system's limit is 107 on Linux and 103 on macOS ({@code sun_path}), of which the name in the temporary directory needs up to 24.
     */
    static final int MAX_BYTES = 79;

    private static final String TEMPORARY = ".cs";
    private static final String LOCK = ".lock";
    /** {@code S_IFMT} and {@code S_IFSOCK} of stat(2). */
    private static final int TYPE = 0xf000;

    private static final int SOCKET = 0xc000;
    private static final Set<PosixFilePermission> MODE = PosixFilePermissions.fromString("rw-rw----");
    private static final System.Logger LOG = System.getLogger(UnixSocket.class.getName());

    private final Path path;
    private final Path temporary;
    private Optional<Object> own = Optional.empty();

    private UnixSocket(Path path, Path temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    /** Why a socket cannot be at a path, and how to correct it. */
    public static final class UnusableException extends IOException {
        private static final long serialVersionUID = 1L;

        private final boolean inUse;

        private UnusableException(boolean inUse, String sentence) {
            super(sentence);
            this.inUse = inUse;
        }

        /** Whether another process listens on it. */
        public boolean isInUse() {
            return inUse;
        }
    }

    /**
     * Makes the place where the socket is to be bound.
     *
     * @throws UnusableException when a process listens on the path, something else is there, or other users can replace it
     */
    static UnixSocket prepare(Path path) throws IOException {
        Path absolute = path.toAbsolutePath();
        int bytes = absolute.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw refused(path, "has a path of " + bytes + " bytes; choose one of at most " + MAX_BYTES);
        }
        try {
            new OwnFile(absolute, "the socket " + path).requireDirectory();
        } catch (OwnFile.NotOwnException e) {
            throw new UnusableException(false, e.problem());
        } catch (NoSuchFileException e) {
            throw refused(path, "is in a directory that does not exist; make it first");
        }
        try {
            requireUnused(absolute);
            return new UnixSocket(absolute, Files.createTempDirectory(absolute.resolveSibling(""), TEMPORARY));
        } catch (AccessDeniedException e) {
            throw refused(
                    path,
                    "is in a directory that this user cannot write; give it to this user (chown), or choose another");
        }
    }

    /** @return the path to bind to */
    Path unpublished() {
        return temporary.resolve("s");
    }

    /**
     * Gives the bound socket its mode and its path.
     *
     * @throws UnusableException when a process listens on the path, or is about to
     */
    void publish() throws IOException {
        Files.setPosixFilePermissions(unpublished(), MODE);
        Optional<ProcessLock> lock = ProcessLock.take(lock());
        if (lock.isEmpty()) {
            throw new UnusableException(
                    true, "Another process is opening the socket " + path + "; stop one of the two, and start again");
        }
        try (ProcessLock held = lock.get()) {
            requireUnused(path);
            own = Optional.ofNullable(key(unpublished()));
            Files.move(unpublished(), path, StandardCopyOption.ATOMIC_MOVE);
        }
        Files.delete(temporary);
    }

    private Path lock() {
        return path.resolveSibling(path.getFileName() + LOCK);
    }

    /** Removes what is left of a socket that could not be bound. */
    void discard() {
        delete(unpublished());
        delete(temporary);
    }

    /** Removes the file, unless another process has replaced it. */
    void remove() {
        try {
            if (own.isPresent() && own.get().equals(key(path))) {
                Files.delete(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody has removed it.
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "event=leftover socket={0}", LogValue.of(path));
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "event=leftover file={0}", LogValue.of(file));
        }
    }

    private static void requireUnused(Path path) throws IOException {
        int mode;
        try {
            mode = (Integer) Objects.requireNonNull(Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return;
        }
        // To connect to a pipe or a device is refused too, as to a socket that was left.
        if ((mode & TYPE) != SOCKET) {
            throw refused(path, "would replace a file, a directory, a link, a pipe or a device; choose another path");
        }
        if (isListening(path)) {
            // Nobody but its own users may ask a socket whether a process listens.
            String problem = Files.isWritable(path)
                    ? "A process listens on the socket " + path + "; stop it, or choose another path"
                    : "The socket " + path
                            + " is another user's; delete it if no process listens on it, or choose another path";
            throw new UnusableException(true, problem);
        }
    }

    /**
     * Only a refused connection says that no process listens. Any other failure counts as listening: the queue is full, or the file is another user's. It does not wait.
     */
    private static boolean isListening(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            try {
                probe.connect(UnixDomainSocketAddress.of(path));
                return true;
            } catch (ConnectException e) {
                return false;
            } catch (SocketException e) {
                return true;
            }
        }
    }

    private static Object key(Path file) throws IOException {
        return Objects.requireNonNull(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey());
    }

    private static UnusableException refused(Path path, String problem) {
        return new UnusableException(false, "The socket " + path + " " + problem);
    }
}
