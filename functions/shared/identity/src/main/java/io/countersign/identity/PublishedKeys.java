package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.URI;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The keys of one provider that publishes them, remembered. They are read again when they are five minutes old, and for a key id that is not among them, then
 * at most once a minute, so that made-up ids cost the provider nothing. When they cannot be read, the old ones serve until they are an hour old; then nobody
 * passes. One reads at a time.
 */
final class PublishedKeys {
    static final Duration FRESH = Duration.ofMinutes(5);
    static final Duration FORCED = Duration.ofMinutes(1);
    static final Duration RETRY = Duration.ofSeconds(10);
    static final Duration STALE = Duration.ofHours(1);

    private record Read(KeySet keys, Instant at) {}

    private final URI uri;
    private final JwksFetcher fetcher;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Optional<Read> last = Optional.empty();
    private volatile Instant tried = Instant.MIN;

    PublishedKeys(URI uri, JwksFetcher fetcher) {
        this.uri = uri;
        this.fetcher = fetcher;
    }

    /** @throws CallerRefusal UnknownKey, or KeysUnavailable when there are none that may still be used */
    PublicKey keyFor(TokenHeader header, Instant now) throws CallerRefusal {
        Optional<Read> usable = usable(now);
        if (usable.isEmpty()) {
            read(now, RETRY);
        } else if (isOlder(usable.get().at(), FRESH, now)
                || !header.keyId().map(usable.get().keys()::has).orElse(true)) {
            read(now, FORCED);
        }
        return usable(now).orElseThrow(PublishedKeys::unavailable).keys().keyFor(header);
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
                last = Optional.of(new Read(KeySet.of(Values.parse(fetcher.fetch(uri))), now));
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
                CallerError.KEYS_UNAVAILABLE,
                "The provider's keys cannot be read at present; try again, or have the operator check the address of its key set.");
    }
}
