package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import io.countersign.policy.Principal;
import io.countersign.registry.AclWriter;
import io.countersign.registry.BucketItem;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Records;
import io.countersign.registry.Role;
import io.countersign.registry.RoleItem;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.rotation.AuditItem;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
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

class ManifestApplierTest {
    private final Fixture fixture = new Fixture();

    @Test
    void aFirstApplyCreatesEverythingAndASecondNothing() throws Exception {
        ApplyReport first = fixture.apply(Fixture.golden());
        assertThat(first.created())
                .containsExactlyInAnyOrder(
                        "tokenKey",
                        "account " + ACCOUNT,
                        "account 42",
                        "accessKey LTAI5tRootRootRootRootRo",
                        "accessKey LTAI5tOldRootOldRootOldR",
                        "accessKey " + SIGNER_KEY,
                        "user " + ACCOUNT + "/app-signer",
                        "user " + ACCOUNT + "/reader",
                        "role " + ACCOUNT + "/mobile-app",
                        "oidcProvider " + ACCOUNT + "/demo",
                        "oidcProvider " + ACCOUNT + "/remote",
                        "bucket examplebucket",
                        "bucket otherbucket",
                        "bucket foreignbucket",
                        "objectAcl examplebucket/public/readme.txt");
        assertThat(first.changed()).isTrue();
        Map<ItemKey, String> state = fixture.store.payloads();
        int writes = fixture.store.writes();

        ApplyReport second = fixture.apply(Fixture.golden(), ApplyOptions.of(true), NOW.plus(Duration.ofDays(9)));
        assertThat(second.changed()).isFalse();
        assertThat(second.unchanged()).containsExactlyInAnyOrderElementsOf(first.created());
        assertThat(second.reported()).isEmpty();
        assertThat(fixture.store.payloads()).isEqualTo(state);
        assertThat(fixture.store.writes()).isEqualTo(writes);
    }

    @Test
    void storesNoSecretInTheClear() throws Exception {
        fixture.apply(Fixture.golden());
        assertThat(fixture.store.payloads().values()).noneMatch(payload -> payload.contains("ecretsignerS"));
    }

    @Test
    void aChangeIsWrittenWhereItIsReadToo() throws Exception {
        fixture.apply(Fixture.golden());
        ApplyReport report = fixture.apply(Fixture.golden()
                .replace("[oss:GetObject, oss:PutObject]", "oss:GetObject")
                .replace("domains: [img.example.com]", "domains: [new.example.com]")
                .replace("clientIds: [app, app-beta]", "clientIds: [app]")
                .replace("region: cn-beijing", "region: cn-shanghai"));
        assertThat(report.updated())
                .containsExactlyInAnyOrder(
                        "user " + ACCOUNT + "/app-signer",
                        "bucket examplebucket",
                        "bucket otherbucket",
                        "oidcProvider " + ACCOUNT + "/demo");
        assertThat(report.created()).isEmpty();
        KeyRegistry registry = fixture.registry();
        assertThat(registry.bucketOfDomain("img.example.com", ReadAhead.NOTHING, NOW))
                .isEmpty();
        assertThat(registry.bucketOfDomain("new.example.com", ReadAhead.NOTHING, NOW))
                .contains("examplebucket");
        assertThat(registry.providers("https://idp.example", Set.of("app-beta"), ReadAhead.NOTHING, NOW))
                .isEmpty();
        assertThat(registry.isRegion("cn-beijing", NOW)).isFalse();
        assertThat(registry.isRegion("cn-shanghai", NOW)).isTrue();
        Principal principal = registry.load(new Facts.Query(Optional.of(SIGNER_KEY), Set.of(), Optional.empty()), NOW)
                .identity()
                .orElseThrow()
                .principal();
        assertThat(((Principal.RamUser) principal).policies().getFirst().json()).doesNotContain("PutObject");
    }

