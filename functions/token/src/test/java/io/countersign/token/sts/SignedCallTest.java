package io.countersign.token.sts;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.member;
import static io.countersign.token.sts.Sts.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.token.SampleAccounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requirements on every signed call, for any action. */
class SignedCallTest {
    private final Sts sts = new Sts();

    @ParameterizedTest
    @ValueSource(
            strings = {"AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion", "SignatureNonce", "Timestamp"
            })
    void requiresEachPartOfASignature(String name) {
        Call call = identity()
                .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                .without(name)
                .inForm();
        refused(sts.ask(call), 400, "Missing" + name, name + " is mandatory for this action.");
    }

    @Test
    void actionAndVersionAreMandatoryAndKnown() {
        refused(sts.byAda(identity().without("Action")), 400, "MissingAction", "Action is mandatory");
        refused(sts.byAda(identity().without("Version")), 400, "MissingVersion", "Version is mandatory");
        refused(
                sts.byAda(identity().with("Version", "2014-05-26")),
                400,
                "InvalidVersion",
                "Specified parameter Version is not valid.");
        refused(
                sts.byAda(identity().with("Action", "AssumeRoleWithSAML")),
                404,
                "InvalidAction.NotFound",
                "Specified api is not found");
        refused(sts.byAda(identity().with("Action", "getCallerIdentity")), 404, "InvalidAction.NotFound", "not found");
        refused(sts.ask(SampleAccounts.call("GET", "/", "", "")), 400, "MissingVersion", "mandatory");
    }

    @Test
    void otherMethodsAndVersionsOfSignaturesAreRefused() {
        refused(
                sts.byAda(identity().with("SignatureMethod", "HMAC-SHA256")),
                400,
                "InvalidSignatureMethod",
                "Use HMAC-SHA1.");
        refused(sts.byAda(identity().with("SignatureVersion", "2.0")), 400, "IncompleteSignature", "1.0");
        assertThat(sts.byAda(identity().with("SignatureMethod", "Hmac-SHA1")).status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T07:45:00Z",
        "2026-11-22T08:15:00Z",
        "2026-11-22T07:45:00.001Z",
        "2026-11-22T08:14:59.999999999Z"
    })
    void atAQuarterOfAnHourACallIsStillAccepted(String time) {
        assertThat(sts.byAda(identity().with("Timestamp", time)).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T07:44:59Z",
        "2026-11-22T07:44:59.999Z",
        "2026-11-22T08:15:00.001Z",
        "2026-11-22T08:15:01Z",
        "1970-01-01T00:00:00Z",
        "9999-12-31T23:59:59Z"
    })
    void beyondAQuarterOfAnHourACallIsRefused(String time) {
        refused(
                sts.byAda(identity().with("Timestamp", time)),
                400,
                "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "now",
                "1795334400",
                "2026-11-22 08:00:00",
                "2026-11-22T08:00:00",
                "2026-11-22T08:00:00+00:00",
                "2026-02-30T08:00:00Z",
                "2026-11-22T25:00:00Z",
                "2026-11-22T08:00:00.Z",
                "2026-11-22T08:00:00.0000000000Z",
                "-026-11-22T08:00:00Z"
            })
    void refusesAnInvalidTime(String time) {
        refused(sts.byAda(identity().with("Timestamp", time)), 400, "InvalidTimeStamp.Format", "not well formatted");
    }

    @Test
    void aKeyMustBeKnownAndActive() {
        refused(
                sts.ask(identity().signed("LTAI5tNobodyNobodyNobody", "x").inForm()),
                404,
                "InvalidAccessKeyId.NotFound",
                "Specified access key is not found.");
        refused(
                sts.ask(identity().signed("x".repeat(200), "x").inForm()),
                404,
                "InvalidAccessKeyId.NotFound",
                "not found");
        refused(
                sts.ask(identity().signed(SampleAccounts.IDLE_KEY, "IdleSecret").inForm()),
                400,
                "InvalidAccessKeyId.Inactive",
                "Specified access key is disabled.");
    }

