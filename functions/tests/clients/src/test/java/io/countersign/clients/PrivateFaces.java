package io.countersign.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The gateway's own paths, of {@code docs/openapi.yaml}. Through a proxy in front of a storage they name buckets. */
final class PrivateFaces {
    private static final Pattern PATH = Pattern.compile("^ {2}(/[^:\\s]+):$", Pattern.MULTILINE);

    private PrivateFaces() {}

    static Stream<String> paths() throws IOException {
        String page = Files.readString(Path.of("..", "..", "..", "docs", "openapi.yaml"));
        List<String> paths = PATH.matcher(page)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
        if (!paths.containsAll(List.of("/auth", "/metrics", "/verify"))) {
            throw new AssertionError("the page has only " + paths);
        }
        return Stream.concat(paths.stream(), Stream.of("/console", "/console/explain"));
    }
}
