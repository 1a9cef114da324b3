package io.countersign.gateway.decisions;

import io.countersign.http.DecisionFacts;
import io.countersign.signing.SignatureVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts allowed requests by access key, signature version and client, where the log does not have them. Its memory is bounded: {@value #MAX_KEYS} keys, and one count for all others. The keys of
 * sessions come and go, so they are counted for their role. Nothing is counted that was refused: who may not pass cannot fill it. Safe for any number of threads.
 */
public final class UsageCounts {
    /** The most keys between two lines. */
    static final int MAX_KEYS = 10_000;

    private static final String SESSION_PREFIX = "STS.";
    private static final String SESSIONS = "STS.*";
    private static final String ROLE = ":role/";
    private static final Key OTHERS = new Key(Optional.empty(), Optional.empty());

    private final Map<Key, Uses> keys = new ConcurrentHashMap<>();

    /**
     * Who uses signatures.
     *
     * @param accessKeyId {@code STS.*} for the sessions of a role; empty for all keys past the bound
     * @param principal the ARN of the key's owner, or of the role
     */
    record Key(Optional<String> accessKeyId, Optional<String> principal) {
        static Key of(String accessKeyId, Optional<String> principal) {
            return accessKeyId.startsWith(SESSION_PREFIX)
                    ? new Key(Optional.of(SESSIONS), principal.map(Key::role))
                    : new Key(Optional.of(accessKeyId), principal);
        }

        /** The ARN of a session without the session's name. */
        private static String role(String session) {
            int name = session.indexOf(ROLE);
            int end = name < 0 ? -1 : session.indexOf('/', name + ROLE.length());
            return end < 0 ? session : session.substring(0, end);
        }
    }

    /** The uses of one key until they are taken. */
    private static final class Uses {
        private final long[][] counts = new long[SignatureVersion.values().length][];
        private Instant first;
        private Instant last;
        private boolean taken;

        Uses(Instant at) {
            this.first = at;
            this.last = at;
        }

        /** Returns false when these were taken meanwhile. */
        synchronized boolean add(SignatureVersion version, UserAgentFamily family, Instant at) {
            if (taken) {
                return false;
            }
            long[] known = counts[version.ordinal()];
            long[] ofVersion = known == null ? new long[UserAgentFamily.values().length] : known;
            counts[version.ordinal()] = ofVersion;
            ofVersion[family.ordinal()]++;
            first = at.isBefore(first) ? at : first;
            last = at.isAfter(last) ? at : last;
            return true;
        }

        synchronized LogEntry.Usage take(Key key, Instant at) {
            taken = true;
            Map<String, Map<String, Long>> all = new TreeMap<>();
            for (SignatureVersion version : SignatureVersion.values()) {
                long[] ofVersion = counts[version.ordinal()];
                Map<String, Long> families = new TreeMap<>();
                for (UserAgentFamily family : UserAgentFamily.values()) {
                    if (ofVersion != null && ofVersion[family.ordinal()] > 0) {
                        families.put(family.text(), ofVersion[family.ordinal()]);
                    }
                }
                if (!families.isEmpty()) {
                    all.put(version.name(), families);
                }
            }
            return new LogEntry.Usage(at, key.accessKeyId(), key.principal(), first, last, all);
        }
    }

    /** Counts an allowed decision, if it is one on a request with a signature. */
    void count(DecisionFacts facts, UserAgentFamily family, Instant at) {
        Optional<String> id = facts.accessKeyId();
        Optional<SignatureVersion> version = facts.signatureVersion().flatMap(UsageCounts::version);
        if (!facts.judged() || facts.hypothetical() || id.isEmpty() || version.isEmpty()) {
            return;
        }
        Key key = Key.of(id.get(), facts.principal());
        while (!uses(key, at).add(version.get(), family, at)) {
            Thread.onSpinWait();
        }
    }

    private static Optional<SignatureVersion> version(String text) {
        for (SignatureVersion version : SignatureVersion.values()) {
            if (version.name().equals(text)) {
                return Optional.of(version);
            }
        }
        return Optional.empty();
    }

    private Uses uses(Key key, Instant at) {
        Uses known = keys.get(key);
        if (known != null) {
            return known;
        }
        synchronized (keys) {
            Key counted = keys.size() < MAX_KEYS || keys.containsKey(key) ? key : OTHERS;
            return keys.computeIfAbsent(counted, missing -> new Uses(at));
        }
    }

    /** Takes all counts out. A use that is counted meanwhile is in these or in the next. */
    List<LogEntry.Usage> take(Instant at) {
        List<LogEntry.Usage> taken = new ArrayList<>();
        for (Map.Entry<Key, Uses> entry : keys.entrySet()) {
            keys.remove(entry.getKey(), entry.getValue());
            taken.add(entry.getValue().take(entry.getKey(), at));
        }
        return taken;
    }
}
