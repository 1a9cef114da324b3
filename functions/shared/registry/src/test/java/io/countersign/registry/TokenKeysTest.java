package io.countersign.registry;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TokenKeysTest {
    private final Fixture fixture = new Fixture();

    private TokenKeyRing ring() throws StoreUnavailable {
        return fixture.registry().tokenKeys(ReadAhead.NOTHING, NOW);
    }

    private void ensure() throws Exception {
        TokenKeyRing.TokenKeys.ensure(fixture.store, fixture.sealer, NOW, fixture.random);
    }

    @Test
    void theFirstKeyIsMadeOnceAndSealsAtOnce() throws Exception {
        ensure();
        TokenKeyRing.TokenKey key = ring().sealing(NOW);
        assertThat(key.id()).matches("tk-[A-Za-z0-9]{12}");
        assertThat(Base64.getUrlDecoder().decode(key.secret().reveal())).hasSize(32);
        ensure();
        fixture.apply(Fixture.golden());
        assertThat(ring().keys()).hasSize(1);
        assertThat(ring().sealing(NOW).id()).isEqualTo(key.id());
    }

    @Test
    void applyMakesItToo() throws Exception {
        assertThat(fixture.apply(Fixture.golden()).created()).contains("tokenKey");
        String id = ring().sealing(NOW).id();
        assertThat(fixture.prune("accounts: []").created()).isEmpty();
        assertThat(ring().sealing(NOW).id()).isEqualTo(id);
    }

    @Test
    void ofManyProcessesOneMakesIt() throws Exception {
        int processes = 8;
        CyclicBarrier together = new CyclicBarrier(processes);
        List<Future<String>> ids = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(processes)) {
            for (int i = 0; i < processes; i++) {
                ids.add(threads.submit(() -> {
                    together.await();
                    ensure();
                    return ring().sealing(NOW).id();
                }));
            }
            assertThat(ids)
                    .extracting(Future::get)
                    .containsOnly(ring().sealing(NOW).id());
        }
    }

    @Test
    void theKeyIsSealedForItsRecord() throws Exception {
        ensure();
        String secret = ring().sealing(NOW).secret().reveal();
        ItemKey place = TokenKeyItem.KEY;
        String payload = fixture.item(place).payload();
        assertThat(payload).doesNotContain(secret);
        fixture.put(place, payload.replace("tk-", "tx-"));
        assertThatThrownBy(this::ring).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void readsAStoredKeyBack() throws Exception {
        TokenKeyItem.StoredTokenKey made = TokenKeyRing.TokenKeys.make(fixture.sealer, NOW, fixture.random);
        TokenKeyItem.StoredTokenKey retiring = new TokenKeyItem.StoredTokenKey(
                made.id(),
                KeyStatus.RETIRING,
                made.sealed(),
                made.createdAt(),
                NOW.plusSeconds(5),
                Optional.of(NOW.plusSeconds(60)));
        fixture.put(TokenKeyItem.KEY, TokenKeyItem.text(List.of(retiring)));
        assertThat(Records.read(fixture.item(TokenKeyItem.KEY), TokenKeyItem::read))
                .containsExactly(retiring);
        assertThat(ring().opening(made.id(), NOW)).isPresent();
        assertThat(ring().opening(made.id(), NOW.plusSeconds(60))).isEmpty();
        assertThat(ring().opening("tk-", NOW)).isEmpty();
        assertThatThrownBy(() -> ring().sealing(NOW)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void aRegistryWithoutKeysSaysWhatToDo() throws Exception {
        assertThat(ring().keys()).isEmpty();
        assertThatThrownBy(() -> ring().sealing(NOW)).hasMessageContaining("apply the manifest");
    }
}
