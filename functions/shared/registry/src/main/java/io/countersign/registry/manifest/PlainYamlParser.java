package io.countersign.registry.manifest;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;

/**
 * A YAML parser for which an alias counts as an object id too, which {@link io.countersign.json.Values#read} refuses. The parser below hands
 * an alias over as if its name were a string, and what was meant would be lost without a word.
 */
final class PlainYamlParser extends JsonParserDelegate {
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
            throw new JsonParseException(yaml, "anchors and aliases are not taken in names");
        }
        return token;
    }
}
