package io.countersign.rotate.lambda;

import io.countersign.registry.aws.AwsClients;
import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.aws.AwsProperties;
import io.countersign.registry.rotation.OutgoingEvent;
import io.countersign.rotate.EventSink;
import io.countersign.rotate.eventbridge.EventBridgeSink;
import io.countersign.settings.InvalidSettingException;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClientBuilder;

/** The bus of the settings, whose client is made when the first event goes out: most invocations find nothing to tell. */
final class Bus implements EventSink {
    private final String name;
    private final String region;
    private final Optional<URI> endpoint;
    private final Duration budget;
    private Optional<EventSink> sink = Optional.empty();

    /** @throws InvalidSettingException when a value is malformed or missing */
    Bus(PropertyValues values) throws InvalidSettingException {
        this.name = values.string(Property.EVENTS_BUS);
        this.region = AwsProperties.region(values);
        this.endpoint = AwsProperties.endpoint(values, Property.EVENTS_ENDPOINT);
        this.budget = AwsProperties.budget(values);
    }

    @Override
    public synchronized void send(List<OutgoingEvent> events) throws IOException {
        if (sink.isEmpty()) {
            sink = Optional.of(new EventBridgeSink(client(), name));
        }
        sink.get().send(events);
    }

    private EventBridgeClient client() {
        return AwsClients.<EventBridgeClient, EventBridgeClientBuilder>of(
                EventBridgeClient.builder(), region, endpoint, budget, AwsHost.LAMBDA);
    }
}
