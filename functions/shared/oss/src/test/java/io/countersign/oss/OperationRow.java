package io.countersign.oss;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One line of {@code operations.txt}: a request by its shortest text, and what it is. */
record OperationRow(
        HttpMethod method, String target, String header, Operation operation, String action, Acl.Access acl) {
    static List<OperationRow> all() {
        var stream = Objects.requireNonNull(OperationRow.class.getResourceAsStream("operations.txt"));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(OperationRow::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OperationRow of(String line) {
        String[] cells = line.split(" +");
        return new OperationRow(
                HttpMethod.valueOf(cells[0]),
                cells[1],
                cells[2],
                Operation.valueOf(cells[3]),
                cells[4],
                Acl.Access.valueOf(cells[5]));
    }

    OssRequest request() throws OssRefusal {
        return ParsedRequests.request(method.name(), target, headers());
    }

    /** The same request with more at the end of its query. */
    OssRequest requestWith(String more) throws OssRefusal {
        return ParsedRequests.request(method.name(), target + (target.indexOf('?') < 0 ? "?" : "&") + more, headers());
    }

    private Headers headers() {
        int colon = header.indexOf(':');
        return colon < 0 ? Headers.NONE : Headers.NONE.and(header.substring(0, colon), header.substring(colon + 1));
    }

    @Override
    public String toString() {
        return method + " " + target + " is " + operation;
    }
}
