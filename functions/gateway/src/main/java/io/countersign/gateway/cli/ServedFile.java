package io.countersign.gateway.cli;

import io.countersign.gateway.files.FileModes;
import io.countersign.registry.sealing.OwnFile;
import io.countersign.signing.base.Hmac;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Records which file a server of this user has open under a path. The data directory cannot hold the record, because it may itself be replaced. The record is a lock on a
 * file in a directory of this user, held as long as the server runs: in the runtime directory, which a service and an operator's commands share, or else among the
 * temporary files, of which a service may have its own. Without such a directory there is no record.
 *
 * @param marks the files that may have the lock, the first usable one first
 */
record ServedFile(Path registry, List<Path> marks) {
    /** What the unit of systemd makes ({@code RuntimeDirectory=}). */
    private static final Path RUNTIME = Path.of("/run/countersign");

    private static final String OWN_IN_RUNTIME = "served";
    private static final int NAME_BYTES = 16;
    private static final int LONGEST = 500;

    /**
     * @param runtime the runtime directories, which are not made if they are missing
     * @param temporary for temporary files
     */
    static ServedFile of(Path registry, List<Path> runtime, Path temporary) {
        Path absolute = registry.toAbsolutePath().normalize();
        String name = name(absolute) + ".served";
        Stream<Path> own = Stream.concat(
                runtime.stream().map(one -> one.resolve(OWN_IN_RUNTIME)).filter(ServedFile::isKept),
                Stream.of(temporary.resolve("countersign-" + System.getProperty("user.name", "nobody"))));
        return new ServedFile(absolute, own.map(one -> one.resolve(name)).toList());
    }

    static ServedFile of(Path registry) {
        return of(registry, List.of(RUNTIME), Path.of(System.getProperty("java.io.tmpdir", "/tmp")));
    }

    /** Marks the file that the path names now as open in this process, until {@code held} is released. */
    void hold(OpenedData.Running held) {
        for (Path mark : marks) {
            if (tryHold(mark, held)) {
                return;
            }
        }
        // Commands then cannot detect this server.
    }

    private boolean tryHold(Path mark, OpenedData.Running held) {
        try {
            if (!isOwn(mark.resolveSibling(""))) {
                return false;
            }
            FileChannel channel = FileChannel.open(
                    mark,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    FileModes.ofNew("rw-------"));
            if (lock(channel).isEmpty()) {
                channel.close();
                return false;
            }
            String text = ProcessHandle.current().pid() + " " + id();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
            held.hold(() -> close(channel));
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** @throws CommandFailure if a server has a different file open under this path */
    void requireSame() throws CommandFailure {
        Optional<String> holder =
                marks.stream().flatMap(mark -> otherHolder(mark).stream()).findFirst();
        if (holder.isPresent()) {
            throw new CommandFailure(
                    "AnotherFileServed",
                    "The process " + holder.get() + " serves a different file than " + registry
                            + ", which was deleted or replaced after it started; restart it, and then run this command again.");
        }
    }

    private Optional<String> otherHolder(Path mark) {
        if (!Files.isRegularFile(mark)) {
            return Optional.empty();
        }
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (!isOwn(mark.resolveSibling("")) || lock(channel).isPresent()) {
                return Optional.empty();
            }
            ByteBuffer bytes = ByteBuffer.allocate(LONGEST);
            channel.read(bytes, 0);
            String[] parts = new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8).split(" ", 2);
            return parts.length == 2 && !parts[1].equals(id()) ? Optional.of(parts[0]) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    /** Device and inode; a text that is no file's where there is none. */
    private String id() throws IOException {
        return Files.exists(registry)
                ? String.valueOf(Files.readAttributes(registry, BasicFileAttributes.class)
                        .fileKey())
                : "none";
    }

    /** Whether no other user can move what is in the runtime directory. Among the temporary files the sticky bit says so. */
    private static boolean isKept(Path ownInRuntime) {
        try {
            new OwnFile(ownInRuntime, "the mark").requireDirectory();
            return true;
        } catch (IOException | OwnFile.NotOwnException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** The directory of the marks, which only this user can write. It is created if it is missing. */
    private static boolean isOwn(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            Files.createDirectory(directory, FileModes.ofNew("rwx------"));
        }
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(directory))
                        .equals("rwx------")
                && Files.getOwner(directory).getName().equals(System.getProperty("user.name"));
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // The lock goes with the process.
        }
    }

    private static String name(Path path) {
        byte[] hash = Hmac.Digests.sha256(path.toString().getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    }
}
