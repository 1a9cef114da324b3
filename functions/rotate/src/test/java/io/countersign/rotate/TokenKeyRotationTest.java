package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Role;
import io.countersign.registry.TokenKeyItem;
import io.countersign.registry.TokenKeyRing;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenKeyRotationTest {
    private final Keys keys = new Keys();

    TokenKeyRotationTest() throws Exception {}

    @Test
    void aTokenKeyIsReplacedWhenItIsDueAndOpensUntilItsLastSessionHasEnded() throws Exception {
        String first = stored().getFirst().id();
        keys.pass(Keys.TOKEN_KEYS);
        assertThat(keys.scheduled()).contains("TokenKeyRotated");
        TokenKeyItem.StoredTokenKey second = stored().getLast();
        assertThat(second.sealsFrom()).isEqualTo(keys.now.plus(Keys.BOUND));
        keys.pass(Keys.BOUND);
        keys.scheduled();
        assertThat(stored())
                .extracting(TokenKeyItem.StoredTokenKey::status)
                .containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
        assertThat(stored().getFirst().opensUntil())
                .contains(keys.now.plus(Role.MAX_SESSION).plus(Keys.BOUND));
        keys.pass(Role.MAX_SESSION.plus(Keys.BOUND).minusMillis(1));
        keys.scheduled();
        assertThat(stored()).extracting(TokenKeyItem.StoredTokenKey::id).contains(first);
        keys.pass(Duration.ofMillis(1));
        keys.scheduled();
        assertThat(stored()).extracting(TokenKeyItem.StoredTokenKey::id).containsExactly(second.id());
    }

    @Test
    void replacesTheKeyOnRequestOnce() throws Exception {
        assertThat(request("ask-1")).containsExactly("TokenKeyRotated");
        assertThat(stored()).hasSize(2);
        assertThat(request("ask-1")).containsExactly("TokenKeyRotated");
        assertThat(request("ask-2")).containsExactly("RotationInProgress");
        keys.pass(Keys.BOUND);
        keys.scheduled();
        assertThat(request("ask-3")).containsExactly("RotationInProgress");
        keys.pass(Role.MAX_SESSION.plus(Keys.BOUND));
        assertThat(request("ask-4")).containsExactly("TokenKeyRotated");
        assertThat(keys.outbox()).extracting(event -> event.id()).doesNotHaveDuplicates();
    }

    @Test
    void compromisedKeysAreGoneAtOnceAndANewOneSealsAtOnce() throws Exception {
        request("ask");
        List<String> known =
                stored().stream().map(TokenKeyItem.StoredTokenKey::id).toList();
        assertThat(known).hasSize(2);
        assertThat(compromised("leak-1")).containsExactly("TokenKeyRotated");
        assertThat(stored()).singleElement().satisfies(key -> {
            assertThat(known).doesNotContain(key.id());
            assertThat(key.status()).isEqualTo(KeyStatus.ACTIVE);
            assertThat(key.sealsFrom()).isEqualTo(keys.now);
            assertThat(key.opensUntil()).isEmpty();
        });
        assertThat(keys.outbox().getLast().detail()).contains("\"cause\":\"compromised\"");
        assertThat(keys.audit("2026-11").getLast().why()).contains("may be known to others");
    }

    @Test
    void oneCompromiseIsAnsweredOnceAndAnotherOneAnew() throws Exception {
        assertThat(compromised("leak-1")).containsExactly("TokenKeyRotated");
        List<TokenKeyItem.StoredTokenKey> after = stored();
        assertThat(compromised("leak-1")).containsExactly("TokenKeyRotated");
        assertThat(stored()).isEqualTo(after);
        assertThat(request("leak-1")).containsExactly("EventIdReused");
        assertThat(compromised("leak-2")).containsExactly("TokenKeyRotated");
        assertThat(stored()).hasSize(1).isNotEqualTo(after);
        assertThat(keys.outbox()).extracting(event -> event.id()).doesNotHaveDuplicates();
    }

    @Test
    void readersRefuseWhatACompromisedKeySealedWithinTheCachesTime() throws Exception {
        KeyRegistry reader = keys.reader();
        String old =
                reader.tokenKeys(ReadAhead.NOTHING, keys.now).sealing(keys.now).id();
        compromised("leak");
        keys.pass(Keys.BOUND);
        TokenKeyRing ring = reader.tokenKeys(ReadAhead.NOTHING, keys.now);
        assertThat(ring.opening(old, keys.now)).isEmpty();
        assertThat(ring.sealing(keys.now).id()).isNotEqualTo(old);
    }

    @Test
    void theNextRotationComesInItsOwnTime() throws Exception {
        compromised("leak");
        keys.pass(Keys.TOKEN_KEYS.minusMillis(1));
        assertThat(keys.scheduled()).doesNotContain("TokenKeyRotated");
        keys.pass(Duration.ofMillis(1));
        assertThat(keys.scheduled()).contains("TokenKeyRotated");
        assertThat(stored()).hasSize(2);
    }

    private List<String> compromised(String id) throws Exception {
        return keys.done(new IncomingEvent.TokenKeyCompromised(id));
    }

    private List<String> request(String id) throws Exception {
        return keys.done(new IncomingEvent.TokenKeyRotationRequested(id));
    }

    private List<TokenKeyItem.StoredTokenKey> stored() throws Exception {
        return keys.read(TokenKeyItem.KEY, TokenKeyItem::read).orElseThrow();
    }
}
