package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsCommandTest extends OperatorContract {
    private static final String LEAK = """
            {"version": "0", "id": "leak-1", "detail-type": "AccessKeyCompromised", "source": "countersign", "time": "2026-11-22T03:00:00Z",
             "detail": {"accessKeyId": "LTAI5tSigner"}}""";

    @Test
    void anEventIsTakenAsTheBusWouldGiveIt() throws Exception {
        Path file = Files.writeString(directory.resolve("leak.json"), LEAK);
        Operator.Result sent = operator.run("events send " + file + " --json");
        Members members = Members.of(sent.json());
        assertThat(members.string("id")).isEqualTo("leak-1");
        assertThat(members.list("done")).hasSize(3);
        assertThat(members.optionalInteger("sent", 0, 10)).hasValue(3);
        assertThat(operator.run("keys").out()).contains(SIGNER + "  user/" + ACCOUNT + "/signer  Inactive since");
    }

    @Test
    void aRepeatFromStandardInputIsAnsweredAsTheFirstWas() throws Exception {
        operator.fed(LEAK, "events send -");
        Members again = Members.of(operator.fed(LEAK, "events send - --json").json());
        assertThat(again.list("done")).hasSize(3);
        assertThat(again.optionalInteger("sent", 0, 10)).hasValue(0);
        operator.fed(LEAK.replace("LTAI5tSigner", CALLER), "events send -").refused("EventIdReused");
    }

    @Test
    void refusesAnInvalidEventByPlace() {
        operator.fed("{}", "events send -").refused("InvalidEvent", "id");
        operator.fed("leak", "events send -").refused("InvalidEvent", "cannot be parsed");
        operator.fed(LEAK.replace("\"accessKeyId\"", "\"accessKey\""), "events send -")
                .refused("InvalidEvent", "accessKey");
        operator.fed(LEAK.replace("\"version\"", "\"verse\""), "events send -").refused("InvalidEvent", "verse");
        operator.fed(" ".repeat(70_000), "events send -").refused("InvalidEvent", "longer");
        operator.run("events send nowhere.json").refused("EventNotFound", "nowhere.json");
        operator.run("events send " + directory).refused("EventNotReadable");
        operator.fed(LEAK.replace("LTAI5tSigner", "LTAI5tNobody"), "events send -")
                .refused("NoSuchAccessKey");
    }

    @Test
    void listsOnlyPendingEvents() throws Exception {
        assertThat(operator.run("events list").out()).isEqualTo("events waiting: 0\n");
        set("countersign.events.webhook", "http://127.0.0.1:1/hook");
        Operator.Result unsent = operator.run("rotate --token-keys");
        assertThat(unsent.err()).contains("EventsNotSent");
        assertThat(operator.run("events list").out())
                .startsWith("2026-11-22T03:00:00Z  TokenKeyRotated  TokenKeyRotated.")
                .endsWith("events waiting: 1\n");
        List<Value> waiting = Members.array(operator.run("events list --json").json());
        Members event = Members.of(waiting.getFirst());
        assertThat(event.string("type")).isEqualTo("TokenKeyRotated");
        assertThat(event.string("time")).isEqualTo("2026-11-22T03:00:00Z");
        assertThat(Members.of(event.required("detail")).string("cause")).isEqualTo("requested");
        assertThat(event.string("id")).startsWith("TokenKeyRotated.");
        event.done();

        System.clearProperty("countersign.events.webhook");
        operator.run("rotate --due");
        assertThat(operator.run("events list --json").out()).isEqualTo("[]\n");
    }
}
