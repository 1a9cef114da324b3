package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.oss.OssError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** docs/openapi.yaml is whole: its references, its examples, and the codes that it lists. */
class OpenApiTest {
    private OpenApi api;

    @BeforeEach
    void read() throws IOException {
        api = OpenApi.read();
    }

    @Test
    void everyReferenceLeadsToAPart() {
        List<String> references = api.document().findValuesAsText("$ref");
        assertThat(references).hasSizeGreaterThan(50).allSatisfy(reference -> {
            assertThat(reference).startsWith("#/");
            assertThat(api.document().at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        });
    }

    @Test
    void everyExampleIsValid() {
        List<String> wrong = new ArrayList<>();
        int examples = check(api.document(), "", wrong);
        assertThat(wrong).isEmpty();
        assertThat(examples).isGreaterThan(15);
    }

    /** Goes through the document; a part with a schema and examples is a body. */
    private int check(JsonNode part, String place, List<String> wrong) {
        int examples = 0;
        if (part.has("schema")) {
            List<JsonNode> found = new ArrayList<>();
            if (part.has("example")) {
                found.add(part.get("example"));
            }
            part.path("examples").forEach(example -> found.add(example.get("value")));
            for (JsonNode example : found) {
                api.errors(part.get("schema"), example.toString()).forEach(error -> wrong.add(place + ": " + error));
                examples++;
            }
        }
        for (var child : part.properties()) {
            examples += check(child.getValue(), place + "/" + child.getKey(), wrong);
        }
        for (JsonNode element : part) {
            if (part.isArray()) {
                examples += check(element, place, wrong);
            }
        }
        return examples;
    }

    @Test
    void everyOperationHasANameOfItsOwn() {
        assertThat(api.document().findValuesAsText("operationId"))
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(15);
    }

    @Test
    void theCodesAreTheProgramsOwn() throws IOException {
        Set<String> listed = new TreeSet<>(api.values("ProblemCode"));
        listed.addAll(api.values("StsCode"));
        Set<String> answered = AnsweredCodes.ofFaces().keySet().stream()
                .filter(code -> !code.endsWith("*"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(listed).containsExactlyElementsOf(answered);
        assertThat(api.values("OssErrorCode"))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(OssError.values()).map(OssError::code).collect(Collectors.toSet()));
    }
}
