package io.countersign.presign.uploads;

/**
 * A part that the storage has.
 *
 * @param eTag as the storage has it, with its quotes
 * @param size in bytes
 */
record StoragePart(int number, String eTag, long size) {
    /** Whether a client names this content; clients write an ETag with its quotes or without. */
    boolean isNamed(String other) {
        return bare(eTag).equalsIgnoreCase(bare(other));
    }

    /** An ETag without its quotes. */
    static String bare(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }
}
