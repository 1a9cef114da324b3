package io.countersign.rotate.ram;

/** Whether the key that a call was about is there. */
public enum Found {
    THERE,
    /** RAM holds no such key of the user: it was deleted, or it is so fresh that RAM does not know it everywhere. */
    GONE
}
