package io.countersign.gateway.decisions;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file of a log that is being read.
 *
 * @param name in messages
 * @param bytes its lines, decompressed if gzip compressed the file
 * @param growing whether a gateway may be writing it
 */
public record LogSource(String name, InputStream bytes, boolean growing) {
    /** @param growing of a file that gzip did not compress */
    static LogSource open(Path file, boolean growing) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            InputStream lines = Gunzipped.ifCompressed(raw);
            return new LogSource(String.valueOf(file.getFileName()), lines, growing && !(lines instanceof Gunzipped));
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }
}
