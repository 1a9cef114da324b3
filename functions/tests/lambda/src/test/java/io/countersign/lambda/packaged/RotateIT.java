package io.countersign.lambda.packaged;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.countersign.json.Value.NumberValue;
import io.countersign.json.Value.ObjectValue;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RotateIT {
    private CloudRegistry registry;
    private FakeBus bus;
    private Function function;

    @BeforeEach
    void start() throws Exception {
        registry = new CloudRegistry();
        bus = new FakeBus();
        Map<String, String> environment = registry.environment();
        environment.put("QUARKUS_FUNQY_EXPORT", "event");
        environment.put("COUNTERSIGN_EVENTS_BUS", "countersign");
        environment.put("COUNTERSIGN_EVENTS_ENDPOINT", bus.endpoint());
        function = Function.start("rotate", environment, Optional.empty());
    }

    @AfterEach
    void stop() {
        function.close();
        bus.close();
        registry.close();
    }

    @Test
    void eachEventIsDoneOnceAndToldOnTheBus() throws Exception {
        assertThat(done(example("ScheduledEvent"))).contains("\"done\":[]");
        String requested = example("AccessKeyRotationRequested");
        assertThat(done(requested)).contains("AccessKeyCreated");
        assertThat(bus.taken()).contains("countersign AccessKeyCreated");
        int told = bus.taken().size();
        assertThat(done(requested)).contains("AccessKeyCreated");
        assertThat(bus.taken()).hasSize(told);

        assertThat(done(example("TokenKeyRotationRequested"))).contains("TokenKeyRotated");
        assertThat(done(example("AccessKeyCompromised"))).contains("AccessKeyDeactivated");
        assertThat(bus.taken()).contains("countersign TokenKeyRotated", "countersign AccessKeyDeactivated");
        ObjectValue last = function.journal(CloudRegistry.APP.secret().reveal()).getLast();
        assertThat(last.members().get("AccessKeyDeactivated")).isInstanceOf(NumberValue.class);
        assertThat(function.last()).isEqualTo("event allowed OK");
    }

    @Test
    void failsAnUnfinishedEventSoThatLambdaRetries() throws Exception {
        assertThat(function.invoke(example("AccessKeyCompromised").replace(CloudRegistry.APP.id(), "LTAI5tNobody")))
                .isInstanceOf(RuntimeApi.Failed.class)
                .extracting(RuntimeApi.Ended::text)
                .asString()
                .contains("NoSuchAccessKey");
        assertThat(function.last()).isEqualTo("event failed InternalError");
        assertThat(function.invoke("{\"id\":\"x\"}")).isInstanceOf(RuntimeApi.Failed.class);
        assertThat(function.invoke(example("ScheduledEvent").replace("aws.events", "aws.ec2")))
                .isInstanceOf(RuntimeApi.Failed.class);
    }

    @Test
    void keepsAnUndeliveredEventForTheNextRun() throws Exception {
        bus.down(true);
        String requested = example("TokenKeyRotationRequested");
        assertThat(function.invoke(requested))
                .isInstanceOf(RuntimeApi.Failed.class)
                .extracting(RuntimeApi.Ended::text)
                .asString()
                .contains("events wait in the registry");
        bus.down(false);
        assertThat(done(requested)).contains("TokenKeyRotated");
        assertThat(bus.taken()).containsOnlyOnce("countersign TokenKeyRotated");
    }

    @Test
    void aTrustedProgramPostsTheEventToTheFunctionsUrl() throws Exception {
        Map<String, String> environment = registry.environment();
        environment.put("COUNTERSIGN_EVENTS_BUS", "countersign");
        environment.put("COUNTERSIGN_EVENTS_ENDPOINT", bus.endpoint());
        try (Function url = Function.start("rotate", environment, CloudRegistry.trustedCaller())) {
            given().contentType("application/json")
                    .body(example("TokenKeyRotationRequested"))
                    .post(url.url("/events"))
                    .then()
                    .statusCode(200)
                    .body("done[0].event", equalTo("TokenKeyRotated"));
            assertThat(bus.taken()).containsExactly("countersign TokenKeyRotated");
            given().contentType("application/json")
                    .body("{}")
                    .post(url.url("/events"))
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("InvalidMember"));
        }
    }

    private String done(String event) {
        RuntimeApi.Ended ended = function.invoke(event);
        assertThat(ended).as(ended.text()).isInstanceOf(RuntimeApi.Answered.class);
        return ended.text();
    }

    /** As the documents have it, but about a key that there is, and with an id of its own. */
    private static String example(String type) throws IOException {
        return Files.readString(Path.of("..", "..", "..", "events", "in", type + ".example.json"))
                .replace("LTAI5tSignerSignerSigner", CloudRegistry.APP.id())
                .replaceFirst("\"id\": *\"[^\"]*\"", "\"id\":\"" + Seeds.uuid() + "\"");
    }
}
