package io.countersign.presign.callbacks;

import io.countersign.http.Outages;
import io.countersign.http.Reasons;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys with which OSS signs callbacks, from the one host that publishes them. A caller chooses the path of a file there and nothing else: no scheme, host, port, user, query or escape.
 * At most four keys are kept, for an hour each, and a day where the host does not answer; a kept key is given without waiting for anything. Whoever may upload can name new paths at will, so
 * one file of an unknown path is read at a time, and ten in a minute; calls that find this used up are refused at once. The path that OSS documents, and those of kept keys, are read beside
 * these and not counted. A file that could not be read is not read again for ten seconds. Safe for any number of threads.
 */
final class CallbackKeys {
    static final int MAX_KEYS = 4;
    static final Duration FRESH = Duration.ofHours(1);
    static final Duration STALE = Duration.ofDays(1);
    static final Duration RETRY = Duration.ofSeconds(10);

    /** Reads of unknown paths in any minute. */
    static final int MAX_UNKNOWN = 10;

    /** The path of OSS's page "Callback". */
    static final String DOCUMENTED = "/callback_pub_key_v1.pem";

    private static final Duration UNKNOWN_WINDOW = Duration.ofMinutes(1);

    /** The paths of files that could not be read: more than are read in {@link #RETRY}. The oldest is forgotten. */
    private static final int MAX_FAILURES = 16;

    /** A little more than reading one file takes. */
    private static final int WAIT_SECONDS = 3;

    /** Calls that wait for the documented key, which a server does not have when it starts. */
    private static final int MAX_WAITING = 8;

    private static final Pattern ADDRESS =
            Pattern.compile("https?://gosspublic\\.alicdn\\.com(/[A-Za-z0-9_/-]+\\.pem)");

    private final CallbackFunction.KeyFetcher fetcher;
    private final ReentrantLock readingTrusted = new ReentrantLock();
    private final ReentrantLock readingUnknown = new ReentrantLock();
    private final Map<String, Instant> failures = new LinkedHashMap<>();
    private final Deque<Instant> unknown = new ArrayDeque<>();

    /** Never changed, but replaced. The oldest is first. */
    private volatile Map<String, Read> keys = Map.of();

    private record Read(PublicKey key, Instant at) {}

    CallbackKeys(CallbackFunction.KeyFetcher fetcher) {
        this.fetcher = fetcher;
    }

    /**
     * Returns the path that the header {@code x-oss-pub-key-url} names.
     *
     * @return empty unless it is Base64 of an http or https URL of a {@code .pem} file of gosspublic.alicdn.com
     */
    static Optional<String> path(String header) {
        try {
            String url = new String(Base64.getDecoder().decode(header), StandardCharsets.ISO_8859_1);
            Matcher address = ADDRESS.matcher(url);
            return address.matches() ? Optional.of(address.group(1)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** @throws IOException when the file is not there, cannot be read in time or now, or is no key; the message is for the operator's log */
    PublicKey at(String path, Instant now) throws IOException {
        Optional<Read> kept = Optional.ofNullable(keys.get(path));
        Optional<PublicKey> fresh = younger(kept, FRESH, now);
        if (fresh.isPresent()) {
            return fresh.get();
        }
        Optional<PublicKey> stale = younger(kept, STALE, now);
        boolean trusted = kept.isPresent() || path.equals(DOCUMENTED);
        ReentrantLock reading = trusted ? readingTrusted : readingUnknown;
        if (!begins(reading, trusted && stale.isEmpty())) {
            return stale.orElseThrow(() -> new IOException("another key of OSS's callbacks is being read"));
        }
        try {
            return readOnce(path, trusted, now)
                    .or(() -> stale)
                    .orElseThrow(() ->
                            new IOException("the key of OSS's callbacks cannot be read at gosspublic.alicdn.com"));
        } finally {
            reading.unlock();
        }
    }

    private static boolean begins(ReentrantLock reading, boolean mayWait) throws IOException {
        if (!mayWait || reading.getQueueLength() >= MAX_WAITING) {
            return reading.tryLock();
        }
        try {
            return reading.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("waiting for a key of OSS's callbacks was interrupted", e);
        }
    }

    /** Another call may have read the file, or failed to, since this one looked. */
    private Optional<PublicKey> readOnce(String path, boolean trusted, Instant now) {
        Optional<PublicKey> fresh = younger(Optional.ofNullable(keys.get(path)), FRESH, now);
        if (fresh.isPresent() || !mayRead(path, trusted, now)) {
            return fresh;
        }
        Optional<PublicKey> read = read(path);
        note(path, read, now);
        return read;
    }

    /** Counts the read of an unknown path. */
    private synchronized boolean mayRead(String path, boolean trusted, Instant now) {
        Optional<Instant> failed = Optional.ofNullable(failures.get(path));
        if (failed.isPresent() && isYounger(failed.get(), RETRY, now)) {
            return false;
        }
        if (trusted) {
            return true;
        }
        while (!unknown.isEmpty() && !isYounger(unknown.getFirst(), UNKNOWN_WINDOW, now)) {
            unknown.removeFirst();
        }
        if (unknown.size() >= MAX_UNKNOWN) {
            return false;
        }
        unknown.addLast(now);
        return true;
    }

    private synchronized void note(String path, Optional<PublicKey> read, Instant now) {
        if (read.isEmpty()) {
            put(failures, MAX_FAILURES, path, now);
            return;
        }
        failures.remove(path);
        Map<String, Read> next = new LinkedHashMap<>(keys);
        put(next, MAX_KEYS, path, new Read(read.get(), now));
        keys = next;
    }

    private Optional<PublicKey> read(String path) {
        try {
            return CallbackSignature.key(fetcher.fetch(URI.create("https://gosspublic.alicdn.com" + path)));
        } catch (IOException e) {
            // Without the path, which is the caller's text.
            Outages.log(
                    new IOException("a key with which OSS signs callbacks cannot be read: " + Reasons.ofRoot(e), e));
            return Optional.empty();
        }
    }

    private static Optional<PublicKey> younger(Optional<Read> kept, Duration age, Instant now) {
        return kept.filter(read -> isYounger(read.at(), age, now)).map(Read::key);
    }

    private static boolean isYounger(Instant moment, Duration age, Instant now) {
        return now.isBefore(moment.plus(age));
    }

    /** Removes the oldest entry beyond the most. */
    private static <T> void put(Map<String, T> map, int most, String path, T value) {
        map.remove(path);
        map.put(path, value);
        if (map.size() > most) {
            map.remove(map.keySet().iterator().next());
        }
    }
}
