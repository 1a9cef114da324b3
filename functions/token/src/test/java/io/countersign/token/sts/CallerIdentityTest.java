package io.countersign.token.sts;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.member;
import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.signing.SecurityToken;
import io.countersign.token.SampleAccounts;
import org.junit.jupiter.api.Test;

class CallerIdentityTest {
    private final Sts sts = new Sts();

    @Test
    void anAccountIsItself() {
        Reply reply =
                sts.ask(identity().signed(SampleAccounts.ROOT_KEY, "RootSecret").inForm());
        assertThat(member(reply, "IdentityType")).contains("Account");
        assertThat(member(reply, "AccountId")).contains(SampleAccounts.ACCOUNT);
        assertThat(member(reply, "Arn")).contains("acs:ram::1234567890123456:root");
        assertThat(member(reply, "PrincipalId")).contains(SampleAccounts.ACCOUNT);
        assertThat(member(reply, "UserId")).contains(SampleAccounts.ACCOUNT);
    }

    @Test
    void aUserNeedsNoRight() {
        Reply reply =
                sts.ask(identity().signed(SampleAccounts.BOB_KEY, "BobSecret").inQuery());
        assertThat(member(reply, "IdentityType")).contains("RAMUser");
        assertThat(member(reply, "Arn")).contains("acs:ram::1234567890123456:user/bob");
        assertThat(member(reply, "UserId")).contains("bob");
        assertThat(member(reply, "RoleId")).isEmpty();
    }

    @Test
    void aUserIsKnownByItsUid() {
        Reply reply =
                sts.ask(identity().signed(SampleAccounts.ADA_KEY, "AdaSecret").inQuery());
        assertThat(member(reply, "Arn")).contains("acs:ram::1234567890123456:user/ada");
        assertThat(member(reply, "UserId")).contains("20214760404935001");
        assertThat(member(reply, "PrincipalId")).contains("20214760404935001");
    }

    @Test
    void aSessionIsItsRole() {
        Session session = session();
        Reply reply = sts.ask(session.signed(identity()).inForm());
        assertThat(member(reply, "IdentityType")).as(reply.body().utf8()).contains("AssumedRoleUser");
        assertThat(member(reply, "Arn")).contains("acs:ram::1234567890123456:role/app/phone");
        assertThat(member(reply, "AccountId")).contains(SampleAccounts.ACCOUNT);
        String roleId = member(reply, "RoleId").orElseThrow();
        assertThat(member(reply, "PrincipalId")).contains(roleId + ":phone");
    }

    @Test
    void theSameNamesInAnotherAccountAreAnothersNames() {
        Reply reply = sts.ask(identity()
                .signed(SampleAccounts.OTHER_ADA_KEY, "OtherAdaSecret")
                .inForm());
        assertThat(member(reply, "Arn")).contains("acs:ram::6543210987654321:user/ada");
    }

    @Test
    void aSessionsKeyNeedsItsToken() {
        Session session = session();
        refused(
                sts.ask(identity().signed(session.id(), session.secret()).inForm()),
                400,
                "MissingSecurityToken",
                "SecurityToken is mandatory for this action.");
        refused(
                sts.ask(identity()
                        .with("SecurityToken", "")
                        .signed(session.id(), session.secret())
                        .inForm()),
                400,
                "MissingSecurityToken",
                "SecurityToken is mandatory for this action.");
    }

    @Test
    void aTokenOfAnotherSessionIsRefused() {
        Session session = session();
        Session other = session();
        refused(
                sts.ask(identity()
                        .with("SecurityToken", other.token())
                        .signed(session.id(), session.secret())
                        .inForm()),
                400,
                "InvalidSecurityToken.MismatchWithAccessKey",
                "Specified SecurityToken mismatch with the AccessKey.");
    }

    @Test
    void aTokenWithALongLivedKeyIsRefused() {
        refused(
                sts.byAda(identity().with("SecurityToken", session().token())),
                400,
                "InvalidSecurityToken.MismatchWithAccessKey",
                "mismatch");
    }

    @Test
    void aTokenThatIsNoneOfOursIsRefused() {
        Session session = session();
        for (String token : new String[] {"x", "with blank", session.token() + "x", "x".repeat(9_000)}) {
            refused(
                    sts.ask(identity()
                            .with("SecurityToken", token)
                            .signed(session.id(), session.secret())
                            .inForm()),
                    400,
                    "InvalidSecurityToken.Malformed",
                    "Specified SecurityToken is malformed.");
        }
    }

    @Test
    void aSessionThatHasEndedIsRefused() {
        Session session = session();
        refused(
                sts.function.handle(
                        session.signed(identity().with("Timestamp", "2026-11-22T09:00:00Z"))
                                .inForm(),
                        NOW.plusSeconds(3_600)),
                400,
                "InvalidSecurityToken.Expired",
                "Specified SecurityToken is expired.");
    }

    @Test
    void aMismatchNeverShowsTheToken() {
        Session session = session();
        Reply reply = sts.ask(identity()
                .with("SecurityToken", session.token())
                .signed(session.id(), "WrongSecret")
                .inForm());
        refused(reply, 400, "SignatureDoesNotMatch", "sha256%253A".substring(0, 6));
        assertThat(reply.body().utf8())
                .doesNotContain(session.token())
                .contains(SecurityToken.fingerprint(session.token()).substring("sha256:".length()));
    }

    private record Session(String id, String secret, String token) {
        Rpc signed(Rpc rpc) {
            return rpc.with("SecurityToken", token).signed(id, secret);
        }
    }

    private Session session() {
        Reply reply = sts.session("app");
        return new Session(
                member(reply, "Credentials.AccessKeyId").orElseThrow(),
                member(reply, "Credentials.AccessKeySecret").orElseThrow(),
                member(reply, "Credentials.SecurityToken").orElseThrow());
    }

    private static Rpc identity() {
        return Rpc.of("GetCallerIdentity");
    }
}
