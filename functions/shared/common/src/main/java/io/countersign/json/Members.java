package io.countersign.json;

import io.countersign.json.Value.ArrayValue;
import io.countersign.json.Value.BooleanValue;
import io.countersign.json.Value.NumberValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads the members of one object strictly, each by its type. {@link #done()} refuses every member that was not read. A member that is {@code null} has the wrong
 * type.
 */
public final class Members {
    private final ObjectValue object;
    private final FrozenMembers members;
    /** Whether the member at each place was read. */
    private final boolean[] read;

    private Members(ObjectValue object) {
        this.object = object;
        this.members = object.frozen();
        this.read = new boolean[members.size()];
    }

    /** @throws InvalidDocumentException when the value is not an object */
    public static Members of(Value value) throws InvalidDocumentException {
        if (value instanceof ObjectValue object) {
            return new Members(object);
        }
        throw expected("an object", value);
    }

    public Value.Location at() {
        return object.at();
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public Optional<Value> optional(String name) {
        int index = members.indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(read(index));
    }

    private Value read(int index) {
        read[index] = true;
        return members.at(index);
    }

    public Value required(String name) throws InvalidDocumentException {
        int index = members.indexOf(name);
        if (index < 0) {
            throw new InvalidDocumentException(object.at(), "the member \"" + name + "\" is missing; add it");
        }
        return read(index);
    }

    public String string(String name) throws InvalidDocumentException {
        return string(required(name));
    }

    public Optional<String> optionalString(String name) throws InvalidDocumentException {
        Optional<Value> value = optional(name);
        return value.isEmpty() ? Optional.empty() : Optional.of(string(value.get()));
    }

    public OptionalLong optionalInteger(String name, long min, long max) throws InvalidDocumentException {
        Optional<Value> value = optional(name);
        return value.isEmpty() ? OptionalLong.empty() : OptionalLong.of(integer(value.get(), min, max));
    }

    public Optional<Boolean> optionalBoolean(String name) throws InvalidDocumentException {
        Optional<Value> value = optional(name);
        return value.isEmpty() ? Optional.empty() : Optional.of(bool(value.get()));
    }

    /** The elements of an array member; empty when the member is absent. */
    public List<Value> list(String name) throws InvalidDocumentException {
        Optional<Value> value = optional(name);
        return value.isEmpty() ? List.of() : array(value.get());
    }

    /** @throws InvalidDocumentException at the first member that was not read */
    public void done() throws InvalidDocumentException {
        for (int i = 0; i < read.length; i++) {
            if (!read[i]) {
                throw new InvalidDocumentException(
                        members.at(i).at(), "this member is not known; take it out or correct its name");
            }
        }
    }

    public static String string(Value value) throws InvalidDocumentException {
        if (value instanceof StringValue string) {
            return string.text();
        }
        throw value instanceof NumberValue || value instanceof BooleanValue
                ? new InvalidDocumentException(
                        value.at(), "expected a string, found " + value.kind() + "; put it in quotes")
                : expected("a string", value);
    }

    public static boolean bool(Value value) throws InvalidDocumentException {
        if (value instanceof BooleanValue bool) {
            return bool.value();
        }
        throw expected("true or false", value);
    }

    public static List<Value> array(Value value) throws InvalidDocumentException {
        if (value instanceof ArrayValue array) {
            return array.elements();
        }
        throw expected("an array", value);
    }

    public static long integer(Value value, long min, long max) throws InvalidDocumentException {
        if (value instanceof NumberValue number) {
            try {
                long parsed = Long.parseLong(number.literal());
                if (parsed >= min && parsed <= max) {
                    return parsed;
                }
            } catch (NumberFormatException e) {
                // A number with a fraction, or one that overflows, is refused below as out of range.
            }
            throw new InvalidDocumentException(value.at(), "expected a whole number from " + min + " to " + max);
        }
        throw expected("a whole number", value);
    }

    /** The strings of a value that is one string, or an array of at least one, as in policies. */
    public static List<String> strings(Value value) throws InvalidDocumentException {
        if (value instanceof StringValue string) {
            return List.of(string.text());
        }
        if (!(value instanceof ArrayValue array)) {
            throw expected("a string or an array of strings", value);
        }
        if (array.elements().isEmpty()) {
            throw new InvalidDocumentException(value.at(), "the array is empty; name at least one");
        }
        List<String> texts = new ArrayList<>();
        for (Value element : array.elements()) {
            texts.add(string(element));
        }
        return List.copyOf(texts);
    }

    private static InvalidDocumentException expected(String type, Value found) {
        return new InvalidDocumentException(found.at(), "expected " + type + ", found " + found.kind());
    }
}
