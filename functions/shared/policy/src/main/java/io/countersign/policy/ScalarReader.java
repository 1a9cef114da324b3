package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.BooleanValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.policy.OperatorKind.OfBool;
import io.countersign.policy.OperatorKind.OfDate;
import io.countersign.policy.OperatorKind.OfIp;
import io.countersign.policy.OperatorKind.OfNumber;
import io.countersign.policy.OperatorKind.OfText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the values of operators that are not about text. Numbers and booleans may stand without quotes, as RAM's grammar has it. */
final class ScalarReader {
    private ScalarReader() {}

    static ValueMatcher matcher(OperatorKind kind, Value value) throws InvalidDocumentException {
        return switch (kind) {
            case OfNumber number ->
                new OrderMatcher<>(
                        number.comparison(),
                        all(value, Scalars::number, "expected a decimal number without exponent"),
                        Scalars::number);
            case OfDate date ->
                new OrderMatcher<>(
                        date.comparison(),
                        all(
                                value,
                                Scalars::date,
                                "expected an ISO 8601 time with offset, such as 2026-11-22T10:00:00+08:00"),
                        Scalars::date);
            case OfBool bool -> new BoolMatcher(new HashSet<>(all(value, Scalars::bool, "expected true or false")));
            case OfIp ip ->
                new IpMatcher(
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
        for (Value element : Text.elements(value)) {
            Text entry = text(element);
            Variable.refuseIn(entry.text(), entry.at());
            values.add(reader.apply(entry.text()).orElseThrow(() -> entry.refused(expected)));
        }
        return values;
    }

    private static Text text(Value element) throws InvalidDocumentException {
        return switch (element) {
            case NumberValue number -> new Text(number.literal(), number.at());
            case BooleanValue bool -> new Text(Boolean.toString(bool.value()), bool.at());
            case Value.StringValue string -> new Text(string.text(), string.at());
            case Value.ArrayValue array -> Text.of(array);
            case Value.ObjectValue object -> Text.of(object);
            case Value.NullValue nothing -> Text.of(nothing);
        };
    }
}
