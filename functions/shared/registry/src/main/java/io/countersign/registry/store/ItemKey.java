package io.countersign.registry.store;

/**
 * The key of an item in the table. Both parts are compared by their UTF-8 bytes.
 *
 * @param partition the unit of a query; 1 to 2,048 bytes
 * @param sort orders the items of a partition; 1 to 1,024 bytes
 */
public record ItemKey(String partition, String sort) {
    private static final int PARTITION_BYTES = 2_048;
    private static final int SORT_BYTES = 1_024;

    public ItemKey {
        bounded("partition", partition, PARTITION_BYTES);
        bounded("sort", sort, SORT_BYTES);
    }

    /** Written out, as {@link #hashCode}: the JVM makes those of a record when they are first called, which takes a part of the gateway's start. */
    @Override
    public boolean equals(Object other) {
        return other instanceof ItemKey key && partition.equals(key.partition) && sort.equals(key.sort);
    }

    @Override
    public int hashCode() {
        return 31 * partition.hashCode() + sort.hashCode();
    }

    private static void bounded(String part, String text, int bytes) {
        int length = Utf8.length(text);
        if (length < 0) {
            throw new IllegalArgumentException("the " + part + " of an item key has half a character");
        }
        if (length == 0 || length > bytes) {
            throw new IllegalArgumentException("the " + part + " of an item key has 1 to " + bytes + " bytes");
        }
    }
}
