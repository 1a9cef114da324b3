package io.countersign.identity.token;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.identity.TestRegistry;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.policy.IllFormedClaimException;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FilledPrincipalsTest {
    private final FilledPrincipals principals = new FilledPrincipals();

    /** Each pair differs in one input only. */
    @Test
    void everySessionGetsItsOwnPrincipal() throws Exception {
        List<Role> roles = List.of(role("users/${jwt:sub}/*"), role("teams/${jwt:team}/*"));
        List<SealedContent> contents = List.of(
                content("session", Map.of("sub", "alice"), Optional.empty()),
                content("session", Map.of("sub", "bob"), Optional.empty()),
                content("session", Map.of("sub", "alice", "team", "red"), Optional.empty()),
                content("other", Map.of("sub", "alice"), Optional.empty()),
                content("session", Map.of("sub", "alice"), Optional.of("users/alice/a")),
                content("session", Map.of("sub", "alice"), Optional.of("users/alice/b")));
        for (int round = 0; round < 3; round++) {
            for (Role role : roles) {
                for (SealedContent content : contents) {
                    assertThat(principals.of(content, role)).isEqualTo(FilledPrincipals.once(content, role));
                }
            }
        }
    }

    @Test
    void thePoliciesOfOneSessionAreFilledOnce() throws Exception {
        Role role = role("users/${jwt:sub}/*");
        assertThat(principals.of(content("session", Map.of("sub", "alice"), Optional.empty()), role))
                .isSameAs(principals.of(
                        content("session", Map.of("sub", "alice"), Optional.empty()), role("users/${jwt:sub}/*")));
    }

    @Test
    void anIllFormedClaimIsRefusedEachTime() throws Exception {
        Role role = role("users/${jwt:sub}/*");
        SealedContent content = content("session", Map.of("sub", "a/b"), Optional.empty());
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> principals.of(content, role)).isInstanceOf(IllFormedClaimException.class);
        }
    }

    private static Role role(String path) throws StoreUnavailable {
        return TestRegistry.with(policy(path))
                .registry()
                .role(TestRegistry.ACCOUNT, TestRegistry.ROLE, ReadAhead.NOTHING, NOW)
                .orElseThrow();
    }

    private static String policy(String path) {
        return TestRegistry.policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/" + path);
    }

    private static SealedContent content(String sessionName, Map<String, String> variables, Optional<String> session)
            throws InvalidDocumentException {
        Optional<PolicyDocument> policy = session.isEmpty()
                ? Optional.empty()
                : Optional.of(PolicyDocument.parse(Values.parse(policy(session.get())), PolicyDocument.Kind.SESSION));
        return new SealedContent(
                "jti",
                TestRegistry.ACCOUNT,
                TestRegistry.ROLE,
                "3001",
                new RevocationItem.Revocable.OfAccessKey("parent"),
                "subject",
                sessionName,
                "STS.one",
                Secret.of("secret"),
                policy,
                variables,
                Optional.empty(),
                NOW,
                NOW.plusSeconds(900));
    }
}
