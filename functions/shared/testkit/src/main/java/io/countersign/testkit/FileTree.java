package io.countersign.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that outlive a test's method, for which JUnit's own temporary directories are not made. */
public final class FileTree {
    private FileTree() {}

    /** Deletes a directory and all that is in it. What another process deletes meanwhile is no error. */
    public static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
