package io.countersign.gateway.recipes;

import static io.countersign.gateway.recipes.RecipeFiles.texts;
import static io.countersign.gateway.recipes.RecipeFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeType;
import io.countersign.verify.forwardauth.AuthSettings;
import io.countersign.verify.forwardauth.HeaderFamily;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The files of {@code infra/traefik}. */
class TraefikTest {
    private static final Pattern SETTING = Pattern.compile("(countersign\\.[a-z.-]+)=(\\S+)");

    private final JsonNode entry = yaml("traefik/traefik.yaml");
    private final JsonNode http = yaml("traefik/dynamic.yaml").required("http");
    private final JsonNode middlewares = http.required("middlewares");
    private final JsonNode decision = middlewares.at("/decision/forwardAuth");
    private final JsonNode before = middlewares.at("/own-headers/headers");
    private final JsonNode after = middlewares.at("/no-credentials/headers/customRequestHeaders");

    @Test
    void nothingReachesTheStorageBesideTheDecision() {
        assertThat(http.required("routers")).hasSize(1).allSatisfy(router -> {
            assertThat(router.required("rule").asText()).isEqualTo("PathPrefix(`/`)");
            assertThat(texts(router.required("middlewares")))
                    .containsExactly("own-headers", "decision", "no-credentials");
            assertThat(http.required("services").has(router.required("service").asText()))
                    .isTrue();
            assertThat(texts(router.required("entryPoints"))).allMatch(entry.required("entryPoints")::has);
        });
        assertThat(middlewares).hasSize(3);
        // No dashboard, no API, no metrics, no other source of routes.
        assertThat(entry.properties())
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder("entryPoints", "providers", "log");
        assertThat(entry.at("/providers/file/filename").asText()).isEqualTo("/etc/traefik/dynamic.yaml");
    }

    @Test
    void theGatewayIsAskedAtAuthWithoutTheBody() {
        String address = decision.required("address").asText();
        assertThat(address).startsWith("http://{{ env \"COUNTERSIGN_GATEWAY\" }}/");
        assertThat(RecipeFiles.answers(address.substring(address.lastIndexOf('/'))))
                .isTrue();
        assertThat(decision.path("forwardBody").asBoolean(false)).isFalse();
        assertThat(decision.path("authRequestHeaders").isMissingNode()).isTrue();
    }

    @Test
    void noClientSaysWhoItIs() {
        assertThat(decision.required("trustForwardHeader").asBoolean()).isFalse();
        assertThat(entry.required("entryPoints"))
                .isNotEmpty()
                .allSatisfy(point -> assertThat(point.has("forwardedHeaders")).isFalse());
        List<String> facts = List.of(
                "X-Countersign-Principal", "X-Countersign-Subject", "X-Countersign-Action", "X-Countersign-Resource");
        assertThat(texts(decision.required("authResponseHeaders"))).containsExactlyElementsOf(facts);
        JsonNode requests = before.required("customRequestHeaders");
        assertThat(requests.required("X-Countersign-Token").asText()).isEqualTo("{{ env \"COUNTERSIGN_TOKEN\" }}");
        assertThat(List.of("X-Countersign-Source-Vpc", "X-Countersign-Error-Limit", "Connection"))
                .allMatch(name -> takesAway(requests, name));
        assertThat(facts).allMatch(name -> takesAway(before.required("customResponseHeaders"), name));
    }

    @Test
    void theStorageGetsNoCredentials() {
        assertThat(List.of("Authorization", "X-Oss-Security-Token", "Security-Token", "X-Countersign-Token"))
                .hasSameSizeAs(after)
                .allMatch(name -> takesAway(after, name));
    }

    @Test
    void thePageNamesTheSettingsThatItNeeds() {
        Map<String, String> settings = SETTING.matcher(RecipeFiles.text("traefik/README.md"))
                .results()
                .collect(Collectors.toMap((MatchResult found) -> found.group(1), found -> found.group(2)));
        assertThat(settings.keySet())
                .containsExactlyInAnyOrder(
                        "countersign.auth.headers", "countersign.auth.keys", "countersign.trusted-proxies")
                .allMatch(RecipeFiles::isSetting);
        assertThat(HeaderFamily.of(settings.get("countersign.auth.headers"))).contains(HeaderFamily.FORWARDED);
        assertThat(AuthSettings.KeyRule.of(settings.get("countersign.auth.keys")))
                .contains(AuthSettings.KeyRule.URI);
    }

    @Test
    void theSmokeTestGivesTheSameSettings() {
        String smoke = RecipeFiles.text("traefik/smoke.sh");
        assertThat(SETTING.matcher(RecipeFiles.text("traefik/README.md")).results())
                .hasSize(3)
                .allMatch(found -> smoke.contains(variable(found.group(1)) + "=")
                        && RecipeFiles.isSetting(variable(found.group(1))));
        assertThat(RecipeFiles.text("../.github/workflows/ci.yml")).contains("run: infra/traefik/smoke.sh\n");
    }

    private static String variable(String setting) {
        return setting.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
    }

    /** An empty text in Traefik's headers removes one. */
    private static boolean takesAway(JsonNode headers, String name) {
        JsonNode value = headers.path(name);
        return value.getNodeType() == JsonNodeType.STRING && value.asText().isEmpty();
    }
}
