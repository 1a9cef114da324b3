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
 * A stored item. A store makes it from the fields that it read and their checksum, so that the payload of a damaged
 * item cannot be read. A damaged item is still returned: leaving it out could remove a revocation or a Deny.
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
     * Makes an item from the fields that were read.
     *
     * @param key the key that was read
     * @param checksum the checksum that was stored with the item
     */
    public static Item of(ItemKey key, long version, String payload, Optional<Instant> expiresAt, long checksum) {
        return checksum == Checksum.of(key, version, payload, expiresAt)
                ? new Item(key, version, Optional.of(payload), expiresAt)
                : damaged(key, version);
    }

    /**
     * Makes an item of a format without checksums. Use it only while the store's own record says that it has that
     * format.
     */
    public static Item withoutChecksum(ItemKey key, long version, String payload, Optional<Instant> expiresAt) {
        return new Item(key, version, Optional.of(payload), expiresAt);
    }

    /** Makes an item of which only the key and version are reliable. */
    public static Item damaged(ItemKey key, long version) {
        return new Item(key, version, Optional.empty(), Optional.empty());
    }

    public ItemKey key() {
        return key;
    }

    /**
     * Changes with every write of the item and is never repeated for a key, not even after a delete. Versions have no
     * order.
     */
    public long version() {
        return version;
    }

    /**
     * The JSON text.
     *
     * @throws InvalidDocumentException when the item does not match its checksum
     */
    public String payload() throws InvalidDocumentException {
        return payload.orElseThrow(() ->
                new InvalidDocumentException(new Value.Location("", 1), "the record does not match its checksum"));
    }

    /** The JSON text; empty when the item does not match its checksum. */
    public Optional<String> intact() {
        return payload;
    }

    /**
     * The moment, in whole milliseconds, from which the item counts as absent; empty for a damaged item, whose expiry
     * is unknown.
     */
    public Optional<Instant> expiresAt() {
        return expiresAt;
    }

    /** Whether the item has expired; it has at the moment itself. A damaged item never expires. */
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

    /** Leaves out the payload, which may be personal data. */
    @Override
    public String toString() {
        return key + " version " + version + (payload.isPresent() ? "" : " damaged");
    }

    /**
     * The checksum of a stored item: CRC-32C (RFC 3720, appendix B.4) over its key, version, expiry and payload. It
     * detects bytes that a disk, a memory or an operator changed, and items that were moved to another key. It is not
     * a signature: anyone who can write the store can write a matching checksum.
     */
    public static final class Checksum {
        /** A length for each part of the key, the version, and the expiry with a flag before it. */
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
