package io.countersign.gateway.rotation;

import io.countersign.gateway.rotation.MortalStore.Death;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.rotate.IncomingEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.random.RandomGenerator;

/** Clients work without pause while keys rotate: events come doubled, late and in another order, keys are compromised, processes are killed and started anew. */
final class Load {
    /**
     * How much of it.
     *
     * @param clients each with a process, and so a cache, of its own
     * @param uses requests that each makes between two events
     * @param step the longest time from one event to the next
     * @param rounds measurements of a compromise
     */
    record Pace(int clients, int uses, Duration step, int rounds) {}

    /** One step in so many brings a compromise. */
    private static final int COMPROMISED = 6;

    private final Site site;
    private final Pace pace;
    private final RandomGenerator random;
    private final Claims claims;
    private final List<Client> clients = new ArrayList<>();
    private final Deque<IncomingEvent> late = new ArrayDeque<>();
    private int steps;

    Load(Site site, Pace pace, RandomGenerator random) {
        this.site = site;
        this.pace = pace;
        this.random = random;
        this.claims = new Claims(site.witness);
        for (int i = 0; i < pace.clients(); i++) {
            clients.add(new Client(site.reader(), claims, random));
        }
    }

    Claims claims() {
        return claims;
    }

    void run(int rotations) throws Exception {
        while (site.witness.made() < rotations) {
            site.pass(Duration.ofMillis(random.nextLong(pace.step().toMillis())));
            clientsWork();
            for (IncomingEvent event : events()) {
                deliver(event);
            }
            // Some of the caches know the state from before the events, some the one after.
            site.pass(Duration.ofMillis(random.nextInt(7_000)));
            clientsWork();
            site.killed(site.telling(random.nextInt(3)), death(), () -> {});
        }
    }

    private void clientsWork() throws Exception {
        for (Client client : clients) {
            if (random.nextInt(20) == 0) {
                client.restarted(site.reader());
            }
            if (random.nextInt(3) == 0) {
                client.ask(site.now);
            }
            client.use(pace.uses(), site.now);
            client.steal(site.witness.outOfUse(), site.now);
        }
    }

    private List<IncomingEvent> events() {
        List<IncomingEvent> events = new ArrayList<>(List.of(new IncomingEvent.Scheduled(site.newId())));
        StoredKey key = any();
        if (++steps % COMPROMISED == 0) {
            claims.compromise(key.id());
            events.add(new IncomingEvent.AccessKeyCompromised(site.newId(), key.id()));
        }
        if (random.nextInt(100) < 40) {
            events.add(new IncomingEvent.AccessKeyRotationRequested(site.newId(), key.id()));
        }
        if (random.nextInt(100) < 4) {
            events.add(new IncomingEvent.TokenKeyRotationRequested(site.newId()));
        }
        java.util.Collections.shuffle(events, random);
        return events;
    }

    /** Compromises of keys that are Inactive already are of no interest. */
    private StoredKey any() {
        List<StoredKey> keys = site.keysOf(Site.any(random)).stream()
                .filter(key -> key.status() != KeyStatus.INACTIVE)
                .toList();
        return keys.get(random.nextInt(keys.size()));
    }

    /** Some events come twice, and some scheduled ones long after others that were sent later. */
    private void deliver(IncomingEvent event) throws Exception {
        if (event instanceof IncomingEvent.Scheduled && random.nextInt(5) == 0) {
            late.add(event);
        } else {
            send(event);
        }
        if (random.nextInt(4) == 0) {
            send(event);
        }
        while (late.size() > 2) {
            send(random.nextBoolean() ? late.removeFirst() : late.removeLast());
        }
    }

    /** Processes die at some of the events; clients go on in whatever state that has left, and the next process starts as each does. */
    private void send(IncomingEvent event) throws Exception {
        if (random.nextInt(3) > 0) {
            site.send(event);
            return;
        }
        site.killed(site.sending(event), death(), () -> {
            site.pass(Duration.ofMillis(random.nextInt(3_000)));
            if (random.nextInt(3) == 0) {
                clientsWork();
                site.killed(site::apply, death(), () -> {});
            }
        });
    }

    private Death death() {
        return random.nextBoolean() ? Death.BEFORE_THE_WRITE : Death.BEFORE_THE_ANSWER;
    }
}
