package io.countersign.registry.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Loads SQLite into this process. Left to itself the driver copies the library out of its jar, and reads the copy byte by byte to compare it, which is a
 * good part of what a command costs; and the copy of a process that is killed stays. Here the copy is in a new directory that only its owner can enter, and is
 * deleted once it is loaded. Where that does not succeed the driver does it in its own way.
 */
final class NativeLibrary {
    private static final String PATH = "org.sqlite.lib.path";
    private static final String NAME = "org.sqlite.lib.name";

    private static boolean asked;

    private NativeLibrary() {}

    static synchronized void load() {
        if (asked) {
            return;
        }
        asked = true;
        if (System.getProperty(PATH) == null && System.getProperty(NAME) == null) {
            try {
                loadCopy();
            } catch (IOException e) {
                // The driver says what is wrong, if it fares no better.
            }
        }
    }

    private static void loadCopy() throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        Path directory = Files.createTempDirectory("countersign-sqlite-");
        Path copy = directory.resolve(name);
        try (InputStream library = library(name)) {
            Files.copy(library, copy);
            System.setProperty(PATH, directory.toString());
            System.setProperty(NAME, name);
            initialize();
        } finally {
            System.clearProperty(PATH);
            System.clearProperty(NAME);
            Files.deleteIfExists(copy);
            Files.deleteIfExists(directory);
        }
    }

    private static InputStream library(String name) throws IOException {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        return Optional.ofNullable(SQLiteJDBCLoader.class.getResourceAsStream(resource))
                .orElseThrow(() -> new IOException("the driver has no library for this machine"));
    }

    private static void initialize() throws IOException {
        try {
            SQLiteJDBCLoader.initialize();
        } catch (Exception e) {
            throw new IOException(e);
        }
    }
}
