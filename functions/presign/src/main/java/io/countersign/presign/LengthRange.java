package io.countersign.presign;

/** Bytes that an uploaded file may have, both ends included. */
record LengthRange(long min, long max) {
    /** The largest file that a form may bring (protocol.md 4). */
    static final long LARGEST = 5L * 1024 * 1024 * 1024;

    static final LengthRange ANY = new LengthRange(0, LARGEST);
}
