package io.countersign.token;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.token.SampleAccounts.call;
import static io.countersign.token.SampleAccounts.member;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Call;
import io.countersign.http.Outcome;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.http.RequestLimits;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestToken;
import io.countersign.identity.token.SessionReader;
import io.countersign.oss.PercentEncoding;
import io.countersign.signing.SecurityToken;
import io.countersign.token.upstream.UpstreamSessions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFunctionTest {
    private static final String TOKEN = SampleAccounts.token("app");
    private static final String NARROW =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":\"*\"}]}";

    private final SampleAccounts accounts = new SampleAccounts();
    private final TokenFunction function = accounts.tokens(UpstreamSessions.StsEndpoint.DEFAULT);

    @Test
    void aGetWithABearerTokenIsAnsweredFlat() throws Exception {
        Reply reply = get("");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().utf8())
                .matches(
                        "\\{\"StatusCode\":200,\"Code\":\"Success\",\"AccessKeyId\":\"STS\\.[^\"]+\",\"AccessKeySecret\":\"[^\"]+\","
                                + "\"SecurityToken\":\"[^\"]+\",\"Expiration\":\"2026-11-22T09:00:00Z\",\"SessionId\":\"[0-9a-f]{32}\"}");
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        SessionReader.OpenedSession session = opened(reply);
        assertThat(session.principal().arn()).isEqualTo("acs:ram::1234567890123456:role/app/alice");
        // The role trusts two providers.
        assertThat(session.subject()).contains("demo:alice");
    }

    @Test
    void parametersMayOccurInTheQueryOrInTheBody() throws Exception {
        Reply inQuery = get("role=app&durationSeconds=900&policy=" + PercentEncoding.encode(NARROW));
        Reply inBody = post(
                "",
                "{\"role\":\"acs:ram::1234567890123456:role/app\",\"durationSeconds\":900,\"policy\":" + NARROW + "}");
        Reply inBoth = post("role=app&durationSeconds=900", "{\"policy\":" + NARROW + "}");
        for (Reply reply : new Reply[] {inQuery, inBody, inBoth}) {
            assertThat(member(reply, "Expiration")).as(reply.body().utf8()).contains("2026-11-22T08:15:00Z");
            assertThat(opened(reply).principal().session().orElseThrow().json()).isEqualTo(NARROW);
        }
    }

    @Test
    void aPostNeedsNoBody() {
        Reply reply = function.handle(call("POST", "/token", "", "", "Authorization", "Bearer " + TOKEN), NOW);
        assertThat(member(reply, "StatusCode")).contains("200");
    }

    @ParameterizedTest
    @CsvSource({"app, 2026-11-22T09:00:00Z", "short, 2026-11-22T08:30:00Z"})
    void withoutADurationASessionLastsAnHourOrAsLongAsTheRoleAllows(String role, String expiration) {
        assertThat(member(get("role=" + role), "Expiration")).contains(expiration);
    }

    @Test
    void theExpirationIsInWholeSeconds() {
        Reply reply = function.handle(asked("GET", "", ""), NOW.plusMillis(789));
        assertThat(member(reply, "Expiration")).contains("2026-11-22T09:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"899", "43201", "0", "-1", "+900", "1e3", "900.5", "", "99999999999999999999", "abc"})
    void aDurationOutOfAllBoundsIsRefused(String seconds) {
        refused(get("durationSeconds=" + seconds), 400, "InvalidParameter", "durationSeconds");
    }

    @Test
    void aDurationBeyondTheRolesMaximumIsRefused() {
        refused(get("durationSeconds=7201"), 400, "InvalidDuration", "7200");
        refused(get("role=short&durationSeconds=1801"), 400, "InvalidDuration", "1800");
        assertThat(member(get("durationSeconds=7200"), "StatusCode")).contains("200");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"durationSeconds\":899}",
                "{\"durationSeconds\":\"900\"}",
                "{\"durationSeconds\":900.5}",
                "{\"role\":1}",
                "{\"role\":null}",
                "{\"policy\":\"{}\"}",
                "{\"policy\":[]}",
                "{\"unknown\":1}",
                "{\"access_token\":\"x\"}"
            })
    void aMemberThatIsUnknownOrIllFormedIsRefused(String body) {
        refused(post("", body), 400, "InvalidMember", ".");
    }

    @Test
    void thePolicyAsTextIsToldItsForm() {
        refused(
                post("", "{\"policy\":\"{}\"}"),
                400,
                "InvalidMember",
                "policy: expected an object, found a string; send the policy itself and not its text in quotes, as {\"policy\": {\"Version\": \"1\", \"Statement\": [...]}}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "x", "{\"role\":\"app\",\"role\":\"app\"}"})
    void aBodyThatIsNoObjectIsRefused(String body) {
        refused(post("", body), 400, "InvalidJson", ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"unknown=1", "Role=app", "role=app&role=app", "policy=x", "policy=[]", "role=%zz", "role=%ff"})
    void aParameterThatIsUnknownDoubledOrIllFormedIsRefused(String query) {
        refused(get(query), 400, "InvalidParameter", ".");
    }

    @Test
    void refusesAParameterInTwoPlaces() {
        refused(post("role=app", "{\"role\":\"app\"}"), 400, "InvalidParameter", "role");
        refused(post("durationSeconds=900", "{\"durationSeconds\":900}"), 400, "InvalidParameter", "durationSeconds");
    }

    @Test
    void aGetHasNoBody() {
        refused(function.handle(asked("GET", "", "{}"), NOW), 400, "InvalidParameter", "POST");
    }

    @Test
    void aBodyIsJson() {
        Call call = call(
                "POST",
                "/token",
                "",
                "role=app",
                "Authorization",
                "Bearer " + TOKEN,
                "Content-Type",
                "application/x-www-form-urlencoded");
        refused(function.handle(call, NOW), 415, "UnsupportedMediaType", "application/json");
    }

    @Test
    void aPolicyThatIsNoneIsRefused() {
        refused(get("policy=" + PercentEncoding.encode("{}")), 400, "InvalidSessionPolicy", ".");
        refused(post("", "{\"policy\":{\"Version\":\"1\",\"Statement\":[]}}"), 400, "InvalidSessionPolicy", ".");
    }

    @Test
    void aSessionWithoutAnyAllowIsRefused() {
        refused(get("role=empty"), 403, "NoPermission", ".");
        String deny = NARROW.replace("Allow", "Deny");
        refused(get("policy=" + PercentEncoding.encode(deny)), 403, "NoPermission", ".");
    }

    @ParameterizedTest
    @CsvSource({
        "closed, 403, NotTrusted",
        "nowhere, 403, RoleNotFound",
        "acs:ram::6543210987654321:role/app, 403, RoleNotFound",
        "acs:ram::6543210987654321:role/shared, 403, RoleNotFound",
        "a/b, 400, InvalidRole"
    })
    void aRoleThatIsNotForTheCallerIsRefused(String role, int status, String code) {
        refused(get("role=" + role), status, code, ".");
    }

    @Test
    void accountsThatAreAlikeInEveryNameNeverCross() throws Exception {
        Reply reply = function.handle(
                call("GET", "/token", "role=app", "", "Authorization", "Bearer " + SampleAccounts.token("other")), NOW);
        refused(reply, 403, "NotTrusted", ".");
        assertThat(opened(get("role=app")).principal().accountId()).isEqualTo(SampleAccounts.ACCOUNT);
    }

    @Test
    void aCallWithoutATokenIsRefused() {
        refused(function.handle(call("GET", "/token", "", ""), NOW), 401, "MissingToken", "Authorization: Bearer");
    }

    @Test
    void aTokenThatIsNotGoodIsRefused() {
        refused(bearer("x"), 401, "InvalidToken", ".");
        String forged = TestToken.good("EdDSA", "ed").signed(TestKeys.OTHER_RSA, "RS256");
        refused(bearer(forged), 401, "InvalidSignature", ".");
        refused(function.handle(asked("GET", "", ""), NOW.plusSeconds(7_200)), 401, "TokenExpired", ".");
    }

    @Test
    void aTokenInTheQueryIsAcceptedWhereItsProviderAllowsIt() throws Exception {
        Reply reply = function.handle(call("GET", "/token", "access_token=" + SampleAccounts.token("web"), ""), NOW);
        assertThat(opened(reply).principal().roleName()).isEqualTo("app");
        refused(
                function.handle(call("GET", "/token", "access_token=" + TOKEN, ""), NOW),
                401,
                "QueryTokenNotAllowed",
                "Authorization: Bearer");
    }

    @Test
    void aTokenIsSentInOnePlace() {
        Call both = call(
                "GET", "/token", "access_token=" + SampleAccounts.token("web"), "", "Authorization", "Bearer " + TOKEN);
        refused(function.handle(both, NOW), 400, "InvalidToken", "one token");
        Call twice = call("GET", "/token", "access_token=a&access_token=b", "");
        refused(function.handle(twice, NOW), 400, "InvalidParameter", "access_token");
    }

    @Test
    void refusalsNeverRepeatAToken() {
        String token = SampleAccounts.token("app");
        for (String query : new String[] {"access_token=" + token, "access_token=" + token + "x", "unknown=" + token}) {
            Reply reply = function.handle(call("GET", "/token", query, ""), NOW);
            assertThat(reply.body().utf8()).doesNotContain(token.substring(0, 40));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "HEAD", "DELETE", "OPTIONS"})
    void anotherVerbIsRefusedInTheSameForm(String verb) {
        refused(function.handle(asked(verb, "", ""), NOW), 405, "MethodNotAllowed", "Use GET, POST.");
    }

    @Test
    void refusesALargeRequestInTheFormOfTheCall() {
        refused(post("", " ".repeat(RequestLimits.BODY + 1)), 413, "BodyTooLarge", "65536");
        refused(get("role=" + "x".repeat(RequestLimits.URL)), 414, "UrlTooLong", "8192");
        refused(bearer("x".repeat(RequestLimits.HEADER_BLOCK)), 431, "HeadersTooLarge", "32768");
    }

    @Test
    void refusesEarlyInTheFormOfTheCall() {
        refused(function.refusal(ProblemException.Problem.bodyTooLarge(7)), 413, "BodyTooLarge", "7 bytes");
        refused(function.refusal(ProblemException.Problem.internal()), 500, "InternalError", "Try again");
    }

    @Test
    void aStoreThatDoesNotAnswerIsReportedInTheSameForm() {
        accounts.fixture.store.down(true);
        refused(get(""), 503, "Unavailable", "Try again");
    }

    private Reply get(String query) {
        return function.handle(asked("GET", query, ""), NOW);
    }

    private Reply post(String query, String body) {
        return function.handle(asked("POST", query, body), NOW);
    }

    private Reply bearer(String token) {
        return function.handle(call("GET", "/token", "", "", "Authorization", "Bearer " + token), NOW);
    }

    private static Call asked(String method, String query, String body) {
        return call(
                method, "/token", query, body, "Authorization", "Bearer " + TOKEN, "Content-Type", "application/json");
    }

    private SessionReader.OpenedSession opened(Reply reply) throws Exception {
        assertThat(member(reply, "StatusCode")).as(reply.body().utf8()).contains("200");
        return new SessionReader(accounts.registry)
                .open(
                        member(reply, "AccessKeyId").orElseThrow(),
                        SecurityToken.of(member(reply, "SecurityToken").orElseThrow()),
                        NOW.plusSeconds(1));
    }

    /** The status is 200, because the mobile SDKs discard the body of any other. */
    private static void refused(Reply reply, int status, String code, String message) {
        assertThat(reply.status()).isEqualTo(200);
        assertThat(member(reply, "ErrorCode")).as(reply.body().utf8()).contains(code);
        assertThat(reply.code()).contains(code);
        assertThat(reply.outcome()).isEqualTo(status < 500 ? Outcome.REFUSED : Outcome.FAILED);
        assertThat(member(reply, "StatusCode")).contains(Integer.toString(status));
        assertThat(member(reply, "ErrorMessage").orElseThrow()).contains(message);
        assertThat(member(reply, "AccessKeyId")).isEmpty();
        // Clients of a credentials URI take an answer with Code for a session.
        assertThat(member(reply, "Code")).isEmpty();
    }
}
