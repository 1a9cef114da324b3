package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** Checks that an open file is still the registry's, before a result of reading or writing it is used. */
@FunctionalInterface
interface FileGuard {
    /** @throws StoreUnavailable when it is not; the message says what the operator does */
    void require() throws StoreUnavailable;

    /**
     * Identifies a file by its device and inode. A process that has a deleted or replaced file open can still read and
     * write it, but no other process sees those writes. So each answer is returned only while the path names the same
     * file.
     *
     * @param id device and inode, where the file system has them
     */
    record SameFile(Path path, Optional<Object> id) implements FileGuard {
        static SameFile of(Path path) throws StoreUnavailable {
            try {
                return new SameFile(path, id(path));
            } catch (IOException e) {
                throw missing(path, e);
            }
        }

        @Override
        public void require() throws StoreUnavailable {
            try {
                if (!id.equals(id(path))) {
                    throw new StoreUnavailable("the registry " + path
                            + " was replaced while it was open; start every process that uses it again, on the"
                            + " intended file");
                }
            } catch (IOException e) {
                throw missing(path, e);
            }
        }

        private static Optional<Object> id(Path path) throws IOException {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        }

        private static StoreUnavailable missing(Path path, IOException e) {
            return new StoreUnavailable(
                    "the registry " + path
                            + " is missing or cannot be examined; restore it, and start every process that uses it again",
                    e);
        }
    }
}
