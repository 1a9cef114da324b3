package io.countersign.gateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A text that a log line repeats goes through {@code LogValue}: no source puts quotes around one itself. */
class LogLinesTest {
    /** {@code name=\"{0}\"}, or {@code name=\""} and what follows. */
    private static final Pattern OWN_QUOTES = Pattern.compile("[A-Za-z]=\\\\\"(?:\\{|\"[\\s)])");

    @Test
    void noSourceQuotesAValueItself() throws IOException {
        try (Stream<Path> all = Files.walk(Path.of(".."))) {
            List<Path> sources = all.filter(file -> file.toString().contains("/src/main/java/")
                            && file.toString().endsWith(".java"))
                    .toList();
            assertThat(sources).hasSizeGreaterThan(500);
            assertThat(sources).filteredOn(LogLinesTest::quotes).isEmpty();
        }
    }

    private static boolean quotes(Path source) {
        try {
            String text = Files.readString(source);
            return text.contains("\"event=") && OWN_QUOTES.matcher(text).find();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
