package io.countersign.gateway.storage;

/** CRC-64 of ECMA-182, reflected, as the header x-oss-hash-crc64ecma carries it. */
final class Crc64 {
    private static final long POLYNOMIAL = 0xC96C5795D7870F42L;
    private static final long[] OF_BYTES = ofBytes();

    private Crc64() {}

    private static long[] ofBytes() {
        long[] table = new long[256];
        for (int value = 0; value < table.length; value++) {
            long crc = value;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ POLYNOMIAL;
            }
            table[value] = crc;
        }
        return table;
    }

    /** The unsigned decimal digits. */
    static String of(byte[] content) {
        long crc = -1;
        for (byte b : content) {
            crc = crc >>> 8 ^ OF_BYTES[(int) (crc ^ b) & 0xFF];
        }
        return Long.toUnsignedString(~crc);
    }
}
