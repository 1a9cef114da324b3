package io.countersign.policy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values of conditions, in policies and in requests alike; empty when a text is not of the type. */
final class Scalars {
    /** No exponent: a few characters could otherwise stand for a number of any size. */
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

    private static final int MAX_DATE = 40;

    private Scalars() {}

    static Optional<BigDecimal> number(String text) {
        return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
    }

    /** ISO 8601 with seconds optional and an offset required: {@code 2026-11-22T10:00:00+08:00}, {@code 2026-11-22T02:00:00Z}. */
    static Optional<Instant> date(String text) {
        if (text.length() > MAX_DATE) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    static Optional<Boolean> bool(String text) {
        return switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
