package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.Role;
import io.countersign.registry.TokenKeyItem;
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

    private List<String> request(String id) throws Exception {
        return keys.done(new IncomingEvent.TokenKeyRotationRequested(id));
    }

    private List<TokenKeyItem.StoredTokenKey> stored() throws Exception {
        return keys.read(TokenKeyItem.KEY, TokenKeyItem::read).orElseThrow();
    }
}
