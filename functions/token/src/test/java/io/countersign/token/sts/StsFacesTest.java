package io.countersign.token.sts;

import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The faces of a role at the STS actions. */
class StsFacesTest {
    private final Sts sts = new Sts();

    private Reply oidc(String role) {
        return sts.ask(AssumeRoleWithOidcTest.oidc()
                .with("RoleArn", "acs:ram::1234567890123456:role/" + role)
                .inForm());
    }

    @ParameterizedTest
    @ValueSource(strings = {"uploader", "of-token"})
    void aRoleOfOtherFacesGivesNoSession(String role) {
        refused(oidc(role), 403, "NoPermission", "do not include sts;");
        refused(sts.byAda(Rpc.assumeRole(role)), 403, "NoPermission", "do not include sts;");
    }

    @Test
    void aRoleThatListsTheFaceDoes() {
        assertThat(oidc("of-sts").status()).isEqualTo(200);
        assertThat(sts.byAda(Rpc.assumeRole("of-sts")).status()).isEqualTo(200);
    }

    /** The trust policy is judged first. */
    @Test
    void whoIsNotTrustedLearnsNoFaces() {
        sts.accounts.trustNobody();
        refused(oidc("uploader"), 403, "NoPermission", "trust policy does not admit");
        refused(
                sts.ask(Rpc.assumeRole("uploader")
                        .signed("LTAI5tEveEveEveEveEve", "EveSecret")
                        .inForm()),
                403,
                "NoPermission",
                "The trust policy of the role does not admit acs:ram::1234567890123456:user/eve.");
    }
}
