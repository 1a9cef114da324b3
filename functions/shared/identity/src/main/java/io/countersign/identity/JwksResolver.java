package io.countersign.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.countersign.http.LongWork;
import io.countersign.http.Outages;
import io.countersign.http.Reasons;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.registry.OidcProvider;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** Finds the key of a token in the key set of its provider, which is in the registry or published at an address. */
final class JwksResolver {
    /** The most cached key sets that are published at addresses. */
    private static final int MAX_ADDRESSES = 1_000;

    /** The most characters of the cached key sets of the registry: some 1,000 of a usual size. */
    private static final int MAX_CHARACTERS = 2 * 1024 * 1024;

    private final JwksFetcher fetcher;
    private final LongWork longWork;
    private final Cache<URI, CachedJwks> published = Caffeine.newBuilder()
            .maximumWeight(MAX_ADDRESSES)
            .weigher((URI address, CachedJwks keys) -> 1)
            .executor(Runnable::run)
            .build();

    /** By the JSON text of the set, so that a set that the registry has replaced is not used. */
    private final Cache<String, Jwks> registered = Caffeine.newBuilder()
            .maximumWeight(MAX_CHARACTERS)
            .weigher((String json, Jwks keys) -> json.length())
            .executor(Runnable::run)
            .build();

    /** @param longWork is told before a key set is read or parsed */
    JwksResolver(JwksFetcher fetcher, LongWork longWork) {
        this.fetcher = fetcher;
        this.longWork = longWork;
    }

    /** @throws CallerRefusal UnknownKey, or KeysUnavailable when there is no key set */
    Jwks.VerifyingKey keyFor(OidcProvider provider, CompactToken.Header header, Instant now) throws CallerRefusal {
        return switch (provider.jwks()) {
            case OidcProvider.JwksSource.Inline inline ->
                inline(provider, inline.json()).keyFor(header);
            case OidcProvider.JwksSource.At at -> published(at.uri()).keyFor(header, now);
        };
    }

    private Jwks inline(OidcProvider provider, String json) throws CallerRefusal {
        Jwks known = registered.getIfPresent(json);
        if (known != null) {
            return known;
        }
        longWork.begins();
        try {
            Jwks keys = Jwks.of(Values.parse(json));
            registered.put(json, keys);
            return keys;
        } catch (InvalidDocumentException e) {
            Outages.log(
                    new IOException("the registered keys of the provider " + provider.name() + " are no key set", e));
            throw new CallerRefusal(
                    CallerRefusal.Code.KEYS_UNAVAILABLE,
                    "The provider's registered keys are not a key set; correct them in the registry.");
        }
    }

    private CachedJwks published(URI uri) {
        return published.get(uri, address -> new CachedJwks(address, fetcher, longWork));
    }

    /**
     * The cached key set of one provider. It is read again when it is five minutes old, and for an unknown key id, but then at most once a minute, so that invented ids
     * do not load the provider. While it cannot be read, the cached one is used until it is an hour old; then every token is refused. One thread reads at a time.
     */
    static final class CachedJwks {
        static final Duration FRESH = Duration.ofMinutes(5);
        static final Duration FORCED = Duration.ofMinutes(1);
        static final Duration RETRY = Duration.ofSeconds(10);
        static final Duration STALE = Duration.ofHours(1);

        private record Read(Jwks keys, Instant at) {}

        private final URI uri;
        private final JwksFetcher fetcher;
        private final LongWork longWork;
        private final ReentrantLock reading = new ReentrantLock();
        private volatile Optional<Read> last = Optional.empty();
        private volatile Instant attempted = Instant.MIN;

        CachedJwks(URI uri, JwksFetcher fetcher, LongWork longWork) {
            this.uri = uri;
            this.fetcher = fetcher;
            this.longWork = longWork;
        }

        /** @throws CallerRefusal UnknownKey, or KeysUnavailable when there is no usable key set */
        Jwks.VerifyingKey keyFor(CompactToken.Header header, Instant now) throws CallerRefusal {
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

        /** Returns at once while another thread reads, so that a provider that hangs blocks one thread only. */
        private void read(Instant now, Duration minInterval) {
            if (!isOlder(attempted, minInterval, now)) {
                return;
            }
            longWork.begins();
            if (!reading.tryLock()) {
                return;
            }
            try {
                if (isOlder(attempted, minInterval, now)) {
                    attempted = now;
                    last = Optional.of(new Read(Jwks.of(Values.parse(fetcher.fetch(uri))), now));
                }
            } catch (IOException | InvalidDocumentException e) {
                // The cached key set is used until it is stale; without one the caller gets KeysUnavailable.
                Outages.log(new IOException("the keys at " + place() + " cannot be read: " + Reasons.ofRoot(e), e));
            } finally {
                reading.unlock();
            }
        }

        /** A query may have a secret. */
        private String place() {
            return uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
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
