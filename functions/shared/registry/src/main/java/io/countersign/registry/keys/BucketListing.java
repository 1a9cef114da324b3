package io.countersign.registry.keys;

import io.countersign.registry.AccountItem;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Records;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Lists the buckets of one account in the order of their names, in a number of reads that the length of the list bounds. */
public record BucketListing(RegistryStore store, Instant now) {
    /** A character that comes after each one of a bucket's name. */
    private static final char AFTER_ALL = '~';

    /** One more than a bucket's name has: what follows cannot matter. */
    private static final int LONGEST = 64;

    /**
     * @param buckets in the order of their names
     * @param more whether there are others behind them
     */
    public record Listed(List<Bucket> buckets, boolean more) {
        public Listed {
            buckets = List.copyOf(buckets);
        }
    }

    /**
     * Returns buckets of an account.
     *
     * @param prefix how their names begin; any text
     * @param marker their names come after it; any text
     * @param max their largest number, from 1 to 1000
     */
    public Listed of(String account, String prefix, String marker, int max) throws StoreUnavailable {
        List<String> names = names(account, prefix, marker, max + 1);
        boolean more = names.size() > max;
        return new Listed(buckets(account, more ? names.subList(0, max) : names), more);
    }

    private List<String> names(String account, String prefix, String marker, int most) throws StoreUnavailable {
        List<String> names = new ArrayList<>();
        if (!isBeginning(prefix)) {
            return names;
        }
        String partition = AccountItem.contents(account);
        String wanted = BucketItem.SORT_PREFIX + prefix;
        String before = prefix.isEmpty() ? "" : before(prefix);
        String from = place(marker).compareTo(before) > 0 ? place(marker) : before;
        Optional<String> after = Optional.of(BucketItem.SORT_PREFIX + from);
        while (after.isPresent() && names.size() < most) {
            RegistryStore.Page page = store.query(
                    partition,
                    after,
                    Math.min(most - names.size(), RegistryStore.MAX_PAGE),
                    RegistryStore.Consistency.EVENTUAL,
                    now);
            after = page.next();
            for (Item item : page.items()) {
                if (!item.key().sort().startsWith(wanted)) {
                    return names;
                }
                names.add(Records.read(item, BucketItem::readReference));
            }
        }
        return names;
    }

    private static boolean isBeginning(String prefix) {
        return prefix.length() < LONGEST && prefix.chars().allMatch(BucketListing::isOfName);
    }

    private static boolean isOfName(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    /** A text that comes before every name with this beginning, and after every name that comes before those. */
    private static String before(String prefix) {
        int last = prefix.length() - 1;
        return prefix.substring(0, last) + (char) (prefix.charAt(last) - 1) + AFTER_ALL;
    }

    /** A printable text that has the place of a marker among all names of buckets. */
    private static String place(String marker) {
        StringBuilder place = new StringBuilder();
        for (char c : marker.substring(0, Math.min(marker.length(), LONGEST)).toCharArray()) {
            if (c <= ' ') {
                return place.toString();
            }
            if (c >= AFTER_ALL) {
                return place.append(AFTER_ALL).toString();
            }
            place.append(c);
        }
        return place.toString();
    }

    private List<Bucket> buckets(String account, List<String> names) throws StoreUnavailable {
        List<Bucket> buckets = new ArrayList<>();
        for (int from = 0; from < names.size(); from += RegistryStore.MAX_KEYS) {
            Set<ItemKey> keys = new LinkedHashSet<>();
            names.subList(from, Math.min(from + RegistryStore.MAX_KEYS, names.size()))
                    .forEach(name -> keys.add(BucketItem.key(name)));
            Map<ItemKey, Item> items = store.get(keys, RegistryStore.Consistency.EVENTUAL, now);
            for (ItemKey key : keys) {
                // One that an apply has just removed is in neither list.
                Optional<Item> item = Optional.ofNullable(items.get(key));
                if (item.isPresent()) {
                    buckets.add(Records.read(item.get(), BucketItem::read));
                }
            }
        }
        return buckets.stream()
                .filter(bucket -> bucket.accountId().equals(account))
                .toList();
    }
}
