package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.registry.OidcProvider;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;

/** Has the keys of a provider from wherever the provider keeps them: in the registry, or at an address. */
final class JwksResolver {
    /** Addresses whose keys are remembered; the one that was not asked for longest makes room. */
    private static final int MAX_ADDRESSES = 1_000;

    private final JwksFetcher fetcher;
    private final SequencedMap<URI, CachedJwks> published = new LinkedHashMap<>(16, 0.75f, true);

    JwksResolver(JwksFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /** @throws CallerRefusal UnknownKey, or KeysUnavailable when the keys cannot be had */
    PublicKey keyFor(OidcProvider provider, CompactToken.TokenHeader header, Instant now) throws CallerRefusal {
        return switch (provider.jwks()) {
            case OidcProvider.JwksSource.Inline inline -> inline(inline.json()).keyFor(header);
            case OidcProvider.JwksSource.At at -> published(at.uri()).keyFor(header, now);
        };
    }

    private static Jwks inline(String json) throws CallerRefusal {
        try {
            return Jwks.of(Values.parse(json));
        } catch (InvalidDocumentException e) {
            throw new CallerRefusal(
                    CallerRefusal.Code.KEYS_UNAVAILABLE,
                    "The provider's registered keys are not a key set; correct them in the registry.");
        }
    }

    private synchronized CachedJwks published(URI uri) {
        CachedJwks keys = published.computeIfAbsent(uri, address -> new CachedJwks(address, fetcher));
        if (published.size() > MAX_ADDRESSES) {
            published.pollFirstEntry();
        }
        return keys;
    }

    /**
     * The keys of one provider that publishes them, remembered. They are read again when they are five minutes old, and for a key id that is not among them, then
     * at most once a minute, so that made-up ids cost the provider nothing. When they cannot be read, the old ones serve until they are an hour old; then nobody
     * passes. One reads at a time.
     */
    static final class CachedJwks {
        static final Duration FRESH = Duration.ofMinutes(5);
        static final Duration FORCED = Duration.ofMinutes(1);
        static final Duration RETRY = Duration.ofSeconds(10);
        static final Duration STALE = Duration.ofHours(1);

        private record Read(Jwks keys, Instant at) {}

        private final URI uri;
        private final JwksFetcher fetcher;
        private final ReentrantLock reading = new ReentrantLock();
        private volatile Optional<Read> last = Optional.empty();
        private volatile Instant tried = Instant.MIN;

        CachedJwks(URI uri, JwksFetcher fetcher) {
            this.uri = uri;
            this.fetcher = fetcher;
        }

        /** @throws CallerRefusal UnknownKey, or KeysUnavailable when there are none that may still be used */
        PublicKey keyFor(CompactToken.TokenHeader header, Instant now) throws CallerRefusal {
            Optional<Read> usable = usable(now);
            if (usable.isEmpty()) {
                read(now, RETRY);
            } else if (isOlder(usable.get().at(), FRESH, now)
                    || !header.keyId().map(usable.get().keys()::has).orElse(true)) {
                read(now, FORCED);
            }
            return usable(now).orElseThrow(CachedJwks::unavailable).keys().keyFor(header);
        }

        private Optional<Read> usable(Instant now) {
            return last.filter(read -> !isOlder(read.at(), STALE, now));
        }

        /** Nobody waits for another's reading: a provider that hangs holds one thread, and whoever has no keys meanwhile is told so at once. */
        private void read(Instant now, Duration notAgainWithin) {
            if (!reading.tryLock()) {
                return;
            }
            try {
                if (isOlder(tried, notAgainWithin, now)) {
                    tried = now;
                    last = Optional.of(new Read(Jwks.of(Values.parse(fetcher.fetch(uri))), now));
                }
            } catch (IOException | InvalidDocumentException e) {
                // What was read before serves on while it may; without it the caller is told that there are no keys.
            } finally {
                reading.unlock();
            }
        }

        private static boolean isOlder(Instant moment, Duration age, Instant now) {
            return moment.equals(Instant.MIN) || !now.isBefore(moment.plus(age));
        }

        private static CallerRefusal unavailable() {
            return new CallerRefusal(
                    CallerRefusal.Code.KEYS_UNAVAILABLE,
                    "The provider's keys cannot be read at present; try again, or have the operator check the address of its key set.");
        }
    }
}
