package io.countersign.rotate.eventbridge;

import io.countersign.registry.rotation.OutboxItem;
import io.countersign.rotate.EventSink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Puts events on an event bus of EventBridge. EventBridge gives each event an id of its own, so {@code resources} carries the event's id, by which a receiver
 * recognises duplicates, as {@code countersign:event/<id>}.
 */
public final class EventBridgeSink implements EventSink {
    static final String SOURCE = "countersign";
    static final String RESOURCE = "countersign:event/";

    private final EventBridgeClient client;
    private final String bus;

    /** @param bus the name or ARN of the event bus, whose policy decides who may put events */
    public EventBridgeSink(EventBridgeClient client, String bus) {
        this.client = client;
        this.bus = bus;
    }

    /** @throws IOException when the bus did not accept every event; its message names the error's code only */
    @Override
    public void send(List<OutboxItem.OutgoingEvent> events) throws IOException {
        List<PutEventsRequestEntry> entries = events.stream().map(this::entry).toList();
        PutEventsResponse answer;
        try {
            answer = client.putEvents(request -> request.entries(entries));
        } catch (SdkException e) {
            throw new IOException(
                    "the event bus cannot be reached: " + e.getClass().getSimpleName(), e);
        }
        if (answer.failedEntryCount() != 0) {
            List<OutboxItem.OutgoingEvent> refused = new ArrayList<>();
            for (int i = 0; i < Math.min(events.size(), answer.entries().size()); i++) {
                if (answer.entries().get(i).errorCode() != null) {
                    refused.add(events.get(i));
                }
            }
            String code = answer.entries().stream()
                    .flatMap(entry -> Optional.ofNullable(entry.errorCode()).stream())
                    .findFirst()
                    .orElse("no reason");
            String problem = "the event bus refused " + answer.failedEntryCount() + " events: " + code;
            throw answer.entries().size() == events.size() && refused.size() == answer.failedEntryCount()
                    ? new EventSink.NotTaken(problem, refused)
                    : new IOException(problem);
        }
    }

    private PutEventsRequestEntry entry(OutboxItem.OutgoingEvent event) {
        return PutEventsRequestEntry.builder()
                .eventBusName(bus)
                .source(SOURCE)
                .detailType(event.type())
                .time(event.time())
                .resources(RESOURCE + event.id())
                .detail(event.detail())
                .build();
    }
}
