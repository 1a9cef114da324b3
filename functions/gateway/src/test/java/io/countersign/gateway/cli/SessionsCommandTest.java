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
}
