package io.countersign.token.sts;

import static io.countersign.token.SampleAccounts.member;
import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.signing.SecurityToken;
import io.countersign.token.SampleAccounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Acs3Test {
    private static final String ASSUME = "RoleArn=acs%3Aram%3A%3A1234567890123456%3Arole%2Fapp&RoleSessionName=phone";

    private final Sts sts = new Sts();

    @Test
    void aCallWhoseParametersAreInTheQueryIsAnswered() {
        Reply reply = sts.ask(Acs3.of("AssumeRole").query(ASSUME).signed(SampleAccounts.ADA_KEY, "AdaSecret"));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(member(reply, "AssumedRoleUser.Arn")).contains("acs:ram::1234567890123456:role/app/phone");
    }

    @Test
    void aCallWhoseParametersAreInAFormIsAnswered() {
        Acs3 call = Acs3.of("AssumeRole").form(ASSUME);
        assertThat(sts.ask(call.signed(SampleAccounts.ADA_KEY, "AdaSecret")).status())
                .isEqualTo(200);
        Acs3 both = Acs3.of("AssumeRole").query("DurationSeconds=900").form(ASSUME);
        assertThat(member(sts.ask(both.signed(SampleAccounts.ADA_KEY, "AdaSecret")), "Credentials.Expiration"))
                .contains("2026-11-22T08:15:00Z");
    }

    @Test
    void aGetIsAnswered() {
        assertThat(sts.ask(identity().method("GET").signed(SampleAccounts.ADA_KEY, "AdaSecret"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aSessionSendsItsTokenInAHeader() {
        Reply session = sts.session("app");
        String token = member(session, "Credentials.SecurityToken").orElseThrow();
        String id = member(session, "Credentials.AccessKeyId").orElseThrow();
        Acs3 call = identity().header("x-acs-security-token", token);
        assertThat(member(
                        sts.ask(call.signed(
                                id,
                                member(session, "Credentials.AccessKeySecret").orElseThrow())),
                        "IdentityType"))
                .contains("AssumedRoleUser");
        Reply wrong = sts.ask(identity().header("x-acs-security-token", token).signed(id, "Wrong"));
        refused(wrong, 400, "SignatureDoesNotMatch", SecurityToken.fingerprint(token));
        assertThat(wrong.body().utf8()).doesNotContain(token);
    }

    @Test
    void anUnsignedTokenIsRefused() {
        Acs3 call = identity().header("x-acs-security-token", "x").unsigned("x-acs-security-token");
        refused(sts.ask(call.signed("STS.x", "Secret")), 400, "IncompleteSignature", "x-acs-security-token");
    }

    @Test
    void aWrongSignatureEchoesWhatTheServerSigned() {
        refused(
                sts.ask(identity().signed(SampleAccounts.ADA_KEY, "WrongSecret")),
                400,
                "SignatureDoesNotMatch",
                "server string to sign is:ACS3-HMAC-SHA256");
        refused(
                sts.ask(identity().signed(SampleAccounts.ADA_KEY, "WrongSecret")),
                400,
                "SignatureDoesNotMatch",
                "server canonical request is:POST\n/\n\nhost:sts.example\nx-acs-action:GetCallerIdentity\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"})
    void requiresASignatureOverTheHeadersThatDescribeTheCall(String name) {
        refused(
                sts.ask(identity().unsigned(name).signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "IncompleteSignature",
                "SignedHeaders must name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-acs-date", "x-acs-signature-nonce", "x-acs-content-sha256"})
    void aHeaderThatIsSignedMustBeThereOnce(String name) {
        refused(
                sts.ask(identity().without(name).signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "IncompleteSignature",
                name);
        refused(
                sts.ask(identity().and(name, "x").signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "IncompleteSignature",
                "more than once");
    }

    @Test
    void theHashMustBeTheBodys() {
        Call signed = Acs3.of("AssumeRole").form(ASSUME).signed(SampleAccounts.ADA_KEY, "AdaSecret");
        Call changed = new Call(
                signed.method(),
                signed.path(),
                signed.rawQuery(),
                signed.headers(),
                io.countersign.http.Bytes.utf8(ASSUME.replace("phone", "robot")),
                signed.peer(),
                signed.secure());
        refused(sts.ask(changed), 400, "IncompleteSignature", "SHA-256 of the body");
    }

    @Test
    void aChangedQueryIsRefused() {
        Call signed = Acs3.of("AssumeRole").query(ASSUME).signed(SampleAccounts.ADA_KEY, "AdaSecret");
        Call changed = new Call(
                signed.method(),
                signed.path(),
                signed.rawQuery().map(query -> query.replace("phone", "robot")),
                signed.headers(),
                signed.body(),
                signed.peer(),
                signed.secure());
        refused(sts.ask(changed), 400, "SignatureDoesNotMatch", "RoleSessionName=robot");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACS3-HMAC-SHA256",
                "ACS3-HMAC-SHA256 x",
                "ACS3-HMAC-SHA256 Credential=x,Signature=y",
                "ACS3-HMAC-SHA256 Credential=x,SignedHeaders=a b,Signature=y",
                "ACS3-HMAC-SM3 Credential=x,SignedHeaders=host,Signature=y",
                "Bearer x",
                "OSS x:y"
            })
    void anotherAuthorizationIsRefused(String authorization) {
        refused(
                sts.ask(identity().header("authorization", authorization).unsigned()),
                400,
                "IncompleteSignature",
                "The Authorization header must be ACS3-HMAC-SHA256");
    }

    @Test
    void aCallIsSignedInOneWay() {
        Acs3 call = identity().query("Signature=x");
        refused(
                sts.ask(call.signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "IncompleteSignature",
                "one of the two");
        Acs3 token = identity().query("SecurityToken=x");
        refused(
                sts.ask(token.signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "IncompleteSignature",
                "one of the two");
    }

    @Test
    void headersAndParametersSayTheSame() {
        Acs3 call = identity().query("Action=AssumeRole");
        refused(sts.ask(call.signed(SampleAccounts.ADA_KEY, "AdaSecret")), 400, "InvalidParameter", "Action");
        Acs3 version = identity().query("Version=2015-04-02");
        refused(sts.ask(version.signed(SampleAccounts.ADA_KEY, "AdaSecret")), 400, "InvalidParameter", "Version");
        Acs3 same = identity().query("Action=GetCallerIdentity&Version=2015-04-01");
        assertThat(sts.ask(same.signed(SampleAccounts.ADA_KEY, "AdaSecret")).status())
                .isEqualTo(200);
    }

    @Test
    void timeAndNonceAreChecked() {
        refused(
                sts.ask(identity()
                        .header("x-acs-date", "2026-11-22T07:00:00Z")
                        .signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "InvalidTimeStamp.Expired",
                "expired");
        refused(
                sts.ask(identity()
                        .header("x-acs-date", "Sun, 22 Nov 2026 08:00:00 GMT")
                        .signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "InvalidTimeStamp.Format",
                "not well formatted");
        Call call = identity().signed(SampleAccounts.ADA_KEY, "AdaSecret");
        assertThat(sts.ask(call).status()).isEqualTo(200);
        refused(sts.ask(call), 400, "SignatureNonceUsed", "used already");
    }

    @Test
    void aNonceIsSharedByBothKindsOfSignature() {
        assertThat(sts.byAda(Rpc.of("GetCallerIdentity").with("SignatureNonce", "shared"))
                        .status())
                .isEqualTo(200);
        refused(
                sts.ask(identity()
                        .header("x-acs-signature-nonce", "shared")
                        .signed(SampleAccounts.ADA_KEY, "AdaSecret")),
                400,
                "SignatureNonceUsed",
                "used already");
    }

    @Test
    void oidcIsAskedForWithoutASignature() {
        Acs3 call = Acs3.of("AssumeRoleWithOIDC")
                .form(ASSUME + "&OIDCProviderArn=acs:ram::1234567890123456:oidc-provider/demo&OIDCToken="
                        + SampleAccounts.token("app"));
        assertThat(sts.ask(call.unsigned()).status()).isEqualTo(200);
    }

    @Test
    void theAcceptHeaderChoosesTheFormat() {
        Reply xml = sts.ask(identity().header("accept", "application/xml").signed(SampleAccounts.ADA_KEY, "AdaSecret"));
        assertThat(xml.header("Content-Type")).contains("text/xml;charset=utf-8");
        assertThat(List.of(xml.body().utf8())).allMatch(text -> text.contains("<GetCallerIdentityResponse>"));
        Reply json =
                sts.ask(identity().header("accept", "application/json").signed(SampleAccounts.ADA_KEY, "AdaSecret"));
        assertThat(json.header("Content-Type")).contains("application/json;charset=utf-8");
    }

    private static Acs3 identity() {
        return Acs3.of("GetCallerIdentity");
    }
}
