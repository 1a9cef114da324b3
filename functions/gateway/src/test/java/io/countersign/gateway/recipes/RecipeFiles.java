package io.countersign.gateway.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The files of {@code infra}, and what the gateway's pages say of the names in them. */
final class RecipeFiles {
    private static final Path REPOSITORY = Path.of("..", "..");
    static final Path INFRA = REPOSITORY.resolve("infra");

    private RecipeFiles() {}

    static String text(String file) {
        try {
            return Files.readString(INFRA.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first document of a file. */
    static JsonNode yaml(String file) {
        return documents(file).getFirst();
    }

    static List<JsonNode> documents(String file) {
        try (MappingIterator<JsonNode> documents =
                new YAMLMapper().readerFor(JsonNode.class).readValues(text(file))) {
            return new ArrayList<>(documents.readAll());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether the gateway answers at a path. */
    static boolean answers(String path) {
        return yaml("../docs/openapi.yaml").required("paths").has(path);
    }

    /** Whether a name is that of a setting, as a property or as a variable of the environment. */
    static boolean isSetting(String name) {
        return text("../docs/configuration.md").contains("`" + name + "`");
    }

    static List<String> named(JsonNode nodes) {
        return all(nodes).map(node -> node.required("name").asText()).toList();
    }

    static List<String> texts(JsonNode nodes) {
        return all(nodes).map(JsonNode::asText).toList();
    }

    static Stream<JsonNode> all(JsonNode nodes) {
        return StreamSupport.stream(nodes.spliterator(), false);
    }
}