    @Test
    void aWrongSignatureEchoesTheServersStringToSign() {
        Reply reply = sts.ask(identity()
                .with("SignatureNonce", "n")
                .signed(SampleAccounts.ADA_KEY, "WrongSecret")
                .inForm());
        refused(
                reply,
                400,
                "SignatureDoesNotMatch",
                "Specified signature is not matched with our calculation. server string to sign is:"
                        + "POST&%2F&AccessKeyId%3D" + SampleAccounts.ADA_KEY
                        + "%26Action%3DGetCallerIdentity%26Format%3DJSON%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn"
                        + "%26SignatureVersion%3D1.0%26Timestamp%3D2026-11-22T08%253A00%253A00Z%26Version%3D2015-04-01");
    }

    @Test
    void refusesACallChangedAfterSigning() {
        Rpc signed = Rpc.assumeRole("app").signed(SampleAccounts.ADA_KEY, "AdaSecret");
        refused(
                sts.ask(signed.with("RoleArn", "acs:ram::1234567890123456:role/short")
                        .inForm()),
                400,
                "SignatureDoesNotMatch",
                "POST&");
        refused(sts.ask(signed.with("DurationSeconds", "900").inForm()), 400, "SignatureDoesNotMatch", "POST&");
        refused(sts.ask(signed.get().inQuery()), 400, "SignatureDoesNotMatch", "GET&");
        refused(
                sts.ask(signed.with("AccessKeyId", SampleAccounts.BOB_KEY).inForm()),
                400,
                "SignatureDoesNotMatch",
                "POST&");
        assertThat(sts.ask(signed.inForm()).status()).isEqualTo(200);
    }

