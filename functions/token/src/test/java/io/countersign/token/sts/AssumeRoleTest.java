package io.countersign.token.sts;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.member;
import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.identity.token.SessionReader;
import io.countersign.policy.Principal;
import io.countersign.signing.SecurityToken;
import io.countersign.token.SampleAccounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssumeRoleTest {
    private static final String DENIED = "You are not authorized to do this action. You should be authorized by RAM.";

    private final Sts sts = new Sts();

    @Test
    void aUserWhomPolicyAndTrustAdmitGetsASession() throws Exception {
        Reply reply = sts.session("app");
        assertThat(member(reply, "AssumedRoleUser.Arn")).contains("acs:ram::1234567890123456:role/app/phone");
        assertThat(member(reply, "AssumedRoleUser.AssumedRoleId").orElseThrow()).endsWith(":phone");
        assertThat(member(reply, "RequestId").orElseThrow()).matches("[0-9A-F-]{36}");
        assertThat(member(reply, "Credentials.AccessKeyId").orElseThrow()).startsWith("STS.");
        assertThat(member(reply, "Credentials.AccessKeySecret").orElseThrow()).isNotBlank();
        assertThat(member(reply, "Credentials.Expiration")).contains("2026-11-22T09:00:00Z");
        assertThat(reply.header("Content-Type")).contains("application/json;charset=utf-8");
        assertThat(reply.header("Cache-Control")).contains("no-store");

        SessionReader.OpenedSession session = opened(reply);
        assertThat(session.principal().arn()).isEqualTo("acs:ram::1234567890123456:role/app/phone");
        assertThat(session.principal().session()).isEmpty();
        assertThat(session.roleId() + ":phone")
                .isEqualTo(member(reply, "AssumedRoleUser.AssumedRoleId").orElseThrow());
    }

    @Test
    void parametersMayOccurInQueryFormOrBoth() {
        for (Rpc rpc : List.of(Rpc.assumeRole("app"), Rpc.assumeRole("app").with("ExternalId", "a/b+c=d"))) {
            assertThat(sts.ask(fresh(rpc)
                                    .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                                    .inForm())
                            .status())
                    .isEqualTo(200);
            assertThat(sts.ask(fresh(rpc)
                                    .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                                    .inQuery())
                            .status())
                    .isEqualTo(200);
            assertThat(sts.ask(fresh(rpc)
                                    .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                                    .inBoth())
                            .status())
                    .isEqualTo(200);
            assertThat(sts.ask(fresh(rpc)
                                    .get()
                                    .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                                    .inQuery())
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void theSessionPolicyIsPartOfTheSession() throws Exception {
        String policy =
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":\"*\"}]}";
        Principal.AssumedRole principal =
                opened(sts.byAda(Rpc.assumeRole("app").with("Policy", policy))).principal();
        assertThat(principal.session().orElseThrow().json()).isEqualTo(policy);
    }

    @ParameterizedTest
    @CsvSource({"app, 900, 2026-11-22T08:15:00Z", "app, 7200, 2026-11-22T10:00:00Z", "short, '', 2026-11-22T08:30:00Z"})
    void theSessionLastsAsLongAsAskedOrAllowed(String role, String seconds, String expiration) {
        Reply reply = sts.byAda(Rpc.assumeRole(role).with("DurationSeconds", seconds));
        assertThat(member(reply, "Credentials.Expiration")).contains(expiration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"899", "7201", "43201", "0", "-900", "1e3", "900.0", "99999999999999999999", "x"})
    void aDurationOutOfBoundsIsRefused(String seconds) {
        refused(
                sts.byAda(Rpc.assumeRole("app").with("DurationSeconds", seconds)),
                400,
                "InvalidParameter.DurationSeconds",
                "The Min/Max value of DurationSeconds is 900/");
    }

    @Test
    void theAccountItselfMayAssumeNoRole() {
        refused(
                sts.ask(Rpc.assumeRole("app")
                        .signed(SampleAccounts.ROOT_KEY, "RootSecret")
                        .inForm()),
                403,
                "NoPermission",
                "Roles may not be assumed by root accounts.");
    }

    @Test
    void aSessionMayAssumeNoRole() {
        Reply session = sts.session("app");
        refused(
                sts.ask(Rpc.assumeRole("app")
                        .with(
                                "SecurityToken",
                                member(session, "Credentials.SecurityToken").orElseThrow())
                        .signed(
                                member(session, "Credentials.AccessKeyId").orElseThrow(),
                                member(session, "Credentials.AccessKeySecret").orElseThrow())
                        .inForm()),
                403,
                "NoPermission",
                "Sessions may not assume roles");
    }

    @Test
    void theCallersPolicyAndTheTrustPolicyAreBothNeeded() {
        refused(
                sts.ask(Rpc.assumeRole("app")
                        .signed(SampleAccounts.BOB_KEY, "BobSecret")
                        .inForm()),
                403,
                "NoPermission",
                DENIED + " No policy of the caller allows sts:AssumeRole on acs:ram:*:1234567890123456:role/app.");
        refused(
                sts.byAda(Rpc.assumeRole("denied")),
                403,
                "NoPermission",
                DENIED + " A policy of the caller denies sts:AssumeRole on acs:ram:*:1234567890123456:role/denied.");
        refused(
                sts.ask(Rpc.assumeRole("app")
                        .signed(SampleAccounts.EVE_KEY, "EveSecret")
                        .inForm()),
                403,
                "NoPermission",
                DENIED + " The trust policy of the role does not admit acs:ram::1234567890123456:user/eve.");
        refused(sts.byAda(Rpc.assumeRole("closed")), 403, "NoPermission", "The trust policy of the role");
    }

    @Test
    void conditionsOfTheCallersPolicySeeTheCall() {
        Call call = Rpc.assumeRole("app")
                .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                .inForm();
        Call elsewhere = new Call(
                call.method(), call.path(), call.rawQuery(), call.headers(), call.body(), "192.0.2.66", call.secure());
        refused(sts.ask(elsewhere), 403, "NoPermission", "A policy of the caller denies");
    }

    @Test
    void theTrustPolicySeesTheExternalId() {
        assertThat(sts.byAda(Rpc.assumeRole("partner").with("ExternalId", "partner-7"))
                        .status())
                .isEqualTo(200);
        refused(sts.byAda(Rpc.assumeRole("partner")), 403, "NoPermission", "The trust policy");
        refused(
                sts.byAda(Rpc.assumeRole("partner").with("ExternalId", "partner-8")),
                403,
                "NoPermission",
                "The trust policy");
    }

    /** Its caller has a Deny for each of them. */
    @Test
    void aCallOfStsHasNothingOfAnOssRequest() {
        assertThat(sts.byAda(Rpc.assumeRole("app")).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "with blank", "<x>", "a\u00e9"})
    void anIllFormedExternalIdIsRefused(String id) {
        refused(
                sts.byAda(Rpc.assumeRole("app").with("ExternalId", id)),
                400,
                "InvalidParameter.ExternalId",
                "wrongly formed");
    }

    @Test
    void theExternalIdHasABound() {
        assertThat(sts.byAda(Rpc.assumeRole("app").with("ExternalId", "x".repeat(1_224)))
                        .status())
                .isEqualTo(200);
        refused(
                sts.byAda(Rpc.assumeRole("app").with("ExternalId", "x".repeat(1_225))),
                400,
                "InvalidParameter.ExternalId",
                "wrongly formed");
    }

    @ParameterizedTest
    @CsvSource({"RoleArn", "RoleSessionName"})
    void requiresEachMandatoryParameter(String name) {
        refused(
                sts.byAda(Rpc.assumeRole("app").without(name)),
                400,
                "MissingParameter." + name,
                "Parameter " + name + " is required.");
        refused(
                sts.byAda(Rpc.assumeRole("app").with(name, "")),
                400,
                "MissingParameter." + name,
                "Parameter " + name + " is required.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "acs:ram::1234567890123456:user/app",
                "acs:ram:*:1234567890123456:role/app",
                "acs:ram::x:role/app",
                "acs:ram::1234567890123456:role/a/b",
                "acs:ram::1234567890123456:role/*",
                "acs:ram::1234567890123456:role/"
            })
    void anIllFormedRoleArnIsRefused(String arn) {
        refused(
                sts.byAda(Rpc.assumeRole("app").with("RoleArn", arn)),
                400,
                "InvalidParameter.RoleArn",
                "The parameter RoleArn is wrongly formed.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "with blank", "\u5fcd\u8005", "a/b", "a:b"})
    void anIllFormedSessionNameIsRefused(String name) {
        refused(
                sts.byAda(Rpc.assumeRole("app").with("RoleSessionName", name)),
                400,
                "InvalidParameter.RoleSessionName",
                "The parameter RoleSessionName is wrongly formed.");
    }

    @Test
    void theSessionNameHasABound() {
        assertThat(sts.byAda(Rpc.assumeRole("app").with("RoleSessionName", "n".repeat(64)))
                        .status())
                .isEqualTo(200);
        refused(
                sts.byAda(Rpc.assumeRole("app").with("RoleSessionName", "n".repeat(65))),
                400,
                "InvalidParameter.RoleSessionName",
                "wrongly formed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{}",
                "[]",
                "{\"Version\":\"1\",\"Statement\":[]}",
                "{\"Version\":\"2\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}]}",
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"acs:oss:*:*:b/${jwt:sub}\"}]}"
            })
    void aPolicyThatIsNoneIsRefused(String policy) {
        refused(
                sts.byAda(Rpc.assumeRole("app").with("Policy", policy)),
                400,
                "InvalidParameter.PolicyGrammar",
                "The parameter Policy has not passed grammar check.");
    }

    @Test
    void thePolicyHasABound() {
        String policy =
                "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:*\",\"Resource\":\"*\"}]}";
        String padded = policy + " ".repeat(2_048 - policy.length());
        assertThat(sts.byAda(Rpc.assumeRole("app").with("Policy", padded)).status())
                .isEqualTo(200);
        refused(
                sts.byAda(Rpc.assumeRole("app").with("Policy", padded + " ")),
                400,
                "InvalidParameter.PolicySize",
                "2048");
    }

    @Test
    void aMissingRoleIsReportedToCallersWhoMayAssumeIt() {
        refused(
                sts.byAda(Rpc.assumeRole("nowhere")),
                404,
                "EntityNotExist.Role",
                "There is no acs:ram::1234567890123456:role/nowhere.");
        refused(
                sts.ask(Rpc.assumeRole("nowhere")
                        .signed(SampleAccounts.BOB_KEY, "BobSecret")
                        .inForm()),
                403,
                "NoPermission",
                "No policy of the caller");
    }

    /** A caller's own account cannot give it the right to learn names of another. */
    @Test
    void aRoleOfAnotherAccountThatIsNotThereIsRefusedLikeOneThatIs() {
        String[] answers = new String[2];
        for (int i = 0; i < 2; i++) {
            String role = "acs:ram::6543210987654321:role/" + (i == 0 ? "app" : "nowhere");
            Reply reply = sts.byAda(Rpc.assumeRole("app").with("RoleArn", role));
            assertThat(reply.status()).isEqualTo(403);
            answers[i] = reply.body().utf8().replaceFirst("\"RequestId\":\"[^\"]*\"", "");
        }
        assertThat(answers[1]).isEqualTo(answers[0]).contains("NoPermission");
    }

    @Test
    void aRoleOfAlibabaCloudsIsNotAssumedHere() {
        refused(sts.byAda(Rpc.assumeRole("upstream")), 403, "NoPermission", "Alibaba Cloud's STS makes");
    }

    @Test
    void accountsThatAreAlikeInEveryNameNeverCross() throws Exception {
        String theirs = "acs:ram::6543210987654321:role/app";
        refused(
                sts.byAda(Rpc.assumeRole("app").with("RoleArn", theirs)),
                403,
                "NoPermission",
                "The trust policy of the role does not admit acs:ram::1234567890123456:user/ada.");
        refused(
                sts.ask(Rpc.assumeRole("app")
                        .signed(SampleAccounts.OTHER_ADA_KEY, "OtherAdaSecret")
                        .inForm()),
                403,
                "NoPermission",
                "The trust policy of the role does not admit acs:ram::6543210987654321:user/ada.");
        Reply own = sts.ask(Rpc.assumeRole("app")
                .with("RoleArn", theirs)
                .signed(SampleAccounts.OTHER_ADA_KEY, "OtherAdaSecret")
                .inForm());
        assertThat(opened(own).principal().accountId()).isEqualTo(SampleAccounts.OTHER);
    }

    @Test
    void aRoleOfAnotherAccountIsAssumedWhereBothNameEachOther() throws Exception {
        Reply reply = sts.byAda(Rpc.assumeRole("app").with("RoleArn", "acs:ram::6543210987654321:role/shared"));
        assertThat(opened(reply).principal().accountId()).isEqualTo(SampleAccounts.OTHER);
    }

    @Test
    void aCallThatTheStoreCannotServeIsReported() {
        Call call = Rpc.assumeRole("app")
                .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                .inForm();
        sts.accounts.fixture.store.down(true);
        refused(sts.ask(call), 503, "ServiceUnavailable", "Try again");
    }

    private SessionReader.OpenedSession opened(Reply reply) throws Exception {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return new SessionReader(sts.accounts.registry)
                .open(
                        member(reply, "Credentials.AccessKeyId").orElseThrow(),
                        SecurityToken.of(
                                member(reply, "Credentials.SecurityToken").orElseThrow()),
                        NOW.plusSeconds(1));
    }

    private static Rpc fresh(Rpc rpc) {
        return rpc.with(
                "SignatureNonce",
                Rpc.of("").parameters().first("SignatureNonce").orElseThrow());
    }
}
