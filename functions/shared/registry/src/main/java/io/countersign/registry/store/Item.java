package io.countersign.registry.store;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * An item as it stands in the store. A store makes it of what it read and of the checksum beside that, so that nothing is read from one that does not match. Such a damaged item is
 * there all the same: to leave it out would take a revocation or a Deny away.
 */
public final class Item {
    private final ItemKey key;
    private final long version;
    private final Optional<String> payload;
    private final Optional<Instant> expiresAt;

    private Item(ItemKey key, long version, Optional<String> payload, Optional<Instant> expiresAt) {
        this.key = key;
        this.version = version;
        this.payload = payload;
        this.expiresAt = expiresAt;
    }

    /**
     * What was read.
     *
     * @param key where it was looked for
     * @param checksum what stands beside it
     */
    public static Item of(ItemKey key, long version, String payload, Optional<Instant> expiresAt, long checksum) {
        return checksum == Checksum.of(key, version, payload, expiresAt)
                ? new Item(key, version, Optional.of(payload), expiresAt)
                : damaged(key, version);
    }

    /** An item of a format that has no checksums: made only while the store's own mark says that it has that format. */
    public static Item withoutChecksum(ItemKey key, long version, String payload, Optional<Instant> expiresAt) {
        return new Item(key, version, Optional.of(payload), expiresAt);
    }

    /** An item of which nothing but its place can be relied on. */
    public static Item damaged(ItemKey key, long version) {
        return new Item(key, version, Optional.empty(), Optional.empty());
    }

    public ItemKey key() {
        return key;
    }

    /** Changes with every write of the item and never comes a second time for one key, not even after a delete; it has no order. */
    public long version() {
        return version;
    }

    /**
     * JSON text.
     *
     * @throws InvalidDocumentException when the item does not match its checksum
     */
    public String payload() throws InvalidDocumentException {
        return payload.orElseThrow(() ->
                new InvalidDocumentException(new Value.Location("", 1), "the record does not match its checksum"));
    }

    /** The same; empty when the item does not match its checksum. */
    public Optional<String> intact() {
        return payload;
    }

    /** From this moment on (to the millisecond) the item is as good as gone; empty for a damaged one, of which that is not known. */
    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** Whether the expiry has come: at that very moment it has. A damaged item never expires. */
    public boolean expired(Instant now) {
        return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Item item
                && key.equals(item.key)
                && version == item.version
                && payload.equals(item.payload)
                && expiresAt.equals(item.expiresAt);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, version, payload, expiresAt);
    }

    /** Without the payload, which may be a person's. */
    @Override
    public String toString() {
        return key + " version " + version + (payload.isPresent() ? "" : " damaged");
    }

    /**
     * The checksum that stands beside each record: CRC-32C (RFC 3720, appendix B.4) over its key, version, expiry and payload. It finds bytes that a disk, a memory or a hand
     * changed, and a record that was moved under another key. It is no signature: who may write the store can write a checksum that matches.
     */
    public static final class Checksum {
        /** A length for each part of the key, the version, and the expiry behind whether there is one. */
        private static final int FIXED_BYTES = 4 + 4 + 8 + 1 + 8;

        private Checksum() {}

        /** @return 0 to 4,294,967,295 */
        public static long of(ItemKey key, long version, String payload, Optional<Instant> expiresAt) {
            byte[] partition = key.partition().getBytes(StandardCharsets.UTF_8);
            byte[] sort = key.sort().getBytes(StandardCharsets.UTF_8);
            ByteBuffer place = ByteBuffer.allocate(FIXED_BYTES + partition.length + sort.length)
                    .putInt(partition.length)
                    .put(partition)
                    .putInt(sort.length)
                    .put(sort)
                    .putLong(version)
                    .put((byte) (expiresAt.isPresent() ? 1 : 0))
                    .putLong(expiresAt.map(Instant::toEpochMilli).orElse(0L))
                    .flip();
            CRC32C sum = new CRC32C();
            sum.update(place);
            sum.update(payload.getBytes(StandardCharsets.UTF_8));
            return sum.getValue();
        }
    }
}