    @Test
    void aNonceIsGoodOnceForEachKey() {
        Rpc call = identity().with("SignatureNonce", "only-once");
        assertThat(sts.byAda(call).status()).isEqualTo(200);
        refused(sts.byAda(call), 400, "SignatureNonceUsed", "Specified signature nonce was used already.");
        refused(sts.byAda(call.with("Timestamp", "2026-11-22T08:00:01Z")), 400, "SignatureNonceUsed", "used already");
        assertThat(sts.ask(call.signed(SampleAccounts.BOB_KEY, "BobSecret").inForm())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void consumesANonceOnlyWithAValidSignature() {
        Rpc call = identity().with("SignatureNonce", "mine");
        int writes = sts.accounts.fixture.store.writes();
        refused(
                sts.ask(call.signed(SampleAccounts.ADA_KEY, "WrongSecret").inForm()),
                400,
                "SignatureDoesNotMatch",
                "POST&");
        refused(sts.ask(call.signed("LTAI5tNobodyNobodyNobody", "x").inForm()), 404, "InvalidAccessKeyId.NotFound", "");
        assertThat(sts.accounts.fixture.store.writes()).isEqualTo(writes);
        assertThat(sts.byAda(call).status()).isEqualTo(200);
    }

    @Test
    void aNonceIsRememberedForAsLongAsItsCallCouldBeSentAgain() {
        Call call = identity()
                .with("Timestamp", "2026-11-22T08:15:00Z")
                .signed(SampleAccounts.ADA_KEY, "AdaSecret")
                .inForm();
        assertThat(sts.ask(call).status()).isEqualTo(200);
        refused(sts.function.handle(call, NOW.plusSeconds(1_800)), 400, "SignatureNonceUsed", "used already");
        refused(sts.function.handle(call, NOW.plusSeconds(1_801)), 400, "InvalidTimeStamp.Expired", "expired");
    }

    @Test
    void aNonceHasABound() {
        assertThat(sts.byAda(identity().with("SignatureNonce", "n".repeat(128))).status())
                .isEqualTo(200);
        refused(sts.byAda(identity().with("SignatureNonce", "n".repeat(129))), 400, "IncompleteSignature", "128");
        refused(sts.byAda(identity().with("SignatureNonce", "a b")), 400, "IncompleteSignature", "128");
    }

    @Test
    void refusesARepeatedParameter() {
        Rpc call = identity().signed(SampleAccounts.ADA_KEY, "AdaSecret");
        refused(
                sts.ask(call.and("Timestamp", "x").inForm()),
                400,
                "InvalidParameter",
                "Timestamp is sent more than once");
        refused(sts.ask(call.and("Format", "JSON").inBoth()), 400, "InvalidParameter", "Format is sent more than once");
    }

    @Test
    void aParameterThatTheActionDoesNotKnowIsRefused() {
        refused(
                sts.byAda(identity().with("RoleArn", "x")),
                400,
                "InvalidParameter",
                "RoleArn is not known to GetCallerIdentity");
        refused(
                sts.byAda(Rpc.assumeRole("app").with("OIDCToken", "secret")),
                400,
                "InvalidParameter",
                "OIDCToken is not known to AssumeRole");
        Reply odd = sts.byAda(identity().with("<b>", "x"));
        refused(odd, 400, "InvalidParameter", "of that name");
        assertThat(odd.body().utf8()).doesNotContain("<b>");
        assertThat(sts.byAda(identity().with("RegionId", "cn-hangzhou")).status())
                .isEqualTo(200);
    }

    @Test
    void thereAreAtMost64Parameters() {
        Rpc call = identity();
        for (int i = 0; i < 64; i++) {
            call = call.and("p" + i, "x");
        }
        refused(sts.byAda(call), 400, "InvalidParameter", "more than 64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%zz", "a=%f", "a=%ff"})
    void brokenEscapesAreRefused(String query) {
        refused(sts.ask(SampleAccounts.call("GET", "/", query, "")), 400, "InvalidParameter", ".");
        refused(
                sts.ask(SampleAccounts.call(
                        "POST", "/", "", query, "Content-Type", "application/x-www-form-urlencoded")),
                400,
                "InvalidParameter",
                ".");
    }

    @Test
    void aBodyIsAForm() {
        Call form = identity().signed(SampleAccounts.ADA_KEY, "AdaSecret").inForm();
        for (String type : new String[] {"application/json", "multipart/form-data; boundary=x", "text/plain"}) {
            refused(sts.ask(withType(form, type)), 415, "UnsupportedMediaType", "application/x-www-form-urlencoded");
        }
        List<Header> none = form.headers().stream()
                .filter(header -> !header.isNamed("Content-Type"))
                .toList();
        refused(sts.ask(with(form, none)), 415, "UnsupportedMediaType", "form");
        assertThat(sts.ask(withType(form, "Application/X-WWW-Form-Urlencoded; charset=UTF-8"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        Call call = new Call(
                "POST",
                "/",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/x-www-form-urlencoded")),
                Bytes.of(new byte[] {'a', '=', (byte) 0xff}),
                "203.0.113.7",
                true);
        refused(sts.ask(call), 400, "InvalidParameter", "UTF-8");
    }

    @Test
    void otherVerbsAndWhatIsTooLargeAreRefusedInStssForm() {
        Reply verb = sts.ask(SampleAccounts.call("PUT", "/", "", ""));
        refused(verb, 405, "MethodNotAllowed", "Use GET, POST.");
        assertThat(verb.header("Allow")).contains("GET, POST");
        refused(
                sts.ask(SampleAccounts.call("POST", "/", "", "x".repeat(RequestLimits.BODY + 1))),
                413,
                "BodyTooLarge",
                "65536");
        refused(sts.ask(SampleAccounts.call("GET", "/", "x".repeat(RequestLimits.URL), "")), 414, "UrlTooLong", "8192");
        refused(sts.function.refusal(ProblemException.Problem.internal()), 500, "InternalError", "Try again");
    }

    @Test
    void everyCallHasAnIdOfItsOwn() {
        assertThat(member(sts.byAda(identity()), "RequestId")).isNotEqualTo(member(sts.byAda(identity()), "RequestId"));
    }

    private static Rpc identity() {
        return Rpc.of("GetCallerIdentity");
    }

    private static Call withType(Call call, String type) {
        List<Header> headers = new ArrayList<>(call.headers().stream()
                .filter(header -> !header.isNamed("Content-Type"))
                .toList());
        headers.add(new Header("Content-Type", type));
        return with(call, headers);
    }

    private static Call with(Call call, List<Header> headers) {
        return new Call(call.method(), call.path(), call.rawQuery(), headers, call.body(), call.peer(), call.secure());
    }
}
