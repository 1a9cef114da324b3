package io.countersign.token;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.call;
import static io.countersign.token.SampleAccounts.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.token.upstream.UpstreamSessions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faces of a role at {@code /token}. */
class RoleFacesTest {
    private final SampleAccounts accounts = new SampleAccounts();
    private final TokenFunction function = accounts.tokens(UpstreamSessions.StsEndpoint.DEFAULT);

    private Reply get(String role) {
        return function.handle(
                call("GET", "/token", "role=" + role, "", "Authorization", "Bearer " + SampleAccounts.token("app")),
                NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploader", "of-sts", "upstream-uploader", "acs:ram::1234567890123456:role/uploader"})
    void aRoleOfOtherFacesGivesNoSession(String role) {
        Reply refused = get(role);
        assertThat(refused.code()).contains("FaceNotAllowed");
        assertThat(member(refused, "StatusCode")).contains("403");
        assertThat(member(refused, "ErrorCode")).contains("FaceNotAllowed");
        assertThat(member(refused, "ErrorMessage").orElseThrow()).contains("do not include token;");
        assertThat(member(refused, "SecurityToken")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"of-token", "app"})
    void aRoleThatListsTheFaceDoes(String role) {
        assertThat(member(get(role), "StatusCode")).contains("200");
    }
}
