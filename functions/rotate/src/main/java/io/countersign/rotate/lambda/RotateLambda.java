package io.countersign.rotate.lambda;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Problem;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.lambda.Answer;
import io.countersign.lambda.Event;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.Invoker;
import io.countersign.lambda.Outcome;
import io.countersign.lambda.Shared;
import io.countersign.lambda.UndecidedException;
import io.countersign.registry.store.StoreUnavailable;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code /events} behind a function URL; or the events of the bus and of the schedule themselves. What they lead to goes out on the bus. An invocation that does not do
 * what its event asks for fails: Lambda then tries it again, which does no harm, and at last puts it where the operator finds it (its dead-letter queue or
 * destination for failures). Each sends all that waits, also what was refused a moment ago: those who invoke it pause by themselves.
 */
@Singleton
public final class RotateLambda {
    private final Invoker invoker = Invoker.of("rotate");
    private final Shared<RotateParts> parts = new Shared<>(invoker, RotateParts::on);
    private final HttpLambda url =
            new HttpLambda(invoker, HttpLambda.Callers.TRUSTED, deployment -> Map.of("/events", this::answer));

    /** A payload of the function's URL. */
    @Funq
    public Answer http(Event event) throws InvalidEventException {
        return url.handle(event);
    }

    /** One event of EventBridge, whatever its type. */
    @Funq
    public Answer event(Event event) throws UndecidedException {
        RotateParts at = parts.get();
        return invoker.invoke("event", id(event.value()), now -> {
            Reply reply = at.face().handle(post(event.value()), now);
            Outcome outcome = Outcome.of(reply);
            if (reply.status() != 200) {
                throw new UndecidedException("the event was not carried out: " + outcome.code());
            }
            try {
                at.outbox().sendAll(now);
            } catch (StoreUnavailable | IOException e) {
                throw new UndecidedException("events wait in the registry: " + e.getMessage());
            }
            return new Invoker.Result<>(new Answer(reply.body().utf8()), outcome, Facts.counts(reply.body()));
        });
    }

    private Reply answer(Call call, Instant now) {
        RotateParts at = parts.get();
        Reply reply = at.face().handle(call, now);
        try {
            // What was told before and not sent goes out too.
            at.outbox().sendAll(now);
            return reply;
        } catch (StoreUnavailable | IOException e) {
            return Problem.unavailable(e).reply();
        }
    }

    private static Call post(Value event) {
        return new Call(
                "POST",
                "/events",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(JsonText.of(event)),
                "lambda",
                true);
    }

    private static String id(Value event) {
        return event instanceof ObjectValue object && object.members().get("id") instanceof StringValue id
                ? id.text()
                : "none";
    }
}
