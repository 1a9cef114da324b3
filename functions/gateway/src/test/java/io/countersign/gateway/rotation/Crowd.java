package io.countersign.gateway.rotation;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.random.RandomGenerator;

/** Clients that work at the same time, each in a thread of its own, while two processes get every event at once. The clock stops during a request. */
final class Crowd {
    private static final Duration LONGEST_STEP = Duration.ofMinutes(40);

    private final Site site;
    private final Claims claims;
    private final int clients;
    private final ReadWriteLock clock = new ReentrantReadWriteLock(true);
    private final AtomicBoolean over = new AtomicBoolean();

    Crowd(Site site, int clients) {
        this.site = site;
        this.claims = new Claims(site.witness);
        this.clients = clients;
    }

    Claims claims() {
        return claims;
    }

    void run(int rotations) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> working = new ArrayList<>();
            try {
                for (int i = 0; i < clients; i++) {
                    RandomGenerator random = Seeds.random();
                    Client client = new Client(site.reader(), claims, random);
                    working.add(threads.submit(() -> work(client)));
                }
                rotate(rotations, threads);
            } finally {
                over.set(true);
            }
            for (Future<?> client : working) {
                client.get();
            }
        }
    }

    private Void work(Client client) throws StoreUnavailable {
        while (!over.get()) {
            clock.readLock().lock();
            try {
                Instant now = site.now;
                client.ask(now);
                client.use(5, now);
                client.steal(site.witness.outOfUse(), now);
            } finally {
                clock.readLock().unlock();
            }
        }
        return null;
    }

    private void rotate(int rotations, ExecutorService threads) throws Exception {
        RandomGenerator random = Seeds.random();
        while (site.witness.made() < rotations) {
            clock.writeLock().lock();
            try {
                site.pass(Duration.ofMillis(random.nextLong(LONGEST_STEP.toMillis())));
            } finally {
                clock.writeLock().unlock();
            }
            String key = site.keysOf(Site.any(random)).getLast().id();
            boolean leaked = random.nextInt(5) == 0;
            if (leaked) {
                claims.compromise(key);
            }
            twice(new IncomingEvent.Scheduled(site.newId()), threads);
            twice(
                    leaked
                            ? new IncomingEvent.AccessKeyCompromised(site.newId(), key)
                            : new IncomingEvent.AccessKeyRotationRequested(site.newId(), key),
                    threads);
        }
    }

    private void twice(IncomingEvent event, ExecutorService threads) throws Exception {
        Callable<Void> send = () -> {
            site.send(event);
            return null;
        };
        for (Future<Void> sent : threads.invokeAll(List.of(send, send))) {
            sent.get();
        }
    }
}
