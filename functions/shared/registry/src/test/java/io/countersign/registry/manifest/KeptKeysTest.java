package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.BaseDomains;
import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.store.ItemKey;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Secrets of new keys when the apply that makes them is interrupted. */
class KeptKeysTest {
    private static final String TWO =
            "accounts: [{id: \"1\", users: [{name: u, accessKeys: [{}]}, {name: v, accessKeys: [{}]}]}]";

    private final Fixture fixture = new Fixture();
    private final Kept kept = new Kept();

    /** Keeps keys in a list, and looks at the store's contents when it is asked to. */
    private final class Kept implements KeyKeeper {
        private final List<ApplyReport.GeneratedKey> keys = new ArrayList<>();
        private boolean full;
        private Runnable before = () -> {};

        @Override
        public String place() {
            return "the list";
        }

        @Override
        public void keep(List<ApplyReport.GeneratedKey> made) throws IOException {
            if (full) {
                throw new IOException("no space left");
            }
            before.run();
            assertThat(fixture.store.payloads().keySet())
                    .doesNotContainAnyElementsOf(
                            made.stream().map(KeptKeysTest::item).toList());
            keys.addAll(made);
        }

        @Override
        public void drop(List<ApplyReport.GeneratedKey> made) {
            keys.removeAll(made);
        }

        private List<String> ids() {
            return keys.stream().map(key -> key.accessKey().id()).toList();
        }
    }

    @Test
    void keepsEveryKeyBeforeItIsInTheRegistry() throws Exception {
        String many = IntStream.range(0, 60)
                .mapToObj(i -> "{name: u" + i + ", accessKeys: [{}]}")
                .collect(Collectors.joining(", ", "accounts: [{id: \"1\", users: [", "]}]"));
        apply(many, Set.of());
        int whole = fixture.store.writes();
        assertThat(whole).isGreaterThan(3);
        for (int last = 0; last < whole; last++) {
            KeptKeysTest test = new KeptKeysTest();
            test.fixture.store.diesAfter(last);
            assertThatThrownBy(() -> test.apply(many, Set.of())).isInstanceOf(ApplyRefusal.ApplyInterrupted.class);
            assertThat(test.kept.ids()).containsAll(test.standing()).hasSizeGreaterThan(0);
            assertThat(test.standing().isEmpty()).isEqualTo(last == 0);
        }
    }

    @Test
    void aKeyThatCannotBeKeptIsNotMade() throws Exception {
        kept.full = true;
        assertThatThrownBy(() -> apply(TWO, Set.of()))
                .isInstanceOf(ApplyRefusal.ApplyInterrupted.class)
                .hasMessageContaining("the list")
                .hasMessageContaining("not made");
        assertThat(standing()).isEmpty();
        kept.full = false;
        assertThat(apply(TWO, Set.of()).generated()).hasSize(2);
    }

    @Test
    void aKeyThatAnotherApplyMadeFirstIsNotKept() throws Exception {
        List<String> others = new ArrayList<>();
        kept.before = () -> {
            kept.before = () -> {};
            try {
                fixture.apply(TWO)
                        .generated()
                        .forEach(key -> others.add(key.accessKey().id()));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        };
        assertThat(apply(TWO, Set.of()).generated()).isEmpty();
        assertThat(kept.ids()).isEmpty();
        assertThat(standing()).containsExactlyInAnyOrderElementsOf(others);
    }

    @Test
    void namesAKeyThatWasNotShownUntilItIs() throws Exception {
        ApplyReport report = apply(TWO, Set.of());
        List<String> ids =
                report.generated().stream().map(key -> key.accessKey().id()).toList();
        assertThat(unshown()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(UnshownKeys.list(fixture.store, NOW))
                .allMatch(key -> key.place().equals("the list"));
        UnshownKeys.shown(fixture.store, ids.subList(0, 1), NOW);
        assertThat(unshown()).isEqualTo(ids.subList(1, 2));
        UnshownKeys.shown(fixture.store, ids, NOW);
        assertThat(unshown()).isEmpty();
        UnshownKeys.shown(fixture.store, List.of(), NOW);
    }

    @Test
    void anImportedKeyNeedsNoShowing() throws Exception {
        apply("accounts: [{id: \"1\", accessKeys: [{id: k1, secret: s1}]}]", Set.of());
        assertThat(unshown()).isEmpty();
        assertThat(kept.ids()).isEmpty();
    }

    @Test
    void aKeyWhoseSecretWasLostIsReplacedAndNoOther() throws Exception {
        apply(TWO, Set.of());
        List<String> lost = List.copyOf(kept.ids());
        UnshownKeys.shown(fixture.store, lost.subList(1, 2), NOW);
        ApplyReport report = apply(TWO, Set.copyOf(lost));
        assertThat(report.removed()).containsExactly("accessKey " + lost.getFirst());
        assertThat(report.generated()).hasSize(1);
        assertThat(fixture.key(lost.getFirst()).status()).isEqualTo(KeyStatus.DELETED);
        assertThat(fixture.key(lost.getLast()).status()).isEqualTo(KeyStatus.ACTIVE);
        String made = report.generated().getFirst().accessKey().id();
        assertThat(unshown()).containsExactly(made);
        assertThat(apply(TWO, Set.copyOf(lost)).changed()).isFalse();
    }

    @Test
    void aLostKeyWithAnIdOfItsOwnIsNotMadeAgainUnderIt() throws Exception {
        String named = "accounts: [{id: \"1\", accessKeys: [{id: mine}]}]";
        apply(named, Set.of());
        ApplyReport report = apply(named, Set.of("mine"));
        assertThat(report.removed()).containsExactly("accessKey mine");
        assertThat(report.reported()).singleElement().asString().contains("mine", "another id");
        assertThat(report.generated()).isEmpty();
        assertThat(apply(named, Set.of("mine")).reported())
                .singleElement()
                .asString()
                .contains("deleted for good");
    }

    private ApplyReport apply(String manifest, Set<String> replaced) throws Exception {
        return ManifestApplier.apply(
                Manifest.parse(manifest),
                fixture.store,
                fixture.sealer,
                new ApplyOptions(
                        false,
                        replaced,
                        ApplyOptions.SigningCaps.DEFAULT,
                        "apply",
                        BaseDomains.DEFAULT,
                        UpstreamRule.DEFAULT),
                kept,
                NOW,
                fixture.random);
    }

    private List<String> unshown() throws Exception {
        return UnshownKeys.list(fixture.store, NOW).stream()
                .map(UnshownKeys.UnshownKey::accessKeyId)
                .toList();
    }

    private List<String> standing() {
        return fixture.store.payloads().keySet().stream()
                .filter(key -> key.partition().startsWith("key/") && key.sort().equals("key"))
                .map(key -> key.partition().substring("key/".length()))
                .toList();
    }

    private static ItemKey item(ApplyReport.GeneratedKey key) {
        return AccessKeyItem.key(key.accessKey().id());
    }
}
