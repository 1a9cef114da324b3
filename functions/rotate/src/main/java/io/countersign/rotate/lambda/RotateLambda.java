package io.countersign.rotate.lambda;

import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Outages;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.lambda.AnswerWriter;
import io.countersign.lambda.Deployment;
import io.countersign.lambda.EventReader;
import io.countersign.lambda.HttpLambda;
import io.countersign.lambda.InvalidEventException;
import io.countersign.lambda.InvocationOutcome;
import io.countersign.lambda.Invoker;
import io.countersign.lambda.Shared;
import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.EventAnswer;
import io.countersign.rotate.EventBusSettings;
import io.countersign.rotate.EventSink;
import io.countersign.rotate.Fact;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.rotate.eventbridge.EventBridgeSink;
import io.countersign.rotate.ram.RamClient;
import io.countersign.rotate.sessions.RevokeFunction;
import io.countersign.settings.PropertyValues;
import io.quarkus.funqy.Funq;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;

/**
 * Binds rotation to Lambda: {@code /events} and {@code /sessions/revoke} behind a function URL, or events that EventBridge and its scheduler deliver. Rotation's own events go out on the bus.
 *
 * <p>An invocation fails when its event is not carried out. Lambda then retries it, which does no harm, and at last moves it to the function's dead-letter queue or
 * destination for failures. Each invocation sends all events that wait, without the pause that follows a refusal: EventBridge and Lambda pause between attempts
 * themselves.
 */
@Singleton
public final class RotateLambda {
    private final Invoker invoker = Invoker.of("rotate");
    private final Shared<Parts> parts = new Shared<>(invoker, Parts::on);
    private final HttpLambda url = new HttpLambda(invoker, HttpLambda.Callers.TRUSTED, this::faces);

    private Map<String, Endpoint> faces(Deployment deployment) {
        return Map.of(
                "/events",
                this::answer,
                "/sessions/revoke",
                new RevokeFunction(deployment.store(), deployment.random())::handle);
    }

    /** Answers a payload of the function's URL. */
    @Funq
    public AnswerWriter.Answer http(EventReader.Event event) throws InvalidEventException {
        return url.handle(event);
    }

    /**
     * Carries out one event of EventBridge, of any type that rotation takes.
     *
     * @throws InvalidEventException.NoDecisionException when the event is not carried out, or events of rotation wait for the bus
     */
    @Funq
    public AnswerWriter.Answer event(EventReader.Event event) throws InvalidEventException.NoDecisionException {
        Parts at = parts.get();
        return invoker.invoke("event", id(event.value()), now -> {
            IncomingEvent incoming = read(event);
            EventAnswer.Done done = carryOut(at.rotation(), incoming, now);
            try {
                at.outbox().sendAll(now);
            } catch (StoreUnavailable | IOException e) {
                throw new InvalidEventException.NoDecisionException("events wait in the registry: " + e.getMessage());
            }
            return new Invoker.Result<>(
                    new AnswerWriter.Answer(EventAnswer.json(incoming, done)),
                    InvocationOutcome.ALLOWED,
                    counts(done.facts()));
        });
    }

    private Reply answer(Call call, Instant now) {
        Parts at = parts.get();
        Reply reply = at.function().handle(call, now);
        try {
            // Events of earlier calls that the bus did not accept go out too.
            at.outbox().sendAll(now);
            return reply;
        } catch (StoreUnavailable | IOException e) {
            return ProblemException.Problem.unavailable(e).reply();
        }
    }

    private static IncomingEvent read(EventReader.Event event) throws InvalidEventException.NoDecisionException {
        if (event.length() > RequestLimits.BODY) {
            throw notCarriedOut("it is too large; send at most " + RequestLimits.BODY + " bytes");
        }
        try {
            return IncomingEvent.read(event.value());
        } catch (InvalidDocumentException e) {
            throw notCarriedOut(e.location() + ": " + e.problem());
        }
    }

    private static EventAnswer.Done carryOut(Rotation rotation, IncomingEvent event, Instant now)
            throws InvalidEventException.NoDecisionException {
        try {
            return switch (rotation.handle(event, now)) {
                case EventAnswer.Done done -> done;
                case EventAnswer.Refused refused ->
                    throw notCarriedOut(refused.refusal().code());
            };
        } catch (StoreUnavailable e) {
            Outages.log(e);
            throw notCarriedOut("Unavailable");
        }
    }

    private static InvalidEventException.NoDecisionException notCarriedOut(String reason) {
        return new InvalidEventException.NoDecisionException("the event was not carried out: " + reason);
    }

    private static String id(Value event) {
        return event instanceof ObjectValue object && object.members().get("id") instanceof StringValue id
                ? id.text()
                : "none";
    }

    /** Counts the facts of each type, for metrics. */
    private static Map<String, Integer> counts(List<Fact> facts) {
        Map<String, Integer> counts = new HashMap<>();
        facts.forEach(fact -> counts.merge(fact.type().text(), 1, Integer::sum));
        return counts;
    }

    /** Sends events to the bus of the settings. The first event makes the client: most invocations send none. */
    static final class Bus implements EventSink {
        private final String name;
        private final String region;
        private final Optional<URI> endpoint;
        private final Duration budget;
        private Optional<EventSink> sink = Optional.empty();

        /** @throws PropertyValues.InvalidSettingException when a value is malformed or missing */
        Bus(PropertyValues values) throws PropertyValues.InvalidSettingException {
            this.name = values.string(EventBusSettings.BUS);
            this.region = AwsProperties.region(values);
            this.endpoint = AwsProperties.endpoint(values, EventBusSettings.ENDPOINT);
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
            return AwsProperties.Clients.<EventBridgeClient, EventBridgeClientBuilder>of(
                    EventBridgeClient.builder(), region, endpoint, budget, AwsHost.LAMBDA);
        }
    }

    /** The parts that the first invocation makes of its deployment. */
    record Parts(Rotation rotation, RotateFunction function, Outbox outbox) {
        static Parts on(Deployment deployment) throws PropertyValues.InvalidSettingException {
            PropertyValues values = deployment.values();
            RamClient ram = new RamClient(
                    RamClient.Endpoint.from(values), deployment.random(), InstantSource.system(), System::nanoTime);
            Rotation rotation = new Rotation(
                    deployment.store(), deployment.sealer(), RotateSettings.from(values), deployment.random(), ram);
            return new Parts(rotation, new RotateFunction(rotation), new Outbox(deployment.store(), new Bus(values)));
        }
    }
}
