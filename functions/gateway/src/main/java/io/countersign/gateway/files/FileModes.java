package io.countersign.gateway.files;

import java.nio.file.FileSystems;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** The modes of new files and directories. */
public final class FileModes {
    private FileModes() {}

    /** The attributes of a new file or directory with this mode, such as {@code rw-------}, if the file system supports modes. */
    public static FileAttribute<?>[] ofNew(String mode) {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }
}
