package io.countersign.gateway.recipes;

import static io.countersign.gateway.recipes.RecipeFiles.texts;
import static io.countersign.gateway.recipes.RecipeFiles.yaml;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countersign.gateway.cli.Commands;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.settings.PropertyValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The image of {@code infra/container}, and {@code infra/compose}, which runs it. */
class ContainerTest {
    private final String image = RecipeFiles.text("container/Containerfile");
    private final JsonNode compose = yaml("compose/compose.yaml");
    private final JsonNode service = compose.at("/services/countersign");
    private final Invocation.Serve inImage = serve(list("CMD"));
    private final Invocation.Serve inCompose = serve(texts(service.required("command")));

    @Test
    void theCommandsAreTheGateways() {
        for (Invocation.Serve serve : List.of(inImage, inCompose)) {
            assertThat(serve.host()).isEqualTo("0.0.0.0");
            // Anything else would be refused at the start, or show the private faces at the port that is published.
            assertThat(serve.privatePort().orElseThrow()).isNotEqualTo(serve.port());
        }
        assertThat(list("ENTRYPOINT")).containsExactly("/opt/countersign/bin/countersign");
        assertThat(RecipeFiles.text("archive/archive.sh")).contains("cp \"$here/countersign\" \"$top/bin/\"");
    }

    @Test
    void onlyTheOpenPortIsPublished() {
        assertThat(instructions("EXPOSE")).containsExactly(Integer.toString(inImage.port()));
        assertThat(texts(service.required("ports")))
                .containsExactly("127.0.0.1:" + inCompose.port() + ":" + inCompose.port());
        assertThat(new GatewayServer.Listen("127.0.0.1", inCompose.port()).isLoopback())
                .isTrue();
    }

    @Test
    void theHealthCheckAsksTheOpenPortForWhatTheGatewayAnswers() {
        String check = list("HEALTHCHECK").getLast();
        Matcher call = Pattern.compile("/dev/tcp/127\\.0\\.0\\.1/(\\d+) .*GET (\\S+) HTTP")
                .matcher(check);
        assertThat(call.find()).as(check).isTrue();
        assertThat(Integer.parseInt(call.group(1))).isEqualTo(inImage.port());
        assertThat(RecipeFiles.answers(call.group(2))).isTrue();
    }

    @Test
    void theDataDirectoryIsTheVolumeOfTheUserWhoIsNotRoot() {
        assertThat(instructions("VOLUME")).containsExactly(inImage.data().toString());
        String user = instructions("USER").getLast();
        assertThat(user).matches("[1-9]\\d*:[1-9]\\d*");
        assertThat(image).contains("chown " + user + " /image" + inImage.data() + " ");
        assertThat(service.required("user").asText()).isEqualTo(user);
        List<String> volumes = texts(service.required("volumes"));
        assertThat(volumes).contains("data:" + inCompose.data());
        assertThat(compose.required("volumes").has("data")).isTrue();
        assertThat(volumes).contains("./manifest.yaml:" + inCompose.manifest().orElseThrow() + ":ro");
    }

    @Test
    void theContainerIsRestricted() {
        assertThat(service.required("read_only").asBoolean()).isTrue();
        assertThat(texts(service.required("cap_drop"))).containsExactly("ALL");
        assertThat(texts(service.required("security_opt"))).containsExactly("no-new-privileges:true");
        assertThat(service.has("privileged")).isFalse();
        assertThat(texts(service.required("tmpfs"))).singleElement().asString().startsWith("/tmp:");
    }

    @Test
    void itIsStoppedAfterItHasAnsweredWhatItTookIn() throws Exception {
        Duration grace =
                Duration.parse("PT" + service.required("stop_grace_period").asText());
        assertThat(grace)
                .isGreaterThan(
                        HttpSettings.from(PropertyValues.of(Map.of(), Map.of())).drain());
    }

    @Test
    void thePagesNameSettingsThatExist() {
        Matcher names = Pattern.compile("\\bCOUNTERSIGN_[A-Z_]+").matcher(RecipeFiles.text("container/README.md"));
        assertThat(names.results().map(found -> found.group())).isNotEmpty().allMatch(RecipeFiles::isSetting);
    }

    @Test
    void theArchiveIsBuiltWhereTheCommandTakesItFrom() throws IOException {
        assertThat(RecipeFiles.text("container/README.md"))
                .contains(
                        "--build-arg ARCHIVE=countersign-VERSION-linux-x64.tar.gz -t countersign functions/gateway/target");
        assertThat(Files.readString(Path.of("..", "..", ".github", "workflows", "ci.yml")))
                .contains("-f infra/container/Containerfile --build-arg ARCHIVE=");
        assertThat(service.required("image").asText()).isEqualTo("countersign");
    }

    /** Docker Hub gives that name to whoever takes it. */
    @Test
    void theImageComesFromNowhereButThisMachine() {
        assertThat(service.required("pull_policy").asText()).isEqualTo("never");
        assertThat(RecipeFiles.text("traefik/smoke.sh")).contains("--pull never --name countersign-smoke ");
    }

    @Test
    void thePageSaysHowPodmanKeepsTheHealthCheck() {
        assertThat(image).contains("\nHEALTHCHECK ");
        assertThat(RecipeFiles.text("container/README.md"))
                .contains("    podman build --format docker -f infra/container/Containerfile --build-arg ARCHIVE=");
    }

    private static Invocation.Serve serve(List<String> arguments) {
        Invocation invocation = Commands.parse(arguments.toArray(String[]::new));
        assertThat(invocation).isInstanceOf(Invocation.Serve.class);
        return (Invocation.Serve) invocation;
    }

    /** What follows an instruction, of each line that has it. */
    private List<String> instructions(String name) {
        return image.lines()
                .filter(line -> line.startsWith(name + " "))
                .map(line -> line.substring(name.length() + 1))
                .toList();
    }

    /** The list in JSON that ends an instruction. */
    private List<String> list(String name) {
        String instruction = instructions(name).getLast();
        try {
            return texts(new ObjectMapper().readTree(instruction.substring(instruction.indexOf('['))));
        } catch (IOException e) {
            throw new AssertionError(instruction, e);
        }
    }
}
