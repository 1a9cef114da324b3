package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Folders of documents, one below the other for each kind: {@code identity}, {@code role}, {@code session}, {@code bucket}, {@code trust}. */
record Corpus(Path root) {
    static Corpus of(String folder) {
        try {
            return new Corpus(Path.of(Objects.requireNonNull(Corpus.class.getResource("/" + folder))
                    .toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** As {@code identity/name.json}. */
    List<String> names() {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String kind(String name) {
        return name.substring(0, name.indexOf('/'));
    }

    byte[] bytes(String name) {
        try {
            return Files.readAllBytes(root.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a document as what its folder says it is; a {@link PolicyDocument} or {@link TrustPolicy}. */
    static Object parse(String kind, byte[] text) throws InvalidDocumentException {
        return kind.equals("trust")
                ? TrustPolicy.parse(Values.parse(text))
                : PolicyDocument.parse(Values.parse(text), PolicyDocument.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
    }
}
