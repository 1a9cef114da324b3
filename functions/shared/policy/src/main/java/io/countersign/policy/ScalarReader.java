package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.BooleanValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.policy.ConditionOperator.Kind.OfBool;
import io.countersign.policy.ConditionOperator.Kind.OfDate;
import io.countersign.policy.ConditionOperator.Kind.OfIp;
import io.countersign.policy.ConditionOperator.Kind.OfNumber;
import io.countersign.policy.ConditionOperator.Kind.OfText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Reads the values of operators other than the String operators. Numbers and booleans may be written without quotes,
 * as in RAM's grammar.
 */
final class ScalarReader {
    private ScalarReader() {}

    static ValueMatcher matcher(ConditionOperator.Kind kind, Value value) throws InvalidDocumentException {
        return switch (kind) {
            case OfNumber number ->
                new ValueMatcher.OrderMatcher<>(
                        number.comparison(),
                        all(value, Scalars::number, "expected a decimal number without exponent"),
                        Scalars::number);
            case OfDate date ->
                new ValueMatcher.OrderMatcher<>(
                        date.comparison(),
                        all(
                                value,
                                Scalars::date,
                                "expected an ISO 8601 time with offset, such as 2026-11-22T10:00:00+08:00"),
                        Scalars::date);
            case OfBool bool ->
                new ValueMatcher.BoolMatcher(new HashSet<>(all(value, Scalars::bool, "expected true or false")));
            case OfIp ip ->
                new ValueMatcher.IpMatcher(
                        all(
                                value,
                                IpPattern::parse,
                                "expected an IP address, a CIDR block without bits behind its prefix, such as 192.0.2.0/24, or four octets of which some are *"));
            case OfText text -> throw new IllegalArgumentException("text is read as templates");
        };
    }

    private static <T> List<T> all(Value value, Function<String, Optional<T>> reader, String expected)
            throws InvalidDocumentException {
        List<T> values = new ArrayList<>();
        for (Value element : LocatedString.elements(value)) {
            LocatedString entry = text(element);
            Template.Variable.refuseIn(entry.text(), entry.at());
            values.add(reader.apply(entry.text()).orElseThrow(() -> entry.refused(expected)));
        }
        return values;
    }

    private static LocatedString text(Value element) throws InvalidDocumentException {
        return switch (element) {
            case NumberValue number -> new LocatedString(number.literal(), number.at());
            case BooleanValue bool -> new LocatedString(Boolean.toString(bool.value()), bool.at());
            case Value.StringValue string -> new LocatedString(string.text(), string.at());
            case Value.ArrayValue array -> LocatedString.of(array);
            case Value.ObjectValue object -> LocatedString.of(object);
            case Value.NullValue nothing -> LocatedString.of(nothing);
        };
    }

    /** Parses condition values of policies and of requests; empty when a text does not have the type. */
    static final class Scalars {
        /** Exponents are not allowed: a few characters could otherwise represent a number of any size. */
        private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,30}(\\.[0-9]{1,30})?");

        private static final int MAX_DATE = 40;

        private Scalars() {}

        static Optional<BigDecimal> number(String text) {
            return NUMBER.matcher(text).matches() ? Optional.of(new BigDecimal(text)) : Optional.empty();
        }

        /**
         * ISO 8601 with optional seconds and a required offset: {@code 2026-11-22T10:00:00+08:00}, {@code
         * 2026-11-22T02:00:00Z}.
         */
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
}
