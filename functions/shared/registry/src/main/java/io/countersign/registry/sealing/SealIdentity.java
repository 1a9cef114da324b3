package io.countersign.registry.sealing;

import io.countersign.registry.store.ItemKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Which record a sealed text belongs to; moved to any other it does not open.
 *
 * @param item where the record stands in the table
 * @param keyId the id of the key whose secret is sealed
 */
public record SealIdentity(ItemKey item, String keyId) {
    private static final String PURPOSE = "countersign sealed secret 1";

    /** Each part behind its length, so that no two identities share their bytes. */
    byte[] associatedData() {
        byte[][] parts = {utf8(PURPOSE), utf8(item.partition()), utf8(item.sort()), utf8(keyId)};
        int size = 0;
        for (byte[] part : parts) {
            size += Integer.BYTES + part.length;
        }
        ByteBuffer data = ByteBuffer.allocate(size);
        for (byte[] part : parts) {
            data.putInt(part.length).put(part);
        }
        return data.array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
