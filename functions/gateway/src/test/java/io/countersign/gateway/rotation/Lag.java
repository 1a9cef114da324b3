package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Measures how long after a compromise anybody still takes the key, or what rests on it: on the clock of the test, over readers whose caches are of different ages. */
final class Lag {
    static final Duration STEP = Duration.ofMillis(250);

    /** Where a key counts. */
    enum Way {
        VERIFIED,
        SESSION_VERIFIED,
        FOUNDS_SESSIONS,
        PRESIGNS,
        SELF_SIGNS
    }

    private final Site site;
    private final String bucket;
    private final List<Reader> readers = new ArrayList<>();
    private final Map<Way, Duration> longest = new EnumMap<>(Way.class);
    private final AccessKey key;
    private final Held.Session job;

    /** Each reader looks at the key in ways of its own at moments of its own, for as long as a cache remembers. */
    Lag(Site site, String bucket, int count, RandomGenerator random) throws StoreUnavailable {
        this.site = site;
        this.bucket = bucket;
        Reader first = site.reader();
        this.key = first.signer(bucket, site.now).orElseThrow();
        this.job = first.assumeRole(key, bucket, Site.LONGEST, site.now).orElseThrow();
        for (int i = 0; i < count; i++) {
            readers.add(site.reader());
        }
        for (int i = 0; i < 3 * count; i++) {
            site.pass(Site.BOUND.dividedBy(3L * count));
            Reader reader = readers.get(random.nextInt(count));
            Way way = Way.values()[random.nextInt(Way.values().length)];
            assertThat(takes(reader, way, site.now)).as(way.name()).isTrue();
        }
        // One looks at the last moment for the first time: what follows is the worst that a cache can do.
        Reader last = site.reader();
        readers.add(last);
        for (Way way : Way.values()) {
            assertThat(takes(last, way, site.now)).as(way.name()).isTrue();
        }
    }

    String keyId() {
        return key.id();
    }

    /** Asks everybody, four times a second, for longer than a cache remembers. */
    void measure() throws StoreUnavailable {
        Instant since = site.witness.outOfUse(key.id()).orElseThrow();
        Instant end = site.now.plus(Site.BOUND.plusSeconds(1));
        while (site.now.isBefore(end)) {
            for (Reader reader : readers) {
                for (Way way : Way.values()) {
                    if (takes(reader, way, site.now)) {
                        longest.merge(way, Duration.between(since, site.now), Lag::longer);
                    }
                }
            }
            site.pass(STEP);
        }
    }

    /** The last moment at which a reader accepted it; zero if none did. */
    Duration longest() {
        return longest.values().stream().reduce(Duration.ZERO, Lag::longer);
    }

    @Override
    public String toString() {
        return "of " + readers.size() + " readers the last took a compromised key so long after the event: " + longest;
    }

    private boolean takes(Reader reader, Way way, Instant now) throws StoreUnavailable {
        return switch (way) {
            case VERIFIED ->
                reader.verify(Held.presigned(bucket, key, Optional.empty(), now), now)
                        .allowed();
            case SESSION_VERIFIED -> reader.verify(job.request(now), now).allowed();
            case FOUNDS_SESSIONS ->
                reader.assumeRole(key, bucket, Site.LONGEST, now).isPresent();
            case PRESIGNS -> reader.presign(bucket, Site.LONGEST, now).keyId().equals(key.id());
            case SELF_SIGNS -> reader.selfSign(bucket, now).keyId().equals(key.id());
        };
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
