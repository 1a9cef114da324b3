package io.countersign.gateway.corpus;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The JSON files of one folder of the test resources. */
record Resources(Path folder) {
    static Resources of(String folder) {
        try {
            return new Resources(Path.of(Objects.requireNonNull(Resources.class.getResource("/" + folder))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** By name, without the ending. */
    List<String> names() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".json"))
                    .map(name -> name.substring(0, name.length() - ".json".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Members read(String name) {
        try {
            return Members.of(Values.parse(Files.readAllBytes(folder.resolve(name + ".json"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(name, e);
        }
    }
}
