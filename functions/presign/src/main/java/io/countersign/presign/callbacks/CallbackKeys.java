package io.countersign.presign.callbacks;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys with which OSS signs callbacks, from the one host that publishes them. A caller chooses the path of a file there and nothing else: no scheme, host, port, user, query or escape.
 * At most four keys are kept, for an hour each, and a day where the host does not answer. One file is read at a time, and one that could not be read not again for ten seconds. Safe for any
 * number of threads.
 */
final class CallbackKeys {
    static final int MAX_KEYS = 4;
    static final Duration FRESH = Duration.ofHours(1);
    static final Duration STALE = Duration.ofDays(1);
    static final Duration RETRY = Duration.ofSeconds(10);

    /** The paths of files that could not be read. The oldest is forgotten. */
    private static final int MAX_FAILURES = 16;

    /** A little more than reading one file takes. */
    private static final int WAIT_SECONDS = 3;

    private static final Pattern ADDRESS =
            Pattern.compile("https?://gosspublic\\.alicdn\\.com(/[A-Za-z0-9_/-]+\\.pem)");

    private final CallbackFunction.KeyFetcher fetcher;
    private final ReentrantLock reading = new ReentrantLock();
    private final Map<String, Read> keys = new LinkedHashMap<>();
    private final Map<String, Instant> failures = new LinkedHashMap<>();

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

    /** @throws IOException when the file is not there, cannot be read in time, or is no key; the message is for the operator's log */
    PublicKey at(String path, Instant now) throws IOException {
        try {
            if (!reading.tryLock(WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("another key of OSS's callbacks is being read");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("waiting for a key of OSS's callbacks was interrupted", e);
        }
        try {
            return locked(path, now);
        } finally {
            reading.unlock();
        }
    }

    private PublicKey locked(String path, Instant now) throws IOException {
        Optional<Read> known = Optional.ofNullable(keys.get(path)).filter(read -> isYounger(read.at(), STALE, now));
        if (known.isPresent() && isYounger(known.get().at(), FRESH, now)) {
            return known.get().key();
        }
        Optional<Instant> failed = Optional.ofNullable(failures.get(path));
        if (failed.isEmpty() || !isYounger(failed.get(), RETRY, now)) {
            Optional<PublicKey> read = read(path);
            if (read.isPresent()) {
                failures.remove(path);
                put(keys, MAX_KEYS, path, new Read(read.get(), now));
                return read.get();
            }
            put(failures, MAX_FAILURES, path, now);
        }
        return known.map(Read::key)
                .orElseThrow(
                        () -> new IOException("the key of OSS's callbacks cannot be read at gosspublic.alicdn.com"));
    }

    private Optional<PublicKey> read(String path) {
        try {
            return CallbackSignature.key(fetcher.fetch(URI.create("https://gosspublic.alicdn.com" + path)));
        } catch (IOException e) {
            return Optional.empty();
        }
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
