package io.countersign.registry.manifest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Location;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads YAML into values, by the same strict rules and bounds as JSON. */
final class YamlText {
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .loaderOptions(options())
            .streamReadConstraints(Values.constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private YamlText() {}

    static Value value(String text) throws InvalidDocumentException {
        if (text.length() > Manifest.MAX_LENGTH) {
            throw new InvalidDocumentException(
                    new Location("", 1),
                    "the manifest is longer than " + Manifest.MAX_LENGTH
                            + " characters; split its accounts over registries");
        }
        try (JsonParser parser = new PlainYamlParser(YAML.createParser(text))) {
            return Values.read(parser);
        } catch (IOException e) {
            throw new InvalidDocumentException(new Location("", 1), "the text cannot be parsed; check its indentation");
        }
    }

    private static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(Manifest.MAX_LENGTH);
        options.setNestingDepthLimit(Values.MAX_DEPTH);
        return options;
    }
}
