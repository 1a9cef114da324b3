package io.countersign.rotate.lambda;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import io.countersign.lambda.AnswerWriter;
import io.countersign.lambda.Deployment;
import io.countersign.lambda.EventReader;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.Invoker;
import io.countersign.lambda.Outcome;
import io.countersign.lambda.Shared;
import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.EventSink;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.rotate.eventbridge.EventBridgeSink;
import io.countersign.rotate.ram.RamClient;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;

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
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    /** One event of EventBridge, whatever its type. */
    @Funq
    public AnswerWriter.Answer event(EventReader.Event event) throws InvalidEventException.NoDecisionException {
        RotateParts at = parts.get();
        return invoker.invoke("event", id(event.value()), now -> {
            Reply reply = at.face().handle(post(event.value()), now);
            Outcome outcome = Outcome.of(reply);
            if (reply.status() != 200) {
                throw new InvalidEventException.NoDecisionException("the event was not carried out: " + outcome.code());
            }
            try {
                at.outbox().sendAll(now);
            } catch (StoreUnavailable | IOException e) {
                throw new InvalidEventException.NoDecisionException("events wait in the registry: " + e.getMessage());
            }
            return new Invoker.Result<>(
                    new AnswerWriter.Answer(reply.body().utf8()), outcome, Facts.counts(reply.body()));
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
            return ProblemException.Problem.unavailable(e).reply();
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

    /** The bus of the settings, whose client is made when the first event goes out: most invocations find nothing to tell. */
    static final class Bus implements EventSink {
        private final String name;
        private final String region;
        private final Optional<URI> endpoint;
        private final Duration budget;
        private Optional<EventSink> sink = Optional.empty();

        /** @throws InvalidSettingException when a value is malformed or missing */
        Bus(PropertyValues values) throws PropertyValues.InvalidSettingException {
            this.name = values.string(Property.EVENTS_BUS);
            this.region = AwsProperties.region(values);
            this.endpoint = AwsProperties.endpoint(values, Property.EVENTS_ENDPOINT);
            this.budget = AwsProperties.budget(values);
        }

        @Override
        public synchronized void send(List<OutboxItem.OutgoingEvent> events) throws IOException {
            if (sink.isEmpty()) {
                sink = Optional.of(new EventBridgeSink(client(), name));
            }
            sink.get().send(events);
        }

        private EventBridgeClient client() {
            return AwsProperties.AwsClients.<EventBridgeClient, EventBridgeClientBuilder>of(
                    EventBridgeClient.builder(), region, endpoint, budget, AwsHost.LAMBDA);
        }
    }

    /** How often each thing was done, for metrics. */
    static final class Facts {
        private Facts() {}

        /** @param answer as {@code /events} gives it: {@code {"id":..., "done":[{"event":...},...]}} */
        static Map<String, Integer> counts(Bytes answer) {
            Map<String, Integer> counts = new TreeMap<>();
            try {
                for (Value fact : Members.of(Values.parse(answer.toArray())).list("done")) {
                    counts.merge(Members.of(fact).string("event"), 1, Integer::sum);
                }
            } catch (InvalidDocumentException e) {
                throw new IllegalStateException("an answer of this function's own cannot be read", e);
            }
            return counts;
        }
    }

    /** What the function is, on one deployment. */
    record RotateParts(RotateFunction face, Outbox outbox) {
        private static final Duration LEAST = Duration.ofDays(1);
        private static final Duration MOST = Duration.ofDays(3_650);

        static RotateParts on(Deployment at) throws PropertyValues.InvalidSettingException {
            Duration tokenKeyEvery = at.values().duration(Property.ROTATION_TOKEN_KEY_EVERY, LEAST, MOST);
            RotateSettings settings = new RotateSettings(at.cache().ttl(), tokenKeyEvery);
            RamClient.RamEndpoint endpoint =
                    at.values().uri(Property.ROTATION_RAM_ENDPOINT, RamClient.RamEndpoint::new);
            RamClient ram = new RamClient(endpoint, at.random(), InstantSource.system(), System::nanoTime);
            Rotation rotation = new Rotation(at.store(), at.sealer(), settings, at.random(), ram);
            return new RotateParts(new RotateFunction(rotation), new Outbox(at.store(), new Bus(at.values())));
        }
    }
}
