package io.countersign.registry.manifest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Reads YAML into values, by the same strict rules and bounds as JSON. */
final class YamlText {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .loaderOptions(options())
            .streamReadConstraints(Values.constraints())
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private YamlText() {}

    static Value value(String text) throws InvalidDocumentException {
        if (text.length() > Manifest.MAX_LENGTH) {
            throw new InvalidDocumentException(
                    new Value.Location("", 1),
                    "the manifest is longer than " + Manifest.MAX_LENGTH
                            + " characters; split its accounts over several manifests and apply one after the other, without --prune");
        }
        try (JsonParser parser = new PlainYamlParser(YAML.createParser(text))) {
            return Values.read(parser);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** The place is that of the problem. Jackson's own is the end of the last part that it could read. */
    private static InvalidDocumentException unreadable(IOException e) {
        int line = 1;
        int column = 1;
        if (e.getCause() instanceof MarkedYAMLException marked && marked.getProblemMark() != null) {
            line = marked.getProblemMark().getLine() + 1;
            column = marked.getProblemMark().getColumn() + 1;
        } else if (e instanceof JsonProcessingException p && p.getLocation() != null) {
            line = p.getLocation().getLineNr();
            column = p.getLocation().getColumnNr();
        }
        return Values.unreadable(
                e,
                line,
                "the YAML cannot be parsed at column " + Math.max(1, column)
                        + "; check the indentation (spaces, no tabs), the colon and space after each name, quotes and brackets");
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Manifest.MAX_LENGTH);
        options.setNestingDepthLimit(Values.MAX_DEPTH);
        return options;
    }

    /**
     * A YAML parser that reports an alias as an object id, which {@link io.countersign.json.Values#read} refuses. The
     * underlying parser returns an alias as a string with its name, which would change the document's meaning without
     * notice.
     */
    static final class PlainYamlParser extends JsonParserDelegate {
        private final YAMLParser yaml;

        PlainYamlParser(YAMLParser yaml) {
            super(yaml);
            this.yaml = yaml;
        }

        @Override
        public Object getObjectId() throws IOException {
            return yaml.isCurrentAlias() ? "alias" : super.getObjectId();
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken token = super.nextToken();
            if (token == JsonToken.FIELD_NAME && (yaml.isCurrentAlias() || yaml.getObjectId() != null)) {
                throw new JsonParseException(yaml, "anchors and aliases are not allowed in names");
            }
            return token;
        }
    }
}
