package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The names of those who ask. */
class PrincipalTest {
    private static Principal role(String account, String role, String session) {
        return new Principal.AssumedRole(account, role, session, List.of(), Optional.empty());
    }

    @Test
    void aSessionHasItsOwnArnAndIsKnownByItsRole() {
        Principal session = role("1", "app", "phone-7");
        assertThat(session.arn()).isEqualTo("acs:ram::1:role/app/phone-7");
        assertThat(session.identityArn()).isEqualTo("acs:ram::1:role/app");
        assertThat(session.accountId()).isEqualTo("1");
    }

    @Test
    void accountsAndUsersAreKnownByTheirArn() {
        Principal account = new Principal.Account("1");
        assertThat(account.arn()).isEqualTo("acs:ram::1:root").isEqualTo(account.identityArn());
        Principal user = new Principal.RamUser("1", "alice", List.of());
        assertThat(user.arn()).isEqualTo("acs:ram::1:user/alice").isEqualTo(user.identityArn());
    }

    @Test
    void theAnonymousHaveNoName() {
        Principal anonymous = new Principal.Anonymous();
        assertThat(List.of(anonymous.arn(), anonymous.identityArn(), anonymous.accountId()))
                .containsOnly("");
    }

    @Test
    void requiresAnAccountAndANameOfASigner() {
        assertMistake(() -> new Principal.Account(""));
        assertMistake(() -> new Principal.RamUser("", "alice", List.of()));
        assertMistake(() -> new Principal.RamUser("1", "", List.of()));
        assertMistake(() -> role("", "app", "phone-7"));
        assertMistake(() -> role("1", "", "phone-7"));
        assertMistake(() -> role("1", "app", ""));
    }

    private static void assertMistake(ThrowingCallable making) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class);
    }
}
