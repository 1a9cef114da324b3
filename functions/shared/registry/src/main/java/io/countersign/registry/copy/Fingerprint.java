package io.countersign.registry.copy;

import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * The number of items, and one SHA-256 over the keys, expiries and payloads of them all. It is the same in each store
 * that has the same items: neither the order of a store nor the versions, which each store gives itself, nor the mark of a
 * copy are part of it.
 *
 * @param sha256 64 hexadecimal digits
 */
public record Fingerprint(long items, String sha256) {
    private static final int PART = 250;

    /**
     * Reads all items that have not expired.
     *
     * @throws StoreUnavailable when the store does not answer
     * @throws StoreUnavailable.UnreadableRecord when an item is damaged
     */
    public static Fingerprint of(ScannableStore store, Instant now) throws StoreUnavailable {
        List<byte[]> hashes = new ArrayList<>();
        ScannableStore.each(store, PART, now, item -> {
            if (!item.key().equals(CopyMark.KEY)) {
                hashes.add(hash(item));
            }
        });
        hashes.sort(Arrays::compareUnsigned);
        MessageDigest all = digest();
        hashes.forEach(all::update);
        return new Fingerprint(hashes.size(), HexFormat.of().formatHex(all.digest()));
    }

    /** Each part is preceded by its length, so that no two items have the same bytes. */
    private static byte[] hash(Item item) throws StoreUnavailable {
        ItemKey key = item.key();
        String payload = item.intact().orElseThrow(() -> StoreUnavailable.UnreadableRecord.damaged(key));
        MessageDigest hash = digest();
        for (String text : List.of(key.partition(), key.sort(), payload)) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            hash.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
            hash.update(bytes);
        }
        hash.update(ByteBuffer.allocate(1 + Long.BYTES)
                .put((byte) (item.expiresAt().isPresent() ? 1 : 0))
                .putLong(item.expiresAt().map(Instant::toEpochMilli).orElse(0L))
                .flip());
        return hash.digest();
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
