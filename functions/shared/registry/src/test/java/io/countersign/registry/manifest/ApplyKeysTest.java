package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.ItemKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApplyKeysTest {
    private static final String IMPORTED = "{id: k1, secret: s1}";

    private final Fixture fixture = new Fixture();

    @Test
    void aKeyWithoutASecretIsMadeOnceAndShownOnce() throws Exception {
        ApplyReport report = fixture.apply(user("{}, {id: chosen-id}"));
        assertThat(report.generated()).hasSize(2).allSatisfy(key -> {
            assertThat(key.owner()).isEqualTo(new Owner.OfUser("1", "u"));
            assertThat(key.accessKey().secret().reveal()).matches("[A-Za-z0-9]{30}");
            assertThat(report.created()).contains("accessKey " + key.accessKey().id());
        });
        assertThat(ids(report)).anyMatch("chosen-id"::equals).anyMatch(id -> id.matches("LTAI5t[A-Za-z0-9]{18}"));
        ApplyReport.GeneratedKey made = report.generated().getFirst();
        var identity = fixture.registry()
                .load(new Facts.Query(Optional.of(made.accessKey().id()), Set.of(), Optional.empty()), NOW)
                .identity()
                .orElseThrow();
        assertThat(identity.key().secret().reveal())
                .isEqualTo(made.accessKey().secret().reveal());
        assertThat(identity.key().origin()).isEqualTo(StoredKey.KeyOrigin.MADE);

        ApplyReport again = fixture.apply(user("{}, {id: chosen-id}"));
        assertThat(again.generated()).isEmpty();
        assertThat(again.changed()).isFalse();
    }

    @Test
    void aKeyThatRotationMadeMeetsTheEntryOfTheOneItReplaced() throws Exception {
        String first = ids(fixture.apply(user("{}"))).getFirst();
        fixture.move(first, KeyStatus.RETIRING);
        assertThat(fixture.apply(user("{}")).changed()).isFalse();
        fixture.put(
                AccessKeyItem.key(first), AccessKeyItem.text(fixture.key(first).tombstone(Fixture.NOW)));
        assertThat(fixture.apply(user("{}")).generated()).hasSize(1);
    }

    @Test
    void keepsGeneratedKeysWhenPruning() throws Exception {
        String made = ids(fixture.apply(user("{}"))).getFirst();
        ApplyReport report = fixture.prune(user(""));
        assertThat(report.removed()).isEmpty();
        assertThat(report.reported()).isEmpty();
        assertThat(fixture.key(made).status()).isEqualTo(KeyStatus.ACTIVE);
    }

    @Test
    void removesAnUnnamedImportedKeyOnlyWithPrune() throws Exception {
        fixture.apply(user(IMPORTED));
        assertThat(fixture.apply(user("")).reported()).containsExactly("accessKey k1");
        assertThat(fixture.key("k1").status()).isEqualTo(KeyStatus.ACTIVE);
        ApplyReport report = fixture.prune(user(""));
        assertThat(report.removed()).containsExactly("accessKey k1");
        assertThat(fixture.key("k1").status()).isEqualTo(KeyStatus.DELETED);
        assertThat(fixture.key("k1").sealed()).isEmpty();
    }

    @Test
    void aDeletedIdIsNeverMadeAgain() throws Exception {
        fixture.apply(user(IMPORTED));
        fixture.prune(user(""));
        for (String entry : new String[] {IMPORTED, "{id: k1, secret: s2}", "{id: k1}", "{id: k1, status: Active}"}) {
            ApplyReport report = fixture.apply(user(entry));
            assertThat(report.reported()).singleElement().asString().contains("k1", "deleted for good");
            assertThat(report.changed()).isFalse();
            assertThat(report.generated()).isEmpty();
            assertThat(fixture.key("k1").status()).isEqualTo(KeyStatus.DELETED);
        }
        assertThatThrownBy(() -> fixture.apply("accounts: [{id: \"2\", accessKeys: [" + IMPORTED + "]}]"))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("never changes its owner");
    }

    @Test
    void anotherSecretForAHeldIdIsRefused() throws Exception {
        fixture.apply(user(IMPORTED));
        Map<ItemKey, String> state = fixture.store.payloads();
        assertThatThrownBy(() -> fixture.apply(user("{id: k1, secret: changed-words}")))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("another secret")
                .hasMessageContaining("accounts[0].users[0].accessKeys[0], line 1")
                .hasMessageNotContaining("changed-words");
        assertThat(fixture.store.payloads()).isEqualTo(state);
        assertThat(fixture.apply(user("{id: k1}")).changed()).isFalse();
    }

    @Test
    void theManifestSetsAnImportedKeyActiveAndInactive() throws Exception {
        fixture.apply(user(IMPORTED));
        assertThat(fixture.apply(user("{id: k1, secret: s1, status: Inactive}")).updated())
                .containsExactly("accessKey k1");
        assertThat(fixture.key("k1").status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(fixture.apply(user(IMPORTED)).updated()).containsExactly("accessKey k1");
        assertThat(fixture.key("k1").status()).isEqualTo(KeyStatus.ACTIVE);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyStatus.class,
            names = {"RETIRING", "INACTIVE"})
    void keepsAStatusSetByRotationOrAnEvent(KeyStatus status) throws Exception {
        fixture.apply(user(IMPORTED));
        fixture.move("k1", status);
        assertThat(fixture.apply(user(IMPORTED)).changed()).isFalse();
        assertThat(fixture.key("k1").status()).isEqualTo(status);
    }

    @Test
    void theManifestRevokesAMadeKeyAndNeverReactivatesIt() throws Exception {
        String made = ids(fixture.apply(user("{}"))).getFirst();
        String revoked = "{id: " + made + ", status: Inactive}";
        ApplyReport report = fixture.apply(user(revoked + ", {}"));
        assertThat(report.updated()).contains("accessKey " + made);
        assertThat(ids(report)).hasSize(1).doesNotContain(made);
        assertThat(fixture.key(made).status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(fixture.apply(user(revoked + ", {}")).changed()).isFalse();
        assertThat(fixture.apply(user("{id: " + made + "}")).changed()).isFalse();
        assertThat(fixture.key(made).status()).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void theManifestRevokesAKeyThatRotationRetires() throws Exception {
        fixture.apply(user(IMPORTED));
        fixture.move("k1", KeyStatus.RETIRING);
        assertThat(fixture.apply(user("{id: k1, secret: s1, status: Inactive}")).updated())
                .containsExactly("accessKey k1");
        assertThat(fixture.key("k1").status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(fixture.apply(user(IMPORTED)).changed()).isFalse();
    }

    @Test
    void anIdNeverChangesItsOwner() throws Exception {
        fixture.apply(user(IMPORTED));
        assertThatThrownBy(() ->
                        fixture.apply("accounts: [{id: \"1\", accessKeys: [" + IMPORTED + "], users: [{name: u}]}]"))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("user/1/u")
                .hasMessageContaining("account/1");
    }

    @Test
    void thePairLimitCountsWhatTheRegistryHolds() throws Exception {
        fixture.apply(user(IMPORTED + ", {}"));
        assertThatThrownBy(() -> fixture.apply(user(IMPORTED + ", {id: k3, secret: s3}")))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("3 access keys")
                .hasMessageContaining("may have 2");
        assertThatThrownBy(() -> fixture.apply(user("{}, {id: k3, secret: s3}")))
                .isInstanceOf(ApplyRefusal.class);
        assertThat(fixture.prune(user("{}, {id: k3, secret: s3}")).removed()).containsExactly("accessKey k1");
    }

    @Test
    void ofAppliesAtOnceOneMakesTheKey() throws Exception {
        CyclicBarrier start = new CyclicBarrier(8);
        List<Future<ApplyReport>> reports = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                reports.add(threads.submit(() -> {
                    start.await();
                    return fixture.apply(user("{}"));
                }));
            }
        }
        int made = 0;
        for (Future<ApplyReport> report : reports) {
            made += report.get().generated().size();
        }
        assertThat(made).isEqualTo(1);
    }

    @Test
    void aKeyThatWasMadeBeforeTheApplyBrokeOffIsStillShown() throws Exception {
        String users = IntStream.range(0, 60)
                .mapToObj(i -> "{name: u" + i + ", accessKeys: [{}]}")
                .collect(Collectors.joining(", "));
        String manifest = "accounts: [{id: \"1\", accessKeys: [{}], users: [" + users + "]}]";
        fixture.store.diesAfter(2);
        List<ApplyReport.GeneratedKey> shown = new ArrayList<>();
        assertThatThrownBy(() -> fixture.apply(manifest))
                .isInstanceOfSatisfying(ApplyRefusal.ApplyInterrupted.class, interrupted -> {
                    shown.addAll(interrupted.soFar().generated());
                    assertThat(interrupted.soFar().created()).contains("account 1", "user 1/u0");
                });
        List<String> standing = fixture.store.payloads().keySet().stream()
                .filter(key -> key.partition().startsWith("key/") && key.sort().equals("key"))
                .map(key -> key.partition().substring("key/".length()))
                .toList();
        assertThat(standing).isNotEmpty().hasSizeLessThan(60);
        assertThat(shown)
                .extracting(key -> key.accessKey().id())
                .containsAll(standing)
                .hasSizeGreaterThan(standing.size());
        fixture.store.diesAfter(Integer.MAX_VALUE);
        assertThat(fixture.apply(manifest).generated()).hasSize(61 - standing.size());
    }

    private static String user(String keys) {
        return "accounts: [{id: \"1\", users: [{name: u, accessKeys: [" + keys + "]}]}]";
    }

    private static List<String> ids(ApplyReport report) {
        return report.generated().stream().map(key -> key.accessKey().id()).toList();
    }
}
