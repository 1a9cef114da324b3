package io.countersign.gateway.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a store and its root key. */
final class DataDirectory {
    private DataDirectory() {}

    /** Makes the directory for its owner alone (mode 0700) when it is missing; one that exists keeps its mode. */
    static Path prepare(Path directory) throws CommandFailure {
        try {
            Path absolute = directory.toAbsolutePath();
            if (!Files.isDirectory(absolute)) {
                Path parent = absolute.getParent();
                if (parent != null) {
                    Files.createDirectories(parent);
                }
                Files.createDirectory(absolute, PrivateFile.mode("rwx------"));
            }
            return absolute;
        } catch (FileAlreadyExistsException e) {
            // Another process may have made it in between; a file in its place stays an error.
            if (Files.isDirectory(directory)) {
                return directory.toAbsolutePath();
            }
            throw unusable(directory, "a file stands in its place", e);
        } catch (IOException e) {
            throw unusable(directory, "it cannot be made", e);
        }
    }

    private static CommandFailure unusable(Path directory, String why, IOException e) {
        return new CommandFailure(
                "DataDirectoryUnusable",
                "The data directory " + directory + " cannot be used: " + why
                        + "; name a directory that you may write.",
                e);
    }
}
