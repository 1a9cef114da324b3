package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.gateway.events.Delivery;
import io.countersign.json.JsonText;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.EventAnswer;
import io.countersign.rotate.Fact;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.Rotation;
import io.countersign.rotate.ram.RamClient;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;

/** Processes one event as a server does, sends the resulting events to the log and the webhook, and prints the result. */
record RotationRunner(QuickCommands.Tools tools, Path directory, boolean json) {
    /** @throws CommandFailure with rotation's code if it refuses, or EventsNotSent if only sending the events failed */
    void take(IncomingEvent event) throws CommandFailure, StoreUnavailable {
        Settings settings = QuickCommands.Tools.settings();
        try (OpenedData data = tools.existing(directory, settings)) {
            Instant now = tools.now();
            switch (Rotations.of(data, settings, tools.random(), tools.clock()).handle(event, now)) {
                case EventAnswer.Done done -> {
                    Sent sent = send(data, settings, now);
                    print(event, done.facts(), sent.count());
                    sent.requireAll();
                }
                case EventAnswer.Refused refused -> {
                    send(data, settings, now);
                    throw refusal(refused.refusal());
                }
            }
        }
    }

    /** @param problem why the other events were not sent; empty if all were sent */
    private record Sent(int count, String problem) {
        void requireAll() throws CommandFailure {
            if (!problem.isEmpty()) {
                throw new CommandFailure(
                        "EventsNotSent",
                        "The printed changes were made, but their events wait in the registry: " + problem
                                + "; a server or rotate --due sends them later.");
            }
        }
    }

    /** Events that cannot be sent now wait in the registry. The changes do not depend on them. */
    private Sent send(OpenedData data, Settings settings, Instant now) {
        try (Delivery delivery = Delivery.of(data.store(), settings.rotation(), tools.terminal()::note)) {
            return new Sent(delivery.sendAll(now), "");
        } catch (StoreUnavailable | IOException e) {
            return new Sent(0, String.valueOf(e.getMessage()));
        }
    }

    private void print(IncomingEvent event, List<Fact> facts, int sent) {
        if (json) {
            tools.out().println(document(event, facts, sent));
            return;
        }
        facts.forEach(fact -> tools.out().println(fact.type().text() + "  " + fact.subject()));
        tools.out().println("done: " + facts.size() + ", events sent: " + sent);
    }

    private static String document(IncomingEvent event, List<Fact> facts, int sent) {
        return JsonText.object(members -> members.put("id", event.id())
                .objects(
                        "done",
                        facts,
                        (one, fact) -> one.put("event", fact.type().text()).put("subject", fact.subject()))
                .put("sent", sent));
    }

    private static CommandFailure refusal(EventAnswer.Refusal refusal) {
        return new CommandFailure(refusal.code(), refusal.title() + ". " + refusal.advice());
    }

    /** The rotation of a registry, for a server or a command. */
    static final class Rotations {
        private Rotations() {}

        static Rotation of(OpenedData data, Settings settings, SecureRandom random, InstantSource clock) {
            RamClient ram = new RamClient(settings.rotation().ramEndpoint(), random, clock, System::nanoTime);
            return new Rotation(data.store(), data.sealer(), settings.rotation().rules(), random, ram);
        }
    }

    /** Ids of the actions of operators, for events and audit records. */
    static final class EventIds {
        private static final int BYTES = 12;

        private EventIds() {}

        static String next(SecureRandom random) {
            byte[] id = new byte[BYTES];
            random.nextBytes(id);
            return "operator-" + HexFormat.of().formatHex(id);
        }
    }
}
