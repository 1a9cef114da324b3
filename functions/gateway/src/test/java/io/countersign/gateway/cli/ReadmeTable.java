package io.countersign.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rows of a table in the README, as they stand there. */
final class ReadmeTable {
    private ReadmeTable() {}

    /** @param header the table's first line */
    static List<String> rows(String header) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "..", "README.md"));
        return lines.stream()
                .dropWhile(line -> !line.equals(header))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }
}
