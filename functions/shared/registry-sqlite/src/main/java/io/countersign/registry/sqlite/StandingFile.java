package io.countersign.registry.sqlite;

import io.countersign.registry.store.StoreUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/** What must still be so of an open file for what was read from it, or written to it, to count. */
@FunctionalInterface
interface StandingFile {
    /** @throws StoreUnavailable when it is so no more; the message says what the operator does */
    void require() throws StoreUnavailable;

    /**
     * The file that was opened, by its device and inode. A file that was deleted or replaced goes on to be read and written by who has it open, and nobody ever sees
     * what is written there: so each answer is given only while the path still names it.
     *
     * @param id device and inode, where the file system has them
     */
    record SameFile(Path path, Optional<Object> id) implements StandingFile {
        static SameFile of(Path path) throws StoreUnavailable {
            try {
                return new SameFile(path, id(path));
            } catch (IOException e) {
                throw gone(path, e);
            }
        }

        @Override
        public void require() throws StoreUnavailable {
            try {
                if (!id.equals(id(path))) {
                    throw new StoreUnavailable("the registry " + path
                            + " was replaced while it was open; start every process that uses it again, on the"
                            + " file that is meant");
                }
            } catch (IOException e) {
                throw gone(path, e);
            }
        }

        private static Optional<Object> id(Path path) throws IOException {
            return Optional.ofNullable(
                    Files.readAttributes(path, BasicFileAttributes.class).fileKey());
        }

        private static StoreUnavailable gone(Path path, IOException e) {
            return new StoreUnavailable(
                    "the registry " + path
                            + " is gone or cannot be looked at; restore it, and start every process that uses it again",
                    e);
        }
    }
}
