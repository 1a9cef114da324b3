package io.countersign.gateway.documents;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** docs/openapi.yaml, read. */
public final class OpenApi {
    /** The members of a path that are no methods. */
    private static final Set<String> OF_PATHS = Set.of("parameters", "description", "summary", "servers");

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    public static OpenApi read() throws IOException {
        return new OpenApi(new ObjectMapper(new YAMLFactory())
                .readTree(Files.readString(Documents.REPOSITORY.resolve("docs/openapi.yaml"))));
    }

    JsonNode document() {
        return document;
    }

    public Set<String> paths() {
        return names(document.path("paths"));
    }

    /** In upper case. */
    public Set<String> methods(String path) {
        Set<String> methods = new TreeSet<>();
        for (String name : names(document.path("paths").path(path))) {
            if (!OF_PATHS.contains(name)) {
                methods.add(name.toUpperCase(Locale.ROOT));
            }
        }
        return methods;
    }

    /** The values that a schema enumerates. */
    Set<String> values(String schema) {
        Set<String> values = new TreeSet<>();
        document.at("/components/schemas/" + schema + "/enum").forEach(value -> values.add(value.asText()));
        return values;
    }

    /**
     * The part of the document about one answer's body; empty where the document has no answer of this status and type.
     *
     * @param type its media type without parameters
     */
    Optional<JsonNode> answer(String method, String path, int status, String type) {
        JsonNode answers = document.path("paths")
                .path(path)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses");
        String name = answers.has(Integer.toString(status)) ? Integer.toString(status) : "default";
        JsonNode content = resolved(answers.path(name)).path("content").path(type);
        return content.isMissingNode() ? Optional.empty() : Optional.of(content);
    }

    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
    }

    /** The violations of a schema of this document by another document. */
    List<String> errors(JsonNode schema, String json) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        root.set("components", document.get("components"));
        root.putObject("$defs").set("subject", schema);
        root.put("$ref", "#/$defs/subject");
        Schema compiled = SCHEMAS.getSchema(root.toString(), InputFormat.JSON);
        return compiled.validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static Set<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return new TreeSet<>(names);
    }
}
