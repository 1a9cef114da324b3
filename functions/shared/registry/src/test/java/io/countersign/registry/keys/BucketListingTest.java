package io.countersign.registry.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.Bucket;
import io.countersign.registry.Fixture;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketListingTest {
    private static final String ONE = "1234567890123456";
    private static final String OTHER = "6543210987654321";
    private static final List<String> NAMES =
            List.of("a-1", "a-10", "a-2", "a00", "a000", "aa0", "ab-c", "abc", "b00", "zzz");

    private final Fixture fixture = new Fixture();

    @BeforeEach
    void apply() throws Exception {
        fixture.apply(manifest(ONE, NAMES) + account(OTHER, List.of("a-3", "other")));
    }

    private static String manifest(String account, List<String> buckets) {
        return "accounts:\n" + account(account, buckets);
    }

    private static String account(String account, List<String> buckets) {
        StringBuilder text = new StringBuilder("  - id: \"" + account + "\"\n    buckets:\n");
        buckets.forEach(name -> text.append("      - {name: ").append(name).append(", region: cn-hangzhou}\n"));
        return text.toString();
    }

    private BucketListing.Listed list(String account, String prefix, String marker, int max) throws StoreUnavailable {
        return new BucketListing(fixture.store, Fixture.NOW).of(account, prefix, marker, max);
    }

    private static List<String> names(BucketListing.Listed listed) {
        return listed.buckets().stream().map(Bucket::name).toList();
    }

    @Test
    void hasTheBucketsOfOneAccountInTheOrderOfTheirNames() throws StoreUnavailable {
        assertThat(names(list(ONE, "", "", 100))).isEqualTo(NAMES);
        assertThat(names(list(OTHER, "", "", 100))).containsExactly("a-3", "other");
        assertThat(names(list("1111111111111111", "", "", 100))).isEmpty();
        assertThat(list(ONE, "", "", 100).more()).isFalse();
        assertThat(list(ONE, "", "", 100).buckets())
                .allMatch(bucket -> bucket.created().equals(Optional.of(Fixture.NOW)));
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "9", "10", "11"})
    void pagesFollowEachOther(int max) throws StoreUnavailable {
        List<String> all = new ArrayList<>();
        BucketListing.Listed page = list(ONE, "", "", max);
        while (page.more()) {
            assertThat(page.buckets()).hasSize(max);
            all.addAll(names(page));
            page = list(ONE, "", all.getLast(), max);
        }
        all.addAll(names(page));
        assertThat(all).isEqualTo(NAMES);
    }

    /** Compared with the plain rule, for beginnings and markers of every sort. */
    @Test
    void prefixAndMarkerAreTexts() throws StoreUnavailable {
        List<String> texts = List.of(
                "",
                "a",
                "a-",
                "a-1",
                "a-10",
                "a0",
                "ab",
                "abc",
                "abcd",
                "b",
                "z",
                "zzz",
                "zzzz",
                "-",
                "0",
                "A",
                "_",
                "a b",
                "a\u0000",
                "a-1\u0001x",
                "a\u00e9",
                "\ud83d\ude00",
                "\ud800",
                "~",
                "bucket/",
                "a/",
                "x".repeat(63),
                "a".repeat(2000));
        for (String prefix : texts) {
            for (String marker : texts) {
                assertThat(names(list(ONE, prefix, marker, 100)))
                        .as("%s after %s", prefix, marker)
                        .isEqualTo(NAMES.stream()
                                .filter(name -> name.startsWith(prefix) && name.compareTo(marker) > 0)
                                .toList());
            }
        }
    }

    @Test
    void aLongListIsReadInPages() throws Exception {
        List<String> many = new ArrayList<>();
        for (int i = 1000; i < 1250; i++) {
            many.add("many-" + i);
        }
        fixture.apply(manifest("2222222222222222", many));
        assertThat(names(list("2222222222222222", "many", "", 1000))).isEqualTo(many);
        BucketListing.Listed first = list("2222222222222222", "", "", 249);
        assertThat(first.more()).isTrue();
        assertThat(names(first)).isEqualTo(many.subList(0, 249));
    }
}
