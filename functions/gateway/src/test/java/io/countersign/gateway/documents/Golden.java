package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Tables of pages that follow from the code. {@code -Dgolden.write=true} writes them anew. */
final class Golden {
    private Golden() {}

    /**
     * @param header the table's first line
     * @param expected its rows
     */
    static void table(String page, String header, List<String> expected) throws IOException {
        if (Boolean.getBoolean("golden.write")) {
            write(Documents.REPOSITORY.resolve(page), header, expected);
        }
        assertThat(Documents.rows(page, header))
                .as(
                        "the table of %s; run this test with -Dgolden.write=true to write it anew (CONTRIBUTING.md, Documents)",
                        page)
                .containsExactlyElementsOf(expected);
    }

    private static void write(Path file, String header, List<String> rows) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int first = lines.indexOf(header) + 2;
        assertThat(first).as("the line %s in %s", header, file).isGreaterThan(1);
        int end = first;
        while (end < lines.size() && lines.get(end).startsWith("|")) {
            end++;
        }
        List<String> written = new ArrayList<>(lines.subList(0, first));
        written.addAll(rows);
        written.addAll(lines.subList(end, lines.size()));
        Files.writeString(file, String.join("\n", written) + "\n");
    }
}
