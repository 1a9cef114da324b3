package io.countersign.registry;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.oss.Acl;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each kind of record comes back from its payload as it went in, and a payload of another making is not taken for one. */
class ItemsTest {
    private interface Again {
        String text(Item item) throws InvalidDocumentException;
    }

    private static final Map<ItemKey, Again> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put(AccountItem.key(Fixture.ACCOUNT), item -> AccountItem.text(AccountItem.read(item)));
        KINDS.put(UserItem.key(Fixture.ACCOUNT, "app-signer"), item -> UserItem.text(UserItem.read(item)));
        KINDS.put(UserItem.key(Fixture.ACCOUNT, "reader"), item -> UserItem.text(UserItem.read(item)));
        KINDS.put(RoleItem.key(Fixture.ACCOUNT, "mobile-app"), item -> RoleItem.text(RoleItem.read(item)));
        KINDS.put(ProviderItem.key(Fixture.ACCOUNT, "demo"), item -> ProviderItem.text(ProviderItem.read(item)));
        KINDS.put(ProviderItem.key(Fixture.ACCOUNT, "remote"), item -> ProviderItem.text(ProviderItem.read(item)));
        KINDS.put(AccessKeyItem.key(Fixture.SIGNER_KEY), item -> AccessKeyItem.text(AccessKeyItem.read(item)));
        KINDS.put(AccessKeyItem.key("LTAI5tOldRootOldRootOldR"), item -> AccessKeyItem.text(AccessKeyItem.read(item)));
        KINDS.put(BucketItem.key("examplebucket"), item -> BucketItem.text(BucketItem.read(item)));
        KINDS.put(BucketItem.key("otherbucket"), item -> BucketItem.text(BucketItem.read(item)));
        KINDS.put(
                BucketItem.domainKey("img.example.com"), item -> BucketItem.reference(BucketItem.readReference(item)));
        KINDS.put(
                ObjectAclItem.key("examplebucket", "public/readme.txt"),
                item -> ObjectAclItem.text(ObjectAclItem.read(item), ObjectAclItem.isByManifest(item)));
    }

    private final Fixture fixture = new Fixture();

    @Test
    void everyKindComesBackAsItWentIn() throws Exception {
        fixture.apply(Fixture.golden());
        for (var kind : KINDS.entrySet()) {
            Item item = fixture.item(kind.getKey());
            assertThat(kind.getValue().text(item)).isEqualTo(item.payload());
        }
    }

    @Test
    void readsOptionalFieldsBack() throws Exception {
        fixture.apply(Fixture.golden());
        StoredKey key = fixture.key(Fixture.SIGNER_KEY);
        assertThat(key.deactivationPending()).isFalse();
        for (StoredKey.Debt debt : StoredKey.Debt.values()) {
            StoredKey owing = key.movedTo(KeyStatus.INACTIVE, NOW).owing(debt);
            fixture.put(AccessKeyItem.key(key.id()), AccessKeyItem.text(owing));
            assertThat(fixture.key(key.id())).isEqualTo(owing);
            assertThat(owing.deactivationPending()).isEqualTo(debt == StoredKey.Debt.DEACTIVATION);
            assertThat(owing.tombstone(NOW).debt()).isEqualTo(StoredKey.Debt.NONE);
        }
    }

    @Test
    void aKeyTakesAnotherStatusAfterItWasMadeThoughItsMakersClockWasAhead() throws Exception {
        fixture.apply(Fixture.golden());
        StoredKey key = fixture.key(Fixture.SIGNER_KEY);
        for (long seconds : new long[] {-2, 0}) {
            StoredKey moved = key.movedTo(KeyStatus.INACTIVE, key.createdAt().plusSeconds(seconds));
            assertThat(moved.since()).isEqualTo(key.createdAt().plusMillis(1));
        }
        Instant later = key.createdAt().plusSeconds(2);
        assertThat(key.movedTo(KeyStatus.INACTIVE, later).since()).isEqualTo(later);
    }

    @Test
    void anIntentComesBackAsItWentIn() throws Exception {
        IntentItem.Intent intent = new IntentItem.Intent(NOW, "somebody");
        ItemKey key = IntentItem.key(new Owner.OfUser(Fixture.ACCOUNT, "app-signer"));
        fixture.put(key, IntentItem.text(intent));
        assertThat(IntentItem.read(fixture.item(key))).isEqualTo(intent);
        for (String bad : new String[] {
            "{}", "[]", "{\"since\":\"yesterday\",\"by\":\"x\"}", "{\"since\":\"2026-11-22T03:00:00Z\"}"
        }) {
            assertThatThrownBy(() -> IntentItem.read(Items.of(key, 1, bad, Optional.empty())))
                    .isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void refusesAPayloadWithAnUnknownOrMissingMember() throws Exception {
        fixture.apply(Fixture.golden());
        for (var kind : KINDS.entrySet()) {
            String payload = fixture.item(kind.getKey()).payload();
            for (String bad : new String[] {payload.replaceFirst("^\\{", "{\"later\":1,"), "{}", "[]", "", "null"}) {
                Item item = Items.of(kind.getKey(), 1, bad, Optional.empty());
                assertThatThrownBy(() -> kind.getValue().text(item))
                        .as("%s %s", kind.getKey(), bad)
                        .isInstanceOf(InvalidDocumentException.class);
            }
        }
    }

    @Test
    void wordsOfANewerVersionAreNoAnswer() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = AccessKeyItem.key(Fixture.SIGNER_KEY);
        fixture.put(key, fixture.item(key).payload().replace("\"Active\"", "\"Paused\""));
        assertThatThrownBy(() -> fixture.key(Fixture.SIGNER_KEY)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aRoleOfAlibabaCloudsStsHasASigner() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = RoleItem.key(Fixture.ACCOUNT, "mobile-app");
        String payload = fixture.item(key).payload();
        String sts = payload.replace("\"authority\":\"registry\"", "\"authority\":\"sts\"");
        for (String bad : new String[] {sts, payload.replaceFirst("^\\{", "{\"signer\":\"app-signer\",")}) {
            assertThatThrownBy(() -> RoleItem.read(Items.of(key, 1, bad, Optional.empty())))
                    .isInstanceOf(InvalidDocumentException.class)
                    .hasMessageContaining("signer");
        }
        String good = sts.replace(",\"sessionName\"", ",\"signer\":\"app-signer\",\"sessionName\"");
        assertThat(RoleItem.text(RoleItem.read(Items.of(key, 1, good, Optional.empty()))))
                .isEqualTo(good);
    }

    @Test
    void aRoleThatWasStoredBeforeSessionsHadAChoiceOfNameNamesThemAfterTheSubject() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = RoleItem.key(Fixture.ACCOUNT, "mobile-app");
        String payload = fixture.item(key).payload();
        String before = payload.replace(",\"sessionName\":\"subject\"", "");
        assertThat(before).isNotEqualTo(payload);
        assertThat(RoleItem.read(Items.of(key, 1, before, Optional.empty())).naming())
                .isEqualTo(Role.SessionNaming.SUBJECT);
    }

    @Test
    void aBucketIsStoredWithItsSignatureFloorAndWithoutItAsBefore() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = BucketItem.key("examplebucket");
        String payload = fixture.item(key).payload();
        assertThat(payload).doesNotContain("signatureFloor");
        String floored = payload.replaceFirst(
                "}$", ",\"signatureFloor\":{\"minimum\":\"V4\",\"from\":\"2027-01-01T00:00:00Z\"}}");
        Bucket bucket = BucketItem.read(Items.of(key, 1, floored, Optional.empty()));
        assertThat(BucketItem.text(bucket)).isEqualTo(floored);
        assertThat(bucket.with(Acl.PRIVATE).signatureFloor()).isPresent();
        assertThat(bucket.signedBy("other").signatureFloor()).isPresent();
        String broken = floored.replace("V4", "V5");
        assertThatThrownBy(() -> BucketItem.read(Items.of(key, 1, broken, Optional.empty())))
                .isInstanceOf(InvalidDocumentException.class);
    }

    @Test
    void aRoleIsStoredWithItsLimitsAndWithoutThemAsBefore() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = RoleItem.key(Fixture.ACCOUNT, "mobile-app");
        String payload = fixture.item(key).payload();
        assertThat(payload).doesNotContain("limits");
        assertThat(RoleItem.read(fixture.item(key)).limits()).isEqualTo(RoleLimits.NONE);
        String limited =
                payload.replaceFirst("}$", ",\"limits\":{\"sessionsPerMinute\":6,\"signaturesPerMinute\":100000}}");
        Role role = RoleItem.read(Items.of(key, 1, limited, Optional.empty()));
        assertThat(role.limits()).isEqualTo(new RoleLimits(OptionalInt.of(6), OptionalInt.of(100_000)));
        assertThat(RoleItem.text(role)).isEqualTo(limited);
        for (String bad :
                new String[] {"{\"sessionsPerMinute\":0}", "{\"signaturesPerMinute\":100001}", "{\"perHour\":1}", "6"
                }) {
            String broken = payload.replaceFirst("}$", ",\"limits\":" + bad + "}");
            assertThatThrownBy(() -> RoleItem.read(Items.of(key, 1, broken, Optional.empty())))
                    .isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void aRoleIsStoredWithItsFacesAndWithoutThemAsBefore() throws Exception {
        fixture.apply(Fixture.golden());
        ItemKey key = RoleItem.key(Fixture.ACCOUNT, "mobile-app");
        String payload = fixture.item(key).payload();
        assertThat(payload).doesNotContain("faces");
        assertThat(RoleItem.read(fixture.item(key)).faces()).isEqualTo(RoleFaces.ALL);
        String faced = payload.replaceFirst("}$", ",\"faces\":[\"token\",\"uploads\"]}");
        Role role = RoleItem.read(Items.of(key, 1, faced, Optional.empty()));
        assertThat(role.faces())
                .isEqualTo(new RoleFaces(Optional.of(Set.of(RoleFaces.Face.UPLOADS, RoleFaces.Face.TOKEN))));
        assertThat(RoleItem.text(role)).isEqualTo(faced);
        for (String bad : new String[] {
            "[]",
            "null",
            "\"uploads\"",
            "[\"later\"]",
            "[\"uploads\",\"later\"]",
            "[\"Uploads\"]",
            "[\"uploads\",\"uploads\"]"
        }) {
            String broken = payload.replaceFirst("}$", ",\"faces\":" + bad + "}");
            assertThatThrownBy(() -> RoleItem.read(Items.of(key, 1, broken, Optional.empty())))
                    .as(bad)
                    .isInstanceOf(InvalidDocumentException.class);
        }
    }

    @Test
    void anObjectThatFollowsItsBucketHasNoAclOfItsOwn() throws Exception {
        fixture.put(ObjectAclItem.key("examplebucket", "k"), ObjectAclItem.text(Acl.DEFAULT, false));
        Facts.Query query = new Facts.Query(
                Optional.empty(), Set.of(), Optional.of(new io.countersign.oss.Target.ObjectKey("examplebucket", "k")));
        assertThat(fixture.registry().load(query, NOW).objectAcl()).isEmpty();
    }
}
