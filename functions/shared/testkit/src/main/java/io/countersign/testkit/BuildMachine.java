package io.countersign.testkit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The machine that builds and tests, of which nothing that is shipped tells. */
public final class BuildMachine {
    private BuildMachine() {}

    /** Which of the machine's own texts are in a file: the directory of the running test's module, the user's home, and where Java and other programs are. */
    public static List<String> namedIn(Path file) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return Stream.of(
                        Path.of("").toAbsolutePath().toString(),
                        System.getProperty("user.home") + "/",
                        System.getProperty("java.home"),
                        System.getenv("PATH"))
                .filter(text::contains)
                .toList();
    }
}
