package io.countersign.token.sts;

import static io.countersign.token.SampleAccounts.member;
import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestToken;
import io.countersign.token.SampleAccounts;
import io.countersign.token.TokenFunction;
import io.countersign.token.upstream.UpstreamSessions;
import org.junit.jupiter.api.Test;

/** The limit of a role at the STS actions. */
class StsLimitTest {
    private static final String ROLE = "acs:ram::1234567890123456:role/limited";

    private final Sts sts = new Sts();

    private Reply oidc() {
        return sts.ask(AssumeRoleWithOidcTest.oidc().with("RoleArn", ROLE).inForm());
    }

    private Reply byKey() {
        return sts.byAda(Rpc.assumeRole("limited"));
    }

    @Test
    void aBearersSessionsCountAtBothFaces() {
        TokenFunction token = sts.accounts.tokens(UpstreamSessions.StsEndpoint.DEFAULT);
        assertThat(oidc().status()).isEqualTo(200);
        assertThat(member(
                        token.handle(
                                SampleAccounts.call(
                                        "GET",
                                        "/token",
                                        "role=limited",
                                        "",
                                        "Authorization",
                                        "Bearer " + SampleAccounts.token("app")),
                                TestToken.NOW),
                        "StatusCode"))
                .contains("200");
        Reply past = oidc();
        refused(past, 429, "TooManyRequests", "2 sessions in a minute");
        assertThat(past.header("Retry-After")).contains("70");
    }

    @Test
    void anAccessKeyIsASubjectOfItsOwn() {
        assertThat(oidc().status()).isEqualTo(200);
        assertThat(oidc().status()).isEqualTo(200);
        assertThat(byKey().status()).isEqualTo(200);
        assertThat(byKey().status()).isEqualTo(200);
        refused(byKey(), 429, "TooManyRequests", "2 sessions in a minute");
    }
}