    @Test
    void aBucketKeepsTheMomentOfItsFirstApply() throws Exception {
        fixture.apply(Fixture.golden());
        Instant later = Fixture.NOW.plusSeconds(86_400);
        fixture.apply(Fixture.golden().replace("acl: private", "acl: public-read"), ApplyOptions.of(false), later);
        assertThat(bucket("examplebucket", later)).contains(Fixture.NOW);
        new AclWriter(fixture.store).setBucketAcl("examplebucket", Acl.PUBLIC_READ_WRITE, later);
        assertThat(bucket("examplebucket", later)).contains(Fixture.NOW);
        fixture.prune("accounts: []");
        fixture.apply(Fixture.golden(), ApplyOptions.of(false), later.plusMillis(999));
        assertThat(bucket("examplebucket", later)).contains(later);
    }

    private Optional<Instant> bucket(String name, Instant now) throws Exception {
        return fixture.registry()
                .load(new Facts.Query(Optional.empty(), Set.of(name), Optional.empty()), now)
                .bucket(name)
                .orElseThrow()
                .created();
    }

    /** One that was written before the moment was recorded. */
    @Test
    void aBucketWithoutAMomentGetsNone() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = BucketItem.key("examplebucket");
        String text = fixture.store
                .get(Set.of(key), RegistryStore.Consistency.STRONG, Fixture.NOW)
                .get(key)
                .payload();
        String before = text.replace(",\"created\":\"" + Fixture.NOW + "\"", "");
        assertThat(before).isNotEqualTo(text);
        fixture.store.write(new Transaction(List.of(Write.put(key, before, Condition.anything()))), Fixture.NOW);
        assertThat(fixture.apply(Fixture.golden()).changed()).isFalse();
        assertThat(bucket("examplebucket", Fixture.NOW)).isEmpty();
    }

    @Test
    void reportsAnUnnamedRecordAndKeepsItUntilPruned() throws Exception {
        fixture.apply(Fixture.golden());
        Map<ItemKey, String> state = fixture.store.payloads();
        String rest = "accounts: [{id: \"42\"}]";
        ApplyReport reported = fixture.apply(rest);
        assertThat(reported.reported())
                .contains(
                        "account " + ACCOUNT,
                        "user " + ACCOUNT + "/app-signer",
                        "bucket examplebucket",
                        "bucket foreignbucket");
        assertThat(reported.changed()).isFalse();
        assertThat(fixture.store.payloads()).isEqualTo(state);

        ApplyReport pruned = fixture.prune(rest);
        assertThat(pruned.removed())
                .contains(
                        "account " + ACCOUNT,
                        "user " + ACCOUNT + "/reader",
                        "role " + ACCOUNT + "/mobile-app",
                        "oidcProvider " + ACCOUNT + "/demo",
                        "bucket examplebucket",
                        "objectAcl examplebucket/public/readme.txt",
                        "accessKey " + SIGNER_KEY);
        Set<String> kinds = fixture.store.payloads().keySet().stream()
                .map(key -> key.partition().replaceFirst("/.*", ""))
                .collect(Collectors.toSet());
        // A due entry is a hint: rotation removes it when its owner does not exist.
        assertThat(kinds)
                .containsExactlyInAnyOrder("accounts", "key", "roleid", "revocation", "tokenkeys", "due", "audit");
        assertThat(fixture.key(SIGNER_KEY).status()).isEqualTo(KeyStatus.DELETED);
        assertThat(fixture.key(SIGNER_KEY).sealed()).isEmpty();
        assertThat(fixture.prune(rest).changed()).isFalse();
    }

    @Test
    void aRoleThatIsMadeAgainHasAnotherId() throws Exception {
        fixture.apply(Fixture.golden());
        String first = role().roleId();
        fixture.apply(Fixture.golden().replace("PT1H", "PT2H"));
        assertThat(role().roleId()).isEqualTo(first);
        fixture.prune("accounts: []");
        fixture.apply(Fixture.golden().replaceAll("LTAI5t", "LTAI5u"));
        assertThat(role().roleId()).isNotEqualTo(first).matches("[0-9]{18}");
    }

    @Test
    void anAclThatTheStorageSetIsNoLeftover() throws Exception {
        fixture.apply(Fixture.golden());
        fixture.put(ObjectAclItem.key("examplebucket", "set/by/request"), ObjectAclItem.text(Acl.PRIVATE, false));
        String without = Fixture.golden()
                .replace("objectAcls:", "objectAcls: []")
                .replace("          - {key: public/readme.txt, acl: public-read}\n", "");
        assertThat(fixture.apply(without).reported()).containsExactly("objectAcl examplebucket/public/readme.txt");
        assertThat(fixture.prune(without).removed()).containsExactly("objectAcl examplebucket/public/readme.txt");
        assertThat(fixture.store.payloads()).containsKey(ObjectAclItem.key("examplebucket", "set/by/request"));
    }

    @Test
    void manyObjectAclsTakeSeveralTransactions() throws Exception {
        String acls = IntStream.range(0, 250)
                .mapToObj(i -> "{key: k" + i + ", acl: private}")
                .collect(Collectors.joining(", ", "[", "]"));
        String manifest = "accounts: [{id: \"1\", buckets: [{name: many, region: r, objectAcls: " + acls + "}]}]";
        assertThat(fixture.apply(manifest).created()).hasSize(253);
        assertThat(fixture.apply(manifest).unchanged()).hasSize(253);
        assertThat(fixture.prune("accounts: []").removed()).hasSize(252);
        assertThat(fixture.store.payloads().keySet().stream()
                        .filter(key -> !key.partition().startsWith("audit/")))
                .containsExactly(TokenKeyItem.KEY);
    }

    @Test
    void manyUsersTakeFewTransactions() throws Exception {
        String users = IntStream.range(0, 1_000)
                .mapToObj(i -> "{name: u" + i + ", accessKeys: [{id: key" + i + ", secret: s" + i + "}]}")
                .collect(Collectors.joining(", "));
        String manifest = "accounts: [{id: \"1\", users: [" + users + "]}]";
        assertThat(fixture.apply(manifest).created()).hasSize(2_002);
        assertThat(fixture.store.writes()).isLessThanOrEqualTo(1_000 / 20 + 1);
        assertThat(fixture.apply(manifest).changed()).isFalse();
    }

    @Test
    void auditsAChangeInItsTransaction() throws Exception {
        fixture.apply(Fixture.golden());
        assertThat(records())
                .contains(
                        "tokenKey created",
                        "bucket examplebucket created",
                        "user " + ACCOUNT + "/app-signer created, created accessKey " + SIGNER_KEY)
                .allMatch(record -> !record.contains("unchanged"));
        int recorded = records().size();
        fixture.apply(Fixture.golden());
        fixture.apply("accounts: []");
        assertThat(records()).hasSize(recorded);

        Fixture cut = new Fixture();
        cut.store.diesAfter(0);
        assertThatThrownBy(() -> cut.apply(Fixture.golden())).isInstanceOf(ApplyRefusal.ApplyInterrupted.class);
        assertThat(cut.store.payloads().keySet())
                .noneMatch(key -> key.partition().startsWith("audit/"));
    }

    /** Subject and reason of each. */
    private List<String> records() throws Exception {
        List<String> records = new ArrayList<>();
        for (Map.Entry<ItemKey, String> item : fixture.store.payloads().entrySet()) {
            if (item.getKey().partition().startsWith("audit/")) {
                AuditItem.AuditRecord record =
                        AuditItem.read(Items.of(item.getKey(), 1, item.getValue(), Optional.empty()));
                assertThat(record.what()).isEqualTo("ManifestApplied");
                assertThat(record.eventId()).isEqualTo("apply");
                records.add(record.subject() + " " + record.why());
            }
        }
        return records;
    }

    @Test
    void anApplyThatDiesAnywhereIsFinishedByTheNext() throws Exception {
        Fixture whole = new Fixture();
        whole.apply(Fixture.golden());
        int transactions = whole.store.writes();
        for (int last = 0; last < transactions; last++) {
            Fixture cut = new Fixture();
            cut.store.diesAfter(last);
            assertThatThrownBy(() -> cut.apply(Fixture.golden()))
                    .isInstanceOf(ApplyRefusal.ApplyInterrupted.class)
                    .hasMessageContaining("again");
            cut.store.diesAfter(Integer.MAX_VALUE);
            ApplyReport report = cut.apply(Fixture.golden());
            assertThat(report.created().size() + report.unchanged().size()).isEqualTo(15);
            assertThat(cut.store.payloads().keySet().stream()
                            .filter(key -> !key.partition().startsWith("roleid")))
                    .containsExactlyInAnyOrderElementsOf(whole.store.payloads().keySet().stream()
                            .filter(key -> !key.partition().startsWith("roleid"))
                            .toList());
            assertThat(cut.apply(Fixture.golden()).changed()).isFalse();
        }
    }

    @Test
    void aPruneThatDiesAnywhereIsFinishedByTheNext() throws Exception {
        Fixture whole = new Fixture();
        whole.apply(Fixture.golden());
        int applied = whole.store.writes();
        whole.prune("accounts: []");
        int transactions = whole.store.writes() - applied;
        for (int last = 0; last < transactions; last++) {
            Fixture cut = new Fixture();
            cut.apply(Fixture.golden());
            cut.store.diesAfter(last);
            assertThatThrownBy(() -> cut.prune("accounts: []")).isInstanceOf(ApplyRefusal.ApplyInterrupted.class);
            cut.store.diesAfter(Integer.MAX_VALUE);
            cut.prune("accounts: []");
            assertThat(cut.store.payloads().keySet())
                    .contains(TokenKeyItem.KEY)
                    .allMatch(key -> key.equals(TokenKeyItem.KEY)
                            || key.partition().startsWith("key/")
                            || key.partition().startsWith("roleid/")
                            || key.partition().startsWith("due/")
                            || key.partition().startsWith("audit/")
                            || key.partition().startsWith("revocation/provider/"));
        }
    }

    @Test
    void appliesAtOnceConverge() throws Exception {
        String one = Fixture.golden();
        String other =
                Fixture.golden().replace("acl: private", "acl: public-read").replace("P90D", "P60D");
        CyclicBarrier start = new CyclicBarrier(6);
        List<Future<ApplyReport>> reports = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                String manifest = i % 2 == 0 ? one : other;
                reports.add(threads.submit(() -> {
                    start.await();
                    return fixture.apply(manifest);
                }));
            }
        }
        for (Future<ApplyReport> report : reports) {
            assertThat(report.get().reported()).isEmpty();
        }
        ApplyReport last = fixture.apply(one);
        assertThat(last.created()).isEmpty();
        assertThat(fixture.apply(one).changed()).isFalse();
        Acl acl = Records.read(fixture.item(BucketItem.key("examplebucket")), BucketItem::read)
                .acl();
        assertThat(acl).isEqualTo(Acl.PRIVATE);
    }

    @Test
    void aStoreThatDoesNotAnswerIsNotWrittenTo() {
        fixture.store.down(true);
        assertThatThrownBy(() -> fixture.apply(Fixture.golden())).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aForeignRootKeyIsRefusedBeforeAnythingIsWritten() throws Exception {
        fixture.apply(Fixture.golden());
        Map<ItemKey, String> state = fixture.store.payloads();
        Sealer other = new Sealer(new TestRootKey("test-2", 2), fixture.random);
        Manifest changed = Manifest.parse(Fixture.golden().replace("cn-beijing", "cn-shanghai"));
        assertThatThrownBy(() -> ManifestApplier.apply(
                        changed,
                        fixture.store,
                        other,
                        ApplyOptions.of(false),
                        KeyKeeper.reportAlone(),
                        NOW,
                        fixture.random))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining("root key");
        assertThat(fixture.store.payloads()).isEqualTo(state);
    }

    @Test
    void readsAnAppliedManifestFromTheSameStore() throws Exception {
        fixture.apply(Fixture.golden());
        KeyRegistry registry = new KeyRegistry(fixture.store, fixture.sealer, CacheSettings.Bounds.DEFAULT);
        assertThat(registry.role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, NOW).orElseThrow())
                .isEqualTo(role());
    }

    private Role role() throws StoreUnavailable {
        return Records.read(fixture.item(RoleItem.key(ACCOUNT, "mobile-app")), RoleItem::read);
    }
}
