package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.policy.Principal;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.Owner;
import io.countersign.registry.PrincipalItem;
import io.countersign.registry.RamUser;
import io.countersign.registry.UserItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A {@code uid} has one owner, under any order of applies. */
class ApplyUidTest {
    private static final String UID = "20214760404935001";
    private static final String ALICE =
            "{name: alice, uid: \"" + UID + "\", accessKeys: [{id: LTAI5tAlice, secret: aliceSecret}]}";
    private static final String BOB = "{name: bob, accessKeys: [{id: LTAI5tBob, secret: bobSecret}]}";

    private final Fixture fixture = new Fixture();

    private static String account(String id, String... users) {
        return "{id: \"" + id + "\", users: [" + String.join(", ", users) + "]}";
    }

    private static String manifest(String... accounts) {
        return "accounts: [" + String.join(", ", accounts) + "]";
    }

    private Principal principal(String keyId) throws Exception {
        return fixture.registry()
                .load(new Facts.Query(Optional.of(keyId), Set.of(), Optional.empty()), NOW)
                .identity()
                .orElseThrow()
                .principal();
    }

    private Optional<String> uid(String keyId) throws Exception {
        return ((Principal.RamUser) principal(keyId)).uid();
    }

    private void refused(String manifest, String reason) throws Exception {
        Map<ItemKey, String> state = fixture.store.payloads();
        assertThatThrownBy(() -> fixture.apply(manifest))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining(reason);
        assertThat(fixture.store.payloads()).isEqualTo(state);
    }

    @Test
    void aUserIsKnownByItsUidWhereverItsKeyIsRead() throws Exception {
        fixture.apply(manifest(account("7", ALICE, BOB)));
        assertThat(uid("LTAI5tAlice")).contains(UID);
        assertThat(uid("LTAI5tBob")).isEmpty();
        assertThat(fixture.apply(manifest(account("7", ALICE, BOB))).changed()).isFalse();
    }

    @Test
    void aRegistryFromBeforeUidsIsReadAsBefore() throws Exception {
        String user = "{\"account\":\"7\",\"name\":\"old\",\"policies\":[],\"rotation\":{\"every\":\"PT2160H\","
                + "\"overlap\":\"PT192H\",\"removeAfter\":\"PT720H\"},\"authority\":\"registry\",\"accessKeys\":[]}";
        RamUser read = UserItem.read(Items.of(UserItem.key("7", "old"), 1, user, Optional.empty()));
        assertThat(read.uid()).isEmpty();
        assertThat(UserItem.text(read)).isEqualTo(user);
        String principal = "{\"account\":\"7\",\"user\":\"old\",\"policies\":[]}";
        ItemKey key = PrincipalItem.key("LTAI5tOld");
        assertThat(PrincipalItem.read(Items.of(key, 1, principal, Optional.empty())))
                .isEqualTo(read.principal());
        assertThat(PrincipalItem.text(read)).isEqualTo(principal);
    }

    @Test
    void aUidIsSetAndRemoved() throws Exception {
        fixture.apply(manifest(account("7", BOB)));
        fixture.apply(manifest(account("7", BOB.replace("name: bob", "name: bob, uid: \"" + UID + "\""))));
        assertThat(uid("LTAI5tBob")).contains(UID);
        fixture.apply(manifest(account("7", BOB)));
        assertThat(uid("LTAI5tBob")).isEmpty();
        assertThat(fixture.store.payloads()).doesNotContainKey(UserItem.uidKey(UID));
        fixture.apply(manifest(account("7", ALICE, BOB)));
        assertThat(uid("LTAI5tAlice")).contains(UID);
    }

    @Test
    void aUidThatAUserOfTheRegistryHasIsRefused() throws Exception {
        fixture.apply(manifest(account("7", ALICE)));
        refused(manifest(account("8", ALICE.replace("lice", "nna"))), "the id " + UID + " is that of user/7/alice");
    }

    @Test
    void aUidDoesNotMoveBetweenUsersThatStay() throws Exception {
        fixture.apply(manifest(account("7", ALICE, BOB)));
        String moved = manifest(account(
                "7",
                ALICE.replace(", uid: \"" + UID + "\"", ""),
                BOB.replace("name: bob", "name: bob, uid: \"" + UID + "\"")));
        refused(moved, "take it off there first, with an apply of its own");
        assertThatThrownBy(() -> fixture.prune(moved)).isInstanceOf(ApplyRefusal.class);
    }

    @Test
    void aUserThatIsRenamedKeepsItsUidWhenTheOldNameIsPruned() throws Exception {
        fixture.apply(manifest(account("7", ALICE)));
        String renamed = manifest(account("7", ALICE.replace("lice", "licia")));
        refused(renamed, "is that of user/7/alice");
        fixture.prune(renamed);
        assertThat(uid("LTAI5tAlicia")).contains(UID);
        assertThat(UserItem.readReference(fixture.item(UserItem.uidKey(UID))))
                .isEqualTo(new Owner.OfUser("7", "alicia"));
        assertThat(fixture.prune(renamed).changed()).isFalse();
    }

    @Test
    void theUidOfAUserThatIsPrunedIsFree() throws Exception {
        fixture.apply(manifest(account("7", ALICE, BOB)));
        fixture.prune(manifest(account("7", BOB)));
        assertThat(fixture.store.payloads()).doesNotContainKey(UserItem.uidKey(UID));
    }

    @Test
    void anAccountAndAUserNeverShareANumber() throws Exception {
        fixture.apply(manifest(account("7", ALICE)));
        refused(manifest(account(UID)), "the id " + UID + " is that of user/7/alice");
        refused(
                manifest(account("9", BOB.replace("name: bob", "name: bob, uid: \"7\""))),
                "the id 7 is that of account/7");
    }
}
