package io.countersign.registry.store;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes that are made all or not at all.
 *
 * @param writes 1 to {@link #MAX_WRITES} with different keys, at most {@link #MAX_PAYLOAD_BYTES} of payload together
 */
public record Transaction(List<Write> writes) {
    /** The limit of TransactWriteItems in DynamoDB. */
    public static final int MAX_WRITES = 100;

    /** Below the 4 MB limit of TransactWriteItems in DynamoDB. */
    public static final int MAX_PAYLOAD_BYTES = 3_500_000;

    /**
     * @throws IllegalArgumentException when a bound is exceeded or a key is repeated: the caller plans its
     *     transactions
     */
    public Transaction {
        writes = List.copyOf(writes);
        if (writes.isEmpty() || writes.size() > MAX_WRITES) {
            throw new IllegalArgumentException("a transaction has 1 to " + MAX_WRITES + " writes");
        }
        Set<ItemKey> keys = new HashSet<>();
        long bytes = 0;
        for (Write write : writes) {
            if (!keys.add(write.key())) {
                throw new IllegalArgumentException("a transaction writes each key once");
            }
            bytes += write instanceof Write.Put put ? Write.bytes(put.payload()) : 0;
        }
        if (bytes > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException("a transaction has at most " + MAX_PAYLOAD_BYTES + " bytes of payload");
        }
    }

    public static Transaction of(Write... writes) {
        return new Transaction(List.of(writes));
    }
}
