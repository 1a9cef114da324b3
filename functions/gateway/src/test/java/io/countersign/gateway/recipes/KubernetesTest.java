package io.countersign.gateway.recipes;

import static io.countersign.gateway.recipes.RecipeFiles.INFRA;
import static io.countersign.gateway.recipes.RecipeFiles.all;
import static io.countersign.gateway.recipes.RecipeFiles.documents;
import static io.countersign.gateway.recipes.RecipeFiles.named;
import static io.countersign.gateway.recipes.RecipeFiles.texts;
import static io.countersign.gateway.recipes.RecipeFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.settings.PropertyValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Kustomize base in {@code infra/kubernetes}. */
class KubernetesTest {
    private static final Path BASE = INFRA.resolve("kubernetes");

    private final JsonNode kustomization = yaml("kubernetes/kustomization.yaml");
    private final List<JsonNode> resources = all(kustomization.required("resources"))
            .flatMap(name -> documents("kubernetes/" + name.asText()).stream())
            .toList();
    private final JsonNode pod = resource("Deployment").at("/spec/template/spec");
    private final JsonNode gateway = pod.at("/containers/0");
    private final List<JsonNode> containers = Stream.concat(
                    all(pod.required("initContainers")), all(pod.required("containers")))
            .toList();

    @Test
    void eachFileOfTheBaseIsNamedInIt() throws IOException {
        try (Stream<Path> files = Files.list(BASE)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".yaml") && !name.equals("kustomization.yaml")))
                    .containsExactlyInAnyOrderElementsOf(texts(kustomization.required("resources")));
        }
    }

    @Test
    void whatIsMountedIsThere() {
        List<String> volumes = named(pod.required("volumes"));
        assertThat(containers)
                .allSatisfy(container -> assertThat(volumes).containsAll(named(container.required("volumeMounts"))));
        assertThat(named(kustomization.required("secretGenerator")))
                .containsExactlyElementsOf(pod.required("volumes").findValuesAsText("secretName"));
        assertThat(named(kustomization.required("configMapGenerator")))
                .containsExactly(
                        gateway.at("/envFrom/0/configMapRef/name").asText(),
                        pod.required("volumes")
                                .findParent("configMap")
                                .at("/configMap/name")
                                .asText());
        // The gateway itself sees none of root's files.
        assertThat(named(gateway.required("volumeMounts"))).doesNotContain("secrets");
    }

    @Test
    void eachSecretIsCopiedToWhereTheGatewayLooksForIt() {
        String copies = pod.at("/initContainers/0/command/2").asText();
        assertThat(copies).startsWith("umask 077\n");
        List<String> secrets = texts(kustomization.at("/secretGenerator/0/files"));
        assertThat(copies.lines().filter(line -> line.startsWith("cat "))).hasSameSizeAs(secrets);
        assertThat(secrets).allMatch(file -> copies.contains("cat /" + file + " > /run/countersign/"));
        List<String> files = settings().stream()
                .map(line -> line.substring(line.indexOf('=') + 1))
                .filter(value -> value.startsWith("/"))
                .toList();
        assertThat(files).hasSize(2).allMatch(file -> copies.contains(" > " + file + "\n"));
        assertThat(copies).contains(" > " + option("--data") + "/root.key\n");
    }

    @Test
    void theDatabasesCertificateIsCheckedAgainstTheFileThatIsMounted() throws Exception {
        JsonNode authorities = kustomization.at("/configMapGenerator/1");
        JsonNode volume = pod.required("volumes").findParent("configMap");
        JsonNode mount = all(gateway.required("volumeMounts"))
                .filter(one -> one.required("name").equals(volume.required("name")))
                .findFirst()
                .orElseThrow();
        assertThat(mount.required("readOnly").asBoolean()).isTrue();
        Path file = Path.of(authorities.at("/files/0").asText()).getFileName();
        Map<String, String> environment = settings().stream()
                .filter(line -> line.startsWith("COUNTERSIGN_STORE=") || line.startsWith("COUNTERSIGN_POSTGRESQL_"))
                .map(line -> line.split("=", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        Settings read = Settings.from(PropertyValues.of(Map.of(), environment));
        assertThat(read.data().store())
                .isInstanceOfSatisfying(
                        DataSettings.Store.Postgres.class,
                        postgres -> assertThat(postgres.location().url().rootCertificate())
                                .contains(mount.required("mountPath").asText() + "/" + file));
    }

    @Test
    void ciRendersTheBaseWithEachFileThatTheUserMakes() throws IOException {
        String ci = Files.readString(Path.of("..", "..", ".github", "workflows", "ci.yml"));
        String files = Stream.of("/secretGenerator/0/files", "/configMapGenerator/1/files")
                .flatMap(at -> texts(kustomization.at(at)).stream())
                .map(file -> Path.of(file).getFileName().toString())
                .collect(Collectors.joining(" "));
        assertThat(ci).contains("touch " + files + ")\n").contains("kubectl kustomize infra/kubernetes > /dev/null");
        assertThat(Files.readString(BASE.resolve("README.md")).replace("`", "")).contains(files.split(" "));
    }

    /** Nobody can have put an image there: that ending of a host is kept for examples. */
    @Test
    void theImageIsNoOnesUntilTheUserNamesOne() {
        JsonNode image = kustomization.at("/images/0");
        assertThat(containers).allMatch(container -> container.required("image").equals(image.required("name")));
        assertThat(image.required("newName").asText()).isEqualTo("registry.example/countersign");
    }

    @Test
    void thePortsAreTheGateways() {
        assertThat(port("open")).hasToString(option("--port"));
        assertThat(port("private")).hasToString(option("--private-port"));
        assertThat(resources.stream()
                        .filter(resource -> resource.required("kind").asText().equals("Service"))
                        .map(service -> service.at("/spec/ports/0/targetPort").asText()))
                .containsExactly("open", "private");
        assertThat(probes().map(probe -> probe.at("/httpGet/port").asText()))
                .hasSize(3)
                .containsOnly("open");
    }

    @Test
    void theProbesAskForWhatTheGatewayAnswers() {
        assertThat(probes().map(probe -> probe.at("/httpGet/path").asText()))
                .hasSize(3)
                .allMatch(RecipeFiles::answers);
    }

    @Test
    void itsSettingsAreOnThePageOfSettings() {
        assertThat(settings()).hasSize(6).allMatch(line -> RecipeFiles.isSetting(line.substring(0, line.indexOf('='))));
    }

    @Test
    void thePrivatePortIsReachedOnlyFromNamedPods() {
        JsonNode policy = resource("NetworkPolicy").required("spec");
        assertThat(policy.at("/podSelector/matchLabels")).isEqualTo(labels());
        assertThat(texts(policy.required("policyTypes"))).containsExactly("Ingress");
        List<JsonNode> rules = all(policy.required("ingress")).toList();
        assertThat(rules).hasSize(2);
        for (JsonNode rule : rules) {
            String port = rule.at("/ports/0/port").asText();
            assertThat(rule.required("ports")).hasSize(1);
            assertThat(rule.has("from")).as(port).isEqualTo(port.equals("private"));
        }
        JsonNode from = rules.get(1).required("from");
        assertThat(from).hasSize(1);
        assertThat(from.get(0).required("podSelector").required("matchLabels")).isNotEmpty();
        assertThat(from.get(0).required("namespaceSelector").required("matchLabels"))
                .isNotEmpty();
    }

    @Test
    void eachContainerIsRestricted() {
        assertThat(pod.required("automountServiceAccountToken").asBoolean()).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        assertThat(containers).hasSize(2).allSatisfy(container -> {
            JsonNode context = container.required("securityContext");
            assertThat(context.required("allowPrivilegeEscalation").asBoolean()).isFalse();
            assertThat(context.required("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(texts(context.at("/capabilities/drop"))).containsExactly("ALL");
        });
    }

    @Test
    void oneGatewayIsAlwaysThere() {
        JsonNode budget = resource("PodDisruptionBudget").required("spec");
        assertThat(budget.at("/selector/matchLabels")).isEqualTo(labels());
        assertThat(budget.required("minAvailable").asInt())
                .isPositive()
                .isLessThan(resource("Deployment").at("/spec/replicas").asInt());
    }

    private JsonNode labels() {
        return resource("Deployment").at("/spec/template/metadata/labels");
    }

    private Stream<JsonNode> probes() {
        return Stream.of("startupProbe", "livenessProbe", "readinessProbe").map(gateway::required);
    }

    private List<String> settings() {
        return texts(kustomization.at("/configMapGenerator/0/literals"));
    }

    private Integer port(String name) {
        return all(gateway.required("ports"))
                .filter(port -> port.required("name").asText().equals(name))
                .map(port -> port.required("containerPort").asInt())
                .findFirst()
                .orElseThrow();
    }

    private String option(String name) {
        List<String> arguments = texts(gateway.required("args"));
        return arguments.get(arguments.indexOf(name) + 1);
    }

    private JsonNode resource(String kind) {
        return resources.stream()
                .filter(resource -> resource.required("kind").asText().equals(kind))
                .findFirst()
                .orElseThrow();
    }
}
