package io.countersign.http;

import java.util.Optional;

/**
 * The content of a call's body, parsed on first use and at most once. A refusal of the parser is kept and thrown by
 * every {@link #get}. Not safe for use by several threads: it belongs to one call.
 */
public final class LazyBody<T> {
    private final Parser<T> parser;
    private Optional<Parsed<T>> parsed = Optional.empty();

    public LazyBody(Parser<T> parser) {
        this.parser = parser;
    }

    /** Parses a body. */
    @FunctionalInterface
    public interface Parser<T> {
        T parse() throws ProblemException;
    }

    private sealed interface Parsed<T> {
        record Content<T>(T value) implements Parsed<T> {}

        record Refused<T>(ProblemException reason) implements Parsed<T> {}
    }

    /** @throws ProblemException when the parser refuses the body */
    public T get() throws ProblemException {
        return switch (parsed()) {
            case Parsed.Content<T>(T value) -> value;
            case Parsed.Refused<T>(ProblemException reason) -> throw reason;
        };
    }

    /** The content; empty when the parser refuses the body. */
    public Optional<T> ifValid() {
        return switch (parsed()) {
            case Parsed.Content<T>(T value) -> Optional.of(value);
            case Parsed.Refused<T> refused -> Optional.empty();
        };
    }

    private Parsed<T> parsed() {
        Parsed<T> result = parsed.orElseGet(this::parse);
        parsed = Optional.of(result);
        return result;
    }

    private Parsed<T> parse() {
        try {
            return new Parsed.Content<>(parser.parse());
        } catch (ProblemException refused) {
            return new Parsed.Refused<>(refused);
        }
    }
}
