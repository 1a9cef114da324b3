package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.Rotation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The bus as a process sees it: {@code POST /events} with one envelope each. */
record Post(Rotation rotation) {
    private static final String OURS = "countersign";

    /** @throws StoreUnavailable when the answer says that the event is to be sent again */
    void deliver(IncomingEvent event, Instant now) throws StoreUnavailable {
        Call call = new Call(
                "POST",
                "/events",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(envelope(event, now)),
                "127.0.0.1",
                false);
        Reply reply = new RotateFunction(rotation).handle(call, now);
        if (reply.status() == 503) {
            throw new StoreUnavailable("the process was killed");
        }
        String body = new String(reply.body().toArray(), StandardCharsets.UTF_8);
        assertThat(reply.status()).as(body).isIn(200, 404, 409);
        assertThat(body).contains(reply.status() == 200 ? "\"done\":[" : "\"code\":");
    }

    private static String envelope(IncomingEvent event, Instant now) {
        return switch (event) {
            case IncomingEvent.Scheduled scheduled ->
                envelope(event.id(), "Scheduled Event", "aws.events", now, detail -> {});
            case IncomingEvent.AccessKeyCompromised compromised ->
                envelope(event.id(), "AccessKeyCompromised", OURS, now, about(compromised.accessKeyId()));
            case IncomingEvent.AccessKeyRotationRequested requested ->
                envelope(event.id(), "AccessKeyRotationRequested", OURS, now, about(requested.accessKeyId()));
            case IncomingEvent.TokenKeyRotationRequested requested ->
                envelope(event.id(), "TokenKeyRotationRequested", OURS, now, detail -> {});
            case IncomingEvent.SubjectCompromised compromised ->
                envelope(
                        event.id(),
                        "SubjectCompromised",
                        OURS,
                        now,
                        detail -> detail.put("provider", compromised.provider().text())
                                .put("subject", compromised.subject()));
            case IncomingEvent.TokenKeyCompromised compromised ->
                envelope(event.id(), "TokenKeyCompromised", OURS, now, detail -> {});
        };
    }

    private static Consumer<JsonText.ObjectWriter> about(String accessKeyId) {
        return detail -> detail.put("accessKeyId", accessKeyId);
    }

    private static String envelope(
            String id, String type, String source, Instant now, Consumer<JsonText.ObjectWriter> detail) {
        return JsonText.object(json -> json.put("version", "0")
                .put("id", id)
                .put("detail-type", type)
                .put("source", source)
                .put("time", now.toString())
                .object("detail", detail));
    }
}
