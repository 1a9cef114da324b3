package io.countersign.registry;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.sealing.SealingException;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class RegistrySealsTest {
    private final Fixture fixture = new Fixture();
    private final RegistrySeals seals = new RegistrySeals(fixture.store, fixture.random, InstantSource.fixed(NOW));

    @Test
    void anEmptyRegistryAcceptsAnyRootKey() throws Exception {
        assertThat(seals.none()).isTrue();
        seals.requireOpenedBy(TestRootKey.ONE);
        seals.requireOpenedBy(new TestRootKey("test-2", 2));
    }

    @Test
    void acceptsOnlyItsOwnRootKey() throws Exception {
        fixture.apply("accounts: []");
        assertThat(seals.none()).isFalse();
        assertThatCode(() -> seals.requireOpenedBy(TestRootKey.ONE)).doesNotThrowAnyException();
        assertThatThrownBy(() -> seals.requireOpenedBy(new TestRootKey("test-2", 2)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("is not here");
        assertThatThrownBy(() -> seals.requireOpenedBy(new TestRootKey("test-1", 2)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("does not open");
    }

    @Test
    void aRegistryWithAccountsIsNotEmpty() throws Exception {
        fixture.put(AccountItem.key("1"), AccountItem.text(new AccountItem.Account("1", java.util.List.of())));
        assertThat(seals.none()).isFalse();
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoEmptyRegistry() {
        fixture.store.down(true);
        assertThatThrownBy(seals::none).isInstanceOf(SealingException.class);
        assertThatThrownBy(() -> seals.requireOpenedBy(TestRootKey.ONE)).isInstanceOf(SealingException.class);
    }
}
