package io.countersign.registry.sqlite;

import java.nio.file.Path;

/**
 * How the driver is told of a file. It splits a plain path at its first {@code ?}, to take what follows for settings, so each file is named by a URI, in which such
 * characters are escaped (<a href="https://www.sqlite.org/uri.html">URI filenames</a>).
 */
final class SqliteUrl {
    private SqliteUrl() {}

    /** Parameters of the URI may be put behind it, after a {@code ?}. */
    static String of(Path path) {
        return "jdbc:sqlite:file:" + path.toAbsolutePath().toUri().getRawPath();
    }
}
