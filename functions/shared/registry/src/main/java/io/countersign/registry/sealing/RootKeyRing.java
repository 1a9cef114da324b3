package io.countersign.registry.sealing;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.crypto.SecretKey;

/**
 * All versions of a root key, held by one process. A version that is unknown, because another process made it since,
 * is looked up in the source. A version that is not there, or could not be read, is looked up again after a second at
 * the earliest, which bounds the cost of records that name it. The choice of the newest version is at most a second
 * old.
 *
 * <p>Versions that do not open the registry's sealed records are not accepted: they seal nothing, and the versions
 * held before continue to open.
 *
 * <p>Safe for any number of threads. A version that is held is returned without waiting for a look-up in progress.
 */
public final class RootKeyRing implements RootKey {
    /** How long an answer of the source is used, on a monotonic clock, because it only decides how often to ask. */
    private static final long STANDS_NANOS = 1_000_000_000L;

    private static final int MAX_MISSES = 64;

    private final RootKey.Source source;
    private final LongSupplier nanos;
    private final Map<String, Miss> misses = new HashMap<>();
    private final Optional<SealedRecords> records;
    private volatile HeldVersions held;
    private long readAt;

    private record Miss(long at, Optional<SealingException> failure) {}

    private RootKeyRing(RootKey.Source source, Optional<SealedRecords> records, LongSupplier nanos)
            throws SealingException {
        this.source = source;
        this.records = records;
        this.nanos = nanos;
        this.held = admitted(new HeldVersions(source.read()));
        this.readAt = nanos.getAsLong();
    }

    /**
     * Opens a ring without checking its versions against a registry.
     *
     * @throws SealingException as {@link RootKey.Source#read}
     */
    public static RootKeyRing open(RootKey.Source source) throws SealingException {
        return open(source, System::nanoTime);
    }

    /** @throws SealingException as {@link RootKey.Source#read}, and as {@link SealedRecords#requireOpenedBy} */
    public static RootKeyRing open(RootKey.Source source, SealedRecords records) throws SealingException {
        return open(source, records, System::nanoTime);
    }

    /** @param nanos a monotonic clock */
    static RootKeyRing open(RootKey.Source source, LongSupplier nanos) throws SealingException {
        return new RootKeyRing(source, Optional.empty(), nanos);
    }

    /** @param nanos a monotonic clock */
    static RootKeyRing open(RootKey.Source source, SealedRecords records, LongSupplier nanos) throws SealingException {
        return new RootKeyRing(source, Optional.of(records), nanos);
    }

    @Override
    public synchronized String version() throws SealingException {
        return nanos.getAsLong() - readAt >= STANDS_NANOS ? newestNow() : held.version();
    }

    /**
     * The newest version at this moment, read from the source.
     *
     * @throws SealingException as {@link RootKey.Source#read}, and when the versions do not open the registry's sealed
     *     records
     */
    public synchronized String newestNow() throws SealingException {
        read();
        return held.version();
    }

    @Override
    public Optional<SecretKey> key(String version) throws SealingException {
        Optional<SecretKey> key = held.key(version);
        return key.isPresent() ? key : lookUp(version);
    }

    /**
     * Makes a version that seals from now on. Other processes that hold this key notice within a second; until then
     * they may seal under the former version, which is kept and opens what it sealed.
     *
     * @return the newest version: this one, or one that another process made at the same time
     * @throws SealingException when none can be made
     */
    public synchronized String renew() throws SealingException {
        source.makeNext(newestNow());
        return newestNow();
    }

    private synchronized Optional<SecretKey> lookUp(String version) throws SealingException {
        Optional<SecretKey> key = held.key(version);
        if (key.isPresent() || !RootKey.Version.isName(version)) {
            return key;
        }
        forgetOldMisses();
        Miss before = misses.get(version);
        if (before != null) {
            if (before.failure().isPresent()) {
                throw again(before.failure().get());
            }
            return Optional.empty();
        }
        if (misses.size() >= MAX_MISSES) {
            throw new SealingException("the registry names many root keys that are not here;"
                    + " start with the root key that it was filled with");
        }
        try {
            read();
        } catch (SealingException e) {
            misses.put(version, new Miss(nanos.getAsLong(), Optional.of(e)));
            throw e;
        }
        key = held.key(version);
        if (key.isEmpty()) {
            misses.put(version, new Miss(readAt, Optional.empty()));
        }
        return key;
    }

    private void read() throws SealingException {
        HeldVersions now = new HeldVersions(source.read());
        held = now.hasTheNamesOf(held) ? held : admitted(now);
        readAt = nanos.getAsLong();
    }

    private HeldVersions admitted(HeldVersions versions) throws SealingException {
        if (records.isPresent()) {
            records.get().requireOpenedBy(versions);
        }
        return versions;
    }

    private void forgetOldMisses() {
        long now = nanos.getAsLong();
        misses.values().removeIf(miss -> now - miss.at() >= STANDS_NANOS);
    }

    private static SealingException again(SealingException failure) {
        return new SealingException(failure.getMessage(), failure);
    }

    /**
     * Versions that a source returned.
     *
     * @param versions oldest first, at least one
     */
    record HeldVersions(List<RootKey.Version> versions) implements RootKey {
        HeldVersions {
            versions = List.copyOf(versions);
        }

        @Override
        public String version() {
            return versions.getLast().name();
        }

        @Override
        public Optional<SecretKey> key(String version) {
            for (RootKey.Version each : versions) {
                if (each.name().equals(version)) {
                    return Optional.of(each.key());
                }
            }
            return Optional.empty();
        }

        boolean hasTheNamesOf(HeldVersions other) {
            return names().equals(other.names());
        }

        private List<String> names() {
            return versions.stream().map(RootKey.Version::name).toList();
        }
    }
}
