package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.registry.KeyStatus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RotateFunctionTest {
    private static final String LEAK = """
            {"id": "leak-1", "detail-type": "AccessKeyCompromised", "source": "countersign", "time": "2026-11-22T03:00:00Z",
             "detail": {"accessKeyId": "LTAI5tSignerSignerSigner"}}""";

    private final Keys keys = new Keys();
    private final RotateFunction function = new RotateFunction(keys.rotation);

    RotateFunctionTest() throws Exception {}

    @Test
    void anEventIsAnsweredWithWhatWasDone() throws Exception {
        Reply reply = send(LEAK);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply))
                .startsWith("{\"id\":\"leak-1\",\"done\":[{\"event\":\"AccessKeyDeactivated\",\"subject\":\""
                        + Keys.FIRST + "\"},{\"event\":\"AccessKeyCreated\",\"subject\":\"LTAI5t");
        assertThat(keys.key(Keys.FIRST).status()).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void aRepeatIsAnsweredAsTheFirstWas() {
        assertThat(text(send(LEAK))).isEqualTo(text(send(LEAK)));
    }

    @Test
    void theScheduledEventIsAccepted() {
        Reply reply = send("""
                {"version": "0", "id": "s", "detail-type": "Scheduled Event", "source": "aws.events", "account": "1", "time": "2026-11-22T03:00:00Z",
                 "region": "r", "resources": ["arn:aws:events:r:1:rule/countersign"], "detail": {}}""");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(text(reply)).isEqualTo("{\"id\":\"s\",\"done\":[]}");
    }

    @Test
    void refusalsCarryACodeAndWhatToDo() {
        Reply unknown = send(LEAK.replace(Keys.FIRST, "LTAI5tNobodyNobodyNobody"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(text(unknown))
                .contains("\"code\":\"NoSuchAccessKey\"")
                .contains("Name an access key id that is in the registry");
        Reply reused = send(LEAK);
        assertThat(reused.status()).isEqualTo(409);
        assertThat(text(reused)).contains("\"code\":\"EventIdReused\"");
    }

    @Test
    void refusesAnInvalidEventWithoutAChange() {
        var before = keys.fixture.store.payloads();
        assertThat(send("").status()).isEqualTo(400);
        assertThat(send("[]").status()).isEqualTo(400);
        assertThat(send("{}").status()).isEqualTo(400);
        assertThat(send(LEAK.replace("\"id\"", "\"ID\"")).status()).isEqualTo(400);
        assertThat(send(LEAK.replace("}}", ", \"why\": \"\"}}")).status()).isEqualTo(400);
        assertThat(send(LEAK.replace("\"countersign\"", "\"aws.s3\"")).status()).isEqualTo(400);
        assertThat(send("text/plain", LEAK).status()).isEqualTo(415);
        assertThat(send(LEAK + " ".repeat(70_000)).status()).isEqualTo(413);
        assertThat(keys.fixture.store.payloads()).isEqualTo(before);
    }

    @Test
    void whenTheStoreIsDownTheBusIsToldToSendAgain() {
        keys.fixture.store.down(true);
        assertThat(send(LEAK).status()).isEqualTo(503);
    }

    private Reply send(String body) {
        return send("application/json", body);
    }

    private Reply send(String type, String body) {
        List<Header> headers = List.of(new Header("Content-Type", type));
        Call call = new Call("POST", "/events", Optional.empty(), headers, Bytes.utf8(body), "127.0.0.1", false);
        return function.handle(call, keys.now);
    }

    private static String text(Reply reply) {
        return new String(reply.body().toArray(), StandardCharsets.UTF_8);
    }
}
