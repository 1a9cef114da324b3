package io.countersign.registry.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The checksum that stands beside each record: CRC-32C (RFC 3720, appendix B.4) over its key, version, expiry and payload. It finds bytes that a disk, a memory or a hand
 * changed, and a record that was moved under another key. It is no signature: who may write the store can write a checksum that matches.
 */
public final class Checksum {
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
