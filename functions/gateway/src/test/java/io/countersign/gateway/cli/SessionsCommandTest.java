package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Value;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionsCommandTest extends OperatorContract {
    @Test
    void listsNoRevocationAtFirst() {
        assertThat(operator.run("sessions list").out()).isEqualTo("revocations in force: 0\n");
        assertThat(operator.run("sessions list --json").out()).isEqualTo("[]\n");
    }

    @Test
    void listsARevocationUntilItHasNoEffect() throws Exception {
        Members revoked =
                Members.of(operator.run("sessions revoke --json --role " + ROLE).json());
        assertThat(revoked.string("role")).isEqualTo(ROLE);
        assertThat(revoked.string("revokedBefore")).isEqualTo("2026-11-22T03:00:00Z");
        revoked.done();
        operator.waitFor(Duration.ofHours(1));
        operator.run("sessions revoke --as-of 2026-11-22T03:30:00Z --access-key " + CALLER);

        assertThat(operator.run("sessions list").out())
                .contains(ROLE + "  issued up to 2026-11-22T03:00:00Z\n")
                .contains(CALLER + "  issued up to 2026-11-22T03:30:00Z\n")
                .endsWith("revocations in force: 2\n");
        List<Value> listed = Members.array(operator.run("sessions list --json").json());
        assertThat(listed).hasSize(2);
        Members key = Members.of(listed.get(0));
        Members role = Members.of(listed.get(1));
        if (role.has("accessKeyId")) {
            Members first = key;
            key = role;
            role = first;
        }
        assertThat(role.string("role")).isEqualTo(ROLE);
        assertThat(role.string("revokedBefore")).isEqualTo("2026-11-22T03:00:00Z");
        assertThat(key.string("accessKeyId")).isEqualTo(CALLER);

        operator.waitFor(Duration.ofHours(11));
        assertThat(operator.run("sessions list").out()).endsWith("revocations in force: 1\n");
        operator.waitFor(Duration.ofHours(1));
        assertThat(operator.run("sessions list").out()).endsWith("revocations in force: 0\n");
    }

    @Test
    void aRevocationIsInTheAuditOnceUnlessItMoves() {
        operator.run("sessions revoke --role " + ROLE);
        operator.run("sessions revoke --role " + ROLE + " --as-of 2026-11-21T03:00:00Z");
        assertThat(operator.run("audit").out().lines().filter(line -> line.contains("SessionsRevoked  " + ROLE)))
                .singleElement()
                .asString()
                .contains("up to 2026-11-22T03:00:00Z  operator-");
    }

    @Test
    void refusesAMissingTargetAndAFutureTime() {
        operator.run("sessions revoke --role acs:ram::" + ACCOUNT + ":role/nobody")
                .refused("NotFound");
        operator.run("sessions revoke --json --access-key LTAI5tNobody").refused("NotFound");
        operator.run("sessions revoke --role " + ROLE + " --as-of 2026-11-22T03:00:01Z")
                .refused("MomentToCome");
        assertThat(operator.run("sessions list").out()).isEqualTo("revocations in force: 0\n");
    }

    @Test
    void aCompromisedKeysRevocationIsListed() {
        operator.run("rotate --compromised " + CALLER);
        assertThat(operator.run("sessions list").out()).startsWith(CALLER + "  issued up to ");
    }

    private static final String PROVIDER = "acs:ram::" + ACCOUNT + ":oidc-provider/login";
    private static final String SESSION = "0123456789abcdef0123456789abcdef";

    private void withProviders(String accounts) throws Exception {
        String text = manifestText()
                .replace(
                        "    buckets:\n",
                        "    oidcProviders: [{name: login, issuer: \"https://login.example\", clientIds: [app], jwksUri: \"https://login.example/keys\"}]\n    buckets:\n");
        assertThat(operator.run("apply --manifest " + manifest(text + accounts)).err())
                .isEmpty();
    }

    @Test
    void revokesOneUserAndOneSession() throws Exception {
        withProviders("");
        Members user = Members.of(operator.run("sessions revoke --json --provider login --subject a/b:c")
                .json());
        assertThat(user.string("provider")).isEqualTo(PROVIDER);
        assertThat(user.string("subject")).isEqualTo("a/b:c");
        assertThat(user.string("revokedBefore")).isEqualTo("2026-11-22T03:00:00Z");
        user.done();
        assertThat(operator.run("sessions revoke --session " + SESSION).out())
                .isEqualTo("revoked: sessions of the session " + SESSION + " issued up to 2026-11-22T03:00:00Z\n");
        assertThat(operator.run("sessions list").out())
                .contains(PROVIDER + " a/b:c  issued up to 2026-11-22T03:00:00Z\n")
                .contains(SESSION + "  issued up to 2026-11-22T03:00:00Z\n")
                .endsWith("revocations in force: 2\n");
        assertThat(operator.run("audit").out())
                .contains("SessionsRevoked  " + PROVIDER + " a/b:c  ", "SessionsRevoked  " + SESSION + "  ");
        operator.waitFor(Duration.ofHours(12));
        assertThat(operator.run("sessions list").out())
                .as("a token may live longer than any session")
                .contains(PROVIDER + " a/b:c")
                .endsWith("revocations in force: 1\n");
    }

    @Test
    void refusesAUserOfAProviderThatIsUnknownOrNotTheOnlyOne() throws Exception {
        operator.run("sessions revoke --provider login --subject alice").refused("NotFound");
        withProviders(
                "  - id: \"42\"\n    oidcProviders: [{name: login, issuer: \"https://two.example\", clientIds: [app], jwksUri: \"https://two.example/keys\"}]\n");
        operator.run("sessions revoke --provider login --subject alice").refused("AmbiguousProvider");
        operator.run("sessions revoke --provider login").refused("AmbiguousProvider");
        assertThat(operator.run("sessions revoke --provider acs:ram::42:oidc-provider/login --subject alice")
                        .out())
                .startsWith("revoked: sessions of the subject alice of the provider acs:ram::42:oidc-provider/login");
        assertThat(operator.run("sessions list").out()).endsWith("revocations in force: 1\n");
    }
}
