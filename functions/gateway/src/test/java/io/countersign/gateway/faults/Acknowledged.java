package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;

/** Writes that gateways have acknowledged: objects that they made public, and requests that they accepted once. */
final class Acknowledged {
    private static final int SAMPLE = 100;

    private final Queue<String> published = new ConcurrentLinkedQueue<>();
    private final Queue<String> used = new ConcurrentLinkedQueue<>();

    void published(String key) {
        published.add(key);
    }

    void used(String query) {
        used.add(query);
    }

    int count() {
        return published.size() + used.size();
    }

    /** Holds a gateway to a sample of it; all of what came last is in it. */
    void isHeldBy(Calls calls, RandomGenerator random) throws Exception {
        for (String key : sample(published, random)) {
            assertThat(calls.isPublic(key)).as(key).isTrue();
        }
        for (String query : sample(used, random)) {
            assertThat(calls.identity(query).body()).contains("SignatureNonceUsed");
        }
    }

    private static List<String> sample(Queue<String> all, RandomGenerator random) {
        List<String> rest = new ArrayList<>(all);
        if (rest.size() <= SAMPLE) {
            return rest;
        }
        List<String> sample = new ArrayList<>(rest.subList(rest.size() - SAMPLE / 2, rest.size()));
        rest.subList(rest.size() - SAMPLE / 2, rest.size()).clear();
        Collections.shuffle(rest, java.util.Random.from(random));
        sample.addAll(rest.subList(0, Math.min(rest.size(), SAMPLE / 2)));
        return sample;
    }
}
