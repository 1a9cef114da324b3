package io.countersign.gateway.storage;

/** CRC-64 of ECMA-182, reflected, as the header x-oss-hash-crc64ecma carries it. */
final class Crc64 {
    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;

    private Crc64() {}

    /** The unsigned decimal digits. */
    static String of(byte[] content) {
        long crc = -1;
        for (byte b : content) {
            crc ^= b & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
        }
        return Long.toUnsignedString(~crc);
    }
}
