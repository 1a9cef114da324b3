package io.countersign.gateway.cli;

import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ParseResult;

/** The options of a command as they were given; reads are typed. Which ones must be there was seen to already. */
record Line(ParseResult result) {
    boolean has(String option) {
        return result.hasMatchedOption(option);
    }

    boolean json() {
        return has(Options.JSON);
    }

    /** The directory of the registry. */
    Path data() {
        return path(Options.DATA);
    }

    /** The same, for a command that only reads it. */
    DataPlace place() {
        return new DataPlace(data(), has(Options.READ_ONLY));
    }

    /** A path that the command cannot do without. */
    Path path(String option) {
        return result.matchedOptionValue(option, Path.of(""));
    }

    Optional<Path> optionalPath(String option) {
        return has(option) ? Optional.of(path(option)) : Optional.empty();
    }

    Optional<String> text(String option) {
        return Optional.ofNullable(result.matchedOptionValue(option, (String) null));
    }

    /** An option that may stand in the line several times. */
    List<String> texts(String option) {
        return List.copyOf(result.matchedOptionValue(option, List.<String>of()));
    }

    int number(String option, int otherwise) {
        return result.matchedOptionValue(option, otherwise);
    }

    OptionalInt optionalNumber(String option) {
        return has(option) ? OptionalInt.of(number(option, 0)) : OptionalInt.empty();
    }

    Optional<Instant> moment(String option) throws Misuse {
        try {
            return text(option).map(Instant::parse);
        } catch (DateTimeException e) {
            throw new Misuse(option + " is a moment such as 2026-11-22T03:00:00Z.");
        }
    }

    /** What is not an option, for a command that cannot do without. */
    String operand() {
        return result.matchedPositionalValue(0, "");
    }
}
