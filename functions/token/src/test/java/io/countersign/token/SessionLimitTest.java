package io.countersign.token;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.call;
import static io.countersign.token.SampleAccounts.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.token.upstream.UpstreamSessions;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The limit of a role at {@code /token}. */
class SessionLimitTest {
    private final SampleAccounts accounts = new SampleAccounts();
    private final TokenFunction function = accounts.tokens(UpstreamSessions.StsEndpoint.DEFAULT);

    private Reply ask(String query, Instant now) {
        return function.handle(
                call("GET", "/token", query, "", "Authorization", "Bearer " + SampleAccounts.token("app")), now);
    }

    @Test
    void pastTheLimitTheAnswerSaysWhenToAskAgain() {
        for (int i = 0; i < 5; i++) {
            assertThat(member(ask("role=limited&durationSeconds=99999", NOW), "ErrorCode"))
                    .isPresent();
        }
        assertThat(member(ask("role=limited", NOW), "StatusCode")).contains("200");
        assertThat(member(ask("role=limited&durationSeconds=900", NOW.plusSeconds(1)), "StatusCode"))
                .contains("200");
        Reply refused = ask("role=limited", NOW.plusSeconds(2));
        assertThat(refused.status()).isEqualTo(200);
        assertThat(member(refused, "StatusCode")).contains("429");
        assertThat(member(refused, "ErrorCode")).contains("TooManyRequests");
        assertThat(member(refused, "ErrorMessage").orElseThrow()).contains("2 sessions in a minute");
        assertThat(member(refused, "SecurityToken")).isEmpty();
        assertThat(refused.header("Retry-After")).contains("68");
        assertThat(refused.code()).contains("TooManyRequests");
        assertThat(member(ask("role=app", NOW), "StatusCode")).contains("200");
        assertThat(member(ask("role=limited", NOW.plusSeconds(70)), "StatusCode"))
                .contains("200");
    }
}
