package io.countersign.token.sts;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.member;
import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.identity.token.SessionReader;
import io.countersign.signing.SecurityToken;
import io.countersign.token.SampleAccounts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssumeRoleWithOidcTest {
    private static final String PROVIDER = "acs:ram::1234567890123456:oidc-provider/demo";

    private final Sts sts = new Sts();

    @Test
    void namesTheSessionAfterTheSubject() throws Exception {
        // The name of somebody else, which the caller may not take.
        Reply reply = sts.ask(oidc().with("RoleSessionName", "bob").inForm());
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(member(reply, "AssumedRoleUser.Arn")).contains("acs:ram::1234567890123456:role/app/alice");
        assertThat(member(reply, "AssumedRoleUser.AssumedRoleId").orElseThrow()).endsWith(":alice");
        assertThat(member(reply, "OIDCTokenInfo.Subject")).contains("alice");
        assertThat(member(reply, "OIDCTokenInfo.Issuer")).contains(TestToken.ISSUER);
        assertThat(member(reply, "OIDCTokenInfo.ClientIds")).contains("app");
        assertThat(member(reply, "OIDCTokenInfo.ExpirationTime")).contains("2026-11-22T09:00:00Z");
        assertThat(member(reply, "OIDCTokenInfo.IssuanceTime")).contains("2026-11-22T07:59:00Z");
        assertThat(member(reply, "OIDCTokenInfo.VerificationInfo")).contains("Success");
        SessionReader.OpenedSession session = opened(reply);
        assertThat(session.principal().sessionName()).isEqualTo("alice");
        // The role trusts two providers.
        assertThat(session.subject()).contains("demo:alice");
    }

    @Test
    void theCallerNamesTheSessionWhereTheRoleSaysSo() throws Exception {
        Reply reply = sts.ask(oidc().with("RoleArn", "acs:ram::1234567890123456:role/named")
                .with("RoleSessionName", "bob")
                .inForm());
        assertThat(member(reply, "AssumedRoleUser.Arn")).contains("acs:ram::1234567890123456:role/named/bob");
        assertThat(opened(reply).principal().sessionName()).isEqualTo("bob");
        assertThat(opened(reply).subject()).contains("demo:alice");
    }

    private SessionReader.OpenedSession opened(Reply reply) throws Exception {
        return new SessionReader(sts.accounts.registry)
                .open(
                        member(reply, "Credentials.AccessKeyId").orElseThrow(),
                        SecurityToken.of(
                                member(reply, "Credentials.SecurityToken").orElseThrow()),
                        NOW.plusSeconds(1));
    }

    @Test
    void parametersMayOccurInTheQuery() {
        assertThat(sts.ask(oidc().get().inQuery()).status()).isEqualTo(200);
        assertThat(sts.ask(oidc().inBoth()).status()).isEqualTo(200);
    }

    @Test
    void theSameCallMayBeMadeAgain() {
        assertThat(sts.ask(oidc().inForm()).status()).isEqualTo(200);
        assertThat(sts.ask(oidc().inForm()).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"OIDCProviderArn", "RoleArn", "OIDCToken", "RoleSessionName"})
    void requiresEachMandatoryParameter(String name) {
        refused(
                sts.ask(oidc().without(name).inForm()),
                400,
                "MissingParameter." + name,
                "Parameter " + name + " is required.");
    }

    @ParameterizedTest
    @CsvSource({
        "OIDCProviderArn, demo, InvalidParameter.OIDCProviderArn",
        "OIDCProviderArn, acs:ram::1234567890123456:saml-provider/demo, InvalidParameter.OIDCProviderArn",
        "RoleArn, app, InvalidParameter.RoleArn",
        "RoleSessionName, a, InvalidParameter.RoleSessionName",
        "OIDCToken, abc, InvalidParameter.OIDCToken",
        "DurationSeconds, 899, InvalidParameter.DurationSeconds",
        "DurationSeconds, 7201, InvalidParameter.DurationSeconds",
        "Policy, {}, InvalidParameter.PolicyGrammar",
    })
    void anIllFormedParameterIsRefused(String name, String value, String code) {
        refused(sts.ask(oidc().with(name, value).inForm()), 400, code, ".");
    }

    @Test
    void theTokenHasABound() {
        refused(
                sts.ask(oidc().with("OIDCToken", "x".repeat(20_001)).inForm()),
                400,
                "InvalidParameter.OIDCToken",
                "20000");
        refused(
                sts.ask(oidc().with("OIDCToken", "x".repeat(20_000)).inForm()),
                401,
                "AuthenticationFail.OIDCToken.Invalid",
                "invalid");
    }

    @Test
    void anotherProvidersTokenIsRefused() {
        refused(
                sts.ask(oidc().with("OIDCToken", SampleAccounts.token("web")).inForm()),
                401,
                "AuthenticationFail.OIDCToken.AudienceNotMatch",
                "do not match");
        refused(
                sts.ask(oidc().with("OIDCProviderArn", "acs:ram::6543210987654321:oidc-provider/demo")
                        .inForm()),
                401,
                "AuthenticationFail.OIDCToken.AudienceNotMatch",
                "do not match");
        refused(
                sts.ask(oidc().with("OIDCToken", SampleAccounts.token("nobody")).inForm()),
                401,
                "AuthenticationFail.OIDCToken.AudienceNotMatch",
                "No provider is registered");
    }

    @Test
    void anExpiredTokenIsRefused() {
        refused(
                sts.function.handle(oidc().inForm(), NOW.plusSeconds(4_000)),
                401,
                "AuthenticationFail.OIDCToken.Expired",
                "expired");
    }

    @Test
    void aForgedTokenIsRefused() {
        TestToken good = TestToken.good("RS256", "rsa");
        refused(
                sts.ask(oidc().with("OIDCToken", good.signed(TestKeys.OTHER_RSA, "RS256"))
                        .inForm()),
                401,
                "AuthenticationFail.OIDCToken.InvalidSignature",
                "signature");
        refused(
                sts.ask(oidc().with("OIDCToken", TestToken.good("RS256", "none").signed(TestKeys.RSA, "RS256"))
                        .inForm()),
                401,
                "AuthenticationFail.OIDCToken.InvalidSignature",
                ".");
        refused(
                sts.ask(oidc().with("OIDCToken", good.unsigned()).inForm()),
                401,
                "AuthenticationFail.OIDCToken.Invalid",
                ".");
    }

    @ParameterizedTest
    @CsvSource({
        "acs:ram::1234567890123456:role/closed, 403, NoPermission",
        "acs:ram::1234567890123456:role/empty, 403, NoPermission",
        "acs:ram::1234567890123456:role/upstream, 403, NoPermission",
        "acs:ram::1234567890123456:role/nowhere, 404, EntityNotExist.Role",
        "acs:ram::6543210987654321:role/app, 404, EntityNotExist.Role",
    })
    void aRoleThatIsNotForTheCallerIsRefused(String arn, int status, String code) {
        refused(sts.ask(oidc().with("RoleArn", arn).inForm()), status, code, ".");
    }

    @Test
    void refusalsNeverRepeatTheToken() {
        String token = SampleAccounts.token("app");
        Reply reply = sts.ask(oidc().with("RoleArn", "x").inForm());
        assertThat(reply.body().utf8()).doesNotContain(token.substring(0, 60));
    }

    static Rpc oidc() {
        return new Rpc(io.countersign.oss.HttpMethod.POST, io.countersign.oss.QueryParameters.NONE)
                .with("Action", "AssumeRoleWithOIDC")
                .with("Version", "2015-04-01")
                .with("OIDCProviderArn", PROVIDER)
                .with("RoleArn", "acs:ram::1234567890123456:role/app")
                .with("OIDCToken", SampleAccounts.token("app"))
                .with("RoleSessionName", "web-1");
    }
}
