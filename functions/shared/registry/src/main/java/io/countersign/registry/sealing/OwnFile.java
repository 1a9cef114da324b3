package io.countersign.registry.sealing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A file that only its owner can read, write or replace: a file of the current user that others cannot read, in a
 * directory that others cannot write. Root can do all of that anyway, so the directory may be root's.
 *
 * @param name the file in messages, such as "the root key file /data/root.key"
 */
public record OwnFile(Path path, String name) {
    static final Set<PosixFilePermission> OWNER_ALONE =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Path THIS_PROCESS = Path.of("/proc/self/status");
    private static final String UID = "unix:uid";
    /** The line has the real, the effective and two more user ids. */
    private static final Pattern UIDS = Pattern.compile("Uid:\\s+[0-9]+\\s+([0-9]+)\\s.*");

    /** The file or its directory is accessible to other users. The message says how to correct it. */
    public static final class NotOwnException extends Exception {
        private static final long serialVersionUID = 1L;

        private final String problem;

        private NotOwnException(String problem) {
            super(problem);
            this.problem = problem;
        }

        /** The problem and how to correct it. */
        public String problem() {
            return problem;
        }
    }

    /**
     * @throws NotOwnException when the directory belongs to another user, or others can write it
     * @throws IOException when it cannot be examined
     */
    public void requireDirectory() throws NotOwnException, IOException {
        Path directory = path.toAbsolutePath().resolveSibling("").toRealPath();
        PosixFileAttributes attributes = Files.readAttributes(directory, PosixFileAttributes.class);
        Set<PosixFilePermission> granted = attributes.permissions();
        if (granted.contains(PosixFilePermission.GROUP_WRITE) || granted.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new NotOwnException(
                    "the directory of " + name + " has the mode " + PosixFilePermissions.toString(granted)
                            + ", so that others can put a file of their own there; make it its owner's alone (chmod go-w), and check that the file in it is yours");
        }
        if (!isOwn(directory) && !Integer.valueOf(0).equals(Files.getAttribute(directory, UID))) {
            throw new NotOwnException("the directory of " + name + " belongs to "
                    + attributes.owner().getName()
                    + ", who can put a file of their own there; use a directory of the user that this runs as");
        }
    }

    /**
     * @throws NotOwnException when it is a link or not a file, belongs to another user, or others can read or write it
     * @throws IOException when it cannot be examined
     */
    public void requireFile() throws NotOwnException, IOException {
        PosixFileAttributes attributes =
                Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isRegularFile()) {
            throw new NotOwnException(
                    name + " is a link or no file; put the file itself there, because a link's target can be replaced");
        }
        Set<PosixFilePermission> granted = attributes.permissions();
        if (!OWNER_ALONE.containsAll(granted)) {
            throw new NotOwnException(
                    name + " has the mode " + PosixFilePermissions.toString(granted)
                            + "; make it its owner's alone (chmod 600), and if others may have read or written it, use a new one");
        }
        if (!isOwn(path)) {
            throw new NotOwnException(name + " belongs to " + attributes.owner().getName()
                    + ", who knows it; run this as that user, or give the file to the user that this runs as (chown)");
        }
    }

    /** Where the kernel does not report the user id, the platform's user name decides. */
    private static boolean isOwn(Path file) throws IOException {
        if (!Files.exists(THIS_PROCESS)) {
            return Files.getOwner(file, LinkOption.NOFOLLOW_LINKS)
                    .equals(file.getFileSystem()
                            .getUserPrincipalLookupService()
                            .lookupPrincipalByName(System.getProperty("user.name")));
        }
        String owner = Files.getAttribute(file, UID, LinkOption.NOFOLLOW_LINKS).toString();
        return Files.readAllLines(THIS_PROCESS, StandardCharsets.ISO_8859_1).stream()
                .map(UIDS::matcher)
                .anyMatch(line -> line.matches() && line.group(1).equals(owner));
    }
}
