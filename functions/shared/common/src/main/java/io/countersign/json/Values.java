package io.countersign.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parses a text into a {@link Value}: one document in valid UTF-8, without duplicate members, at most {@link #MAX_DEPTH} levels deep, and nothing after its end. Half
 * of a surrogate pair, which JSON's grammar allows as an escape (RFC 8259, 8.2), is refused, because UTF-8 cannot encode it. The caller bounds the size of the text.
 */
public final class Values {
    /** The deepest nesting of objects and arrays. */
    public static final int MAX_DEPTH = 32;

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(constraints())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private Values() {}

    /** The constraints of a Jackson factory whose parsers are passed to {@link #read(JsonParser)}. */
    public static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxNumberLength(40)
                .maxNameLength(8 * 1024)
                .build();
    }

    /** @throws InvalidDocumentException when the text is not one strict JSON document */
    public static Value parse(String json) throws InvalidDocumentException {
        try (JsonParser parser = JSON.createParser(json)) {
            return read(parser);
        } catch (IOException e) {
            throw unreadableJson(e);
        }
    }

    /** @throws InvalidDocumentException when the bytes are not UTF-8 or not one strict JSON document */
    public static Value parse(byte[] utf8) throws InvalidDocumentException {
        if (!isPlain(utf8)) {
            return decoded(utf8);
        }
        try (JsonParser parser = JSON.createParser(utf8)) {
            return read(parser);
        } catch (IOException | InvalidDocumentException e) {
            // The parser of text counts lines in more cases, so the refusal is always its.
            return decoded(utf8);
        }
    }

    /** Whether the bytes are ASCII without NUL. Jackson takes NULs for another encoding than UTF-8, and is not strict with UTF-8 itself. */
    private static boolean isPlain(byte[] utf8) {
        for (byte octet : utf8) {
            if (octet <= 0) {
                return false;
            }
        }
        return true;
    }

    private static Value decoded(byte[] utf8) throws InvalidDocumentException {
        Optional<String> json = StrictUtf8.decoded(utf8);
        if (json.isEmpty()) {
            throw new InvalidDocumentException(new Value.Location("", 1), "the text is not UTF-8; send JSON in UTF-8");
        }
        return parse(json.get());
    }

    /**
     * Reads one document to its end. The parser must have {@link #constraints()}.
     *
     * @throws IOException when the text is not of the parser's language; {@link #unreadable} makes it a refusal
     */
    public static Value read(JsonParser parser) throws IOException, InvalidDocumentException {
        if (parser.nextToken() == null) {
            throw new InvalidDocumentException(new Value.Location("", 1), "the text is empty; write one document");
        }
        Value value = value(parser, new Value.Location("", line(parser)));
        if (parser.nextToken() != null) {
            throw new InvalidDocumentException(
                    new Value.Location("", line(parser)),
                    "there is text after the end of the document; write one document");
        }
        return value;
    }

    /** Reads the parser's current value, and leaves the parser at its end. The parser need not have {@link #constraints()}: this method bounds the depth. */
    public static Value readCurrent(JsonParser parser) throws InvalidDocumentException {
        try {
            return value(parser, new Value.Location("", line(parser)));
        } catch (IOException e) {
            throw unreadableJson(e);
        }
    }

    private static Value value(JsonParser parser, Value.Location at) throws IOException, InvalidDocumentException {
        if (parser.getParsingContext().getNestingDepth() > MAX_DEPTH) {
            throw new InvalidDocumentException(
                    new Value.Location("", at.line()), "the document is too deep (at most " + MAX_DEPTH + " levels)");
        }
        if (parser.getObjectId() != null || parser.getTypeId() != null) {
            throw new InvalidDocumentException(at, "anchors, aliases and tags are not allowed; write the value out");
        }
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, at);
            case START_ARRAY -> array(parser, at);
            case VALUE_STRING -> new Value.StringValue(at, unicode(parser.getText(), at));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Value.NumberValue(at, parser.getText());
            case VALUE_TRUE -> new Value.BooleanValue(at, true);
            case VALUE_FALSE -> new Value.BooleanValue(at, false);
            case VALUE_NULL -> new Value.NullValue(at);
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                throw new InvalidDocumentException(at, "a value is missing");
        };
    }

    private static Value object(JsonParser parser, Value.Location at) throws IOException, InvalidDocumentException {
        FrozenMembers.Builder members = new FrozenMembers.Builder();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = unicode(parser.currentName(), at);
            if (members.has(name)) {
                throw new InvalidDocumentException(
                        new Value.Location("", line(parser)), "a member is duplicated in one object; write each once");
            }
            parser.nextToken();
            members.add(name, value(parser, at.member(name, line(parser))));
        }
        return new Value.ObjectValue(at, members.frozen());
    }

    private static Value array(JsonParser parser, Value.Location at) throws IOException, InvalidDocumentException {
        List<Value> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, at.element(elements.size(), line(parser))));
        }
        return new Value.ArrayValue(at, elements);
    }

    private static String unicode(String text, Value.Location at) throws InvalidDocumentException {
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new InvalidDocumentException(
                        at,
                        "a text has half of a surrogate pair (\\ud800 to \\udfff), which is not a character; write both halves, or leave it out");
            }
            i += Character.charCount(c);
        }
        return text;
    }

    private static int line(JsonParser parser) {
        return Math.max(1, parser.currentTokenLocation().getLineNr());
    }

    private static InvalidDocumentException unreadableJson(IOException e) {
        int line = e instanceof JsonProcessingException p && p.getLocation() != null
                ? p.getLocation().getLineNr()
                : 1;
        return unreadable(e, line, "the text cannot be parsed; check quotes, commas and brackets");
    }

    /**
     * The refusal of a text that {@link #read} could not parse. It keeps the line and the kind of the problem only: a parser's message may quote the text, which may contain a secret.
     *
     * @param problem what to check in this language, unless the text is too deep or has too long a name or number
     */
    public static InvalidDocumentException unreadable(IOException e, int line, String problem) {
        return new InvalidDocumentException(
                new Value.Location("", Math.max(1, line)),
                e instanceof StreamConstraintsException
                        ? "the document is too deep (at most " + MAX_DEPTH
                                + " levels) or has a name or number that is too long"
                        : problem);
    }
}
