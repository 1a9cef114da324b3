package io.countersign.presign;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.registry.Bucket;
import io.countersign.registry.KeyStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostPolicyFunctionTest {
    private static final String ONE = "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/a.jpg\"}";
    private static final String BELOW = "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice/\"}";
    private static final String CREDENTIAL = "LTAI5tSigner/20261122/cn-hangzhou/oss/aliyun_v4_request";
    private static final String OWN_FOLDER =
            policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");

    private static Form made(String body, String... members) {
        return Form.made(PresignCalls.registry(OWN_FOLDER), with(body, members));
    }

    private static String with(String body, String... members) {
        String more = members.length == 0 ? "" : "," + String.join(",", members);
        return body.substring(0, body.length() - 1) + more + "}";
    }

    private static void isProblem(Reply reply, int status, String code, String text) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(PresignCalls.text(PresignCalls.json(reply), "code")).isEqualTo(code);
        assertThat(PresignCalls.text(PresignCalls.json(reply), "detail")).contains(text);
    }

    private static void isRefused(String body, int status, String code, String text) {
        isProblem(Form.reply(PresignCalls.registry(OWN_FOLDER), body), status, code, text);
    }

    @Test
    void aBareFormIsOneInV4ForAnHourAndAnyFileOfOneKey() throws Exception {
        Form form = made(ONE);
        assertThat(form.url()).isEqualTo("https://examplebucket.oss-cn-hangzhou.aliyuncs.com/");
        assertThat(form.expiration()).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(form.fields().keySet())
                .containsExactly(
                        "key",
                        "x-oss-signature-version",
                        "x-oss-credential",
                        "x-oss-date",
                        "policy",
                        "x-oss-signature");
        assertThat(form.field("key")).isEqualTo("users/alice/a.jpg");
        assertThat(form.field("x-oss-date")).isEqualTo("20261122T080000Z");
        assertThat(form.policy()).startsWith("{\"expiration\":\"2026-11-22T09:00:00.000Z\",");
        assertThat(form.conditions())
                .containsExactly(
                        "[\"eq\",\"$bucket\",\"examplebucket\"]",
                        "[\"eq\",\"$key\",\"users/alice/a.jpg\"]",
                        "[\"content-length-range\",0,5368709120]",
                        "[\"eq\",\"$x-oss-signature-version\",\"OSS4-HMAC-SHA256\"]",
                        "[\"eq\",\"$x-oss-credential\",\"" + CREDENTIAL + "\"]",
                        "[\"eq\",\"$x-oss-date\",\"20261122T080000Z\"]");
        assertThat(form.isSignedBy(PresignCalls.SECRET)).isTrue();
        assertThat(form.isSignedBy("another")).isFalse();
    }

    @Test
    void aV1FormHasOnlyItsFields() throws Exception {
        Form form = made(ONE, "\"version\":\"V1\"");
        assertThat(form.fields().keySet()).containsExactly("key", "OSSAccessKeyId", "policy", "Signature");
        assertThat(form.field("OSSAccessKeyId")).isEqualTo(PresignCalls.KEY_ID);
        assertThat(form.conditions()).hasSize(3);
        assertThat(form.isSignedBy(PresignCalls.SECRET)).isTrue();
    }

    @Test
    void belowAPrefixTheFilesNameIsTheRestOfTheKey() {
        Form form = made(BELOW);
        assertThat(form.field("key")).isEqualTo("users/alice/${filename}");
        assertThat(form.conditions()).contains("[\"starts-with\",\"$key\",\"users/alice/\"]");
    }

    @Test
    void lengthTypesAndStatusAreBound() {
        Form form = made(
                BELOW,
                "\"contentLengthRange\":[1,1024]",
                "\"contentTypes\":[\"image/png\",\"image/jpeg\"]",
                "\"successActionStatus\":201");
        assertThat(form.conditions())
                .contains(
                        "[\"content-length-range\",1,1024]",
                        "[\"in\",\"$content-type\",[\"image/png\",\"image/jpeg\"]]",
                        "[\"in\",\"$x-oss-content-type\",[\"image/png\",\"image/jpeg\"]]",
                        "[\"eq\",\"$success_action_status\",\"201\"]");
        assertThat(form.field("content-type")).isEqualTo("image/png");
        assertThat(form.field("x-oss-content-type")).isEqualTo("image/png");
        assertThat(form.field("success_action_status")).isEqualTo("201");
    }

    @Test
    void oneTypeIsTheOnlyOne() {
        assertThat(made(ONE, "\"contentTypes\":[\"image/png\"]", "\"successActionStatus\":\"204\"")
                        .conditions())
                .contains(
                        "[\"eq\",\"$content-type\",\"image/png\"]",
                        "[\"eq\",\"$x-oss-content-type\",\"image/png\"]",
                        "[\"eq\",\"$success_action_status\",\"204\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V1", "V4"})
    void ossStoresNoOtherType(String version) {
        String signed = "\"version\":\"" + version + "\"";
        Map<String, String> one =
                made(ONE, signed, "\"contentTypes\":[\"image/png\"]").fields();
        StoredType.requireOnly(one, "image/png");
        Map<String, String> several =
                made(ONE, signed, "\"contentTypes\":[\"image/png\",\"a/$b\"]").fields();
        StoredType.requireOnly(several, "image/png");
        several.put("content-type", "a/$b");
        several.put("x-oss-content-type", "a/$b");
        StoredType.requireOnly(several, "a/$b");
    }

    @Test
    void aDollarSignInAValueIsEscaped() {
        Form form = made("{\"bucket\":\"examplebucket\",\"key\":\"users/alice/$5\"}");
        assertThat(form.field("key")).isEqualTo("users/alice/$5");
        assertThat(form.conditions()).contains("[\"eq\",\"$key\",\"users/alice/\\\\$5\"]");
    }

    @Test
    void theExpiryIsCapped() {
        assertThat(made(ONE, "\"expiresIn\":60").expiration()).isEqualTo("2026-11-22T08:01:00Z");
        isRefused(with(ONE, "\"expiresIn\":3601"), 400, "InvalidMember", "from 1 to 3600");
        isRefused(with(ONE, "\"expiresIn\":0"), 400, "InvalidMember", "from 1 to 3600");
        PostPolicyFunction brief =
                Form.function(PresignCalls.registry(OWN_FOLDER), new PostPolicySettings(Duration.ofMinutes(5)));
        byte[] body = ONE.getBytes(StandardCharsets.UTF_8);
        assertThat(Form.of(brief.handle(Form.call(PresignCalls.TOKEN, body), NOW.plusMillis(999)))
                        .expiration())
                .isEqualTo("2026-11-22T08:05:00Z");
        PostPolicyFunction patient =
                Form.function(PresignCalls.registry(OWN_FOLDER), new PostPolicySettings(Duration.ofDays(7)));
        assertThat(Form.of(patient.handle(Form.call(PresignCalls.TOKEN, body), NOW))
                        .expiration())
                .isEqualTo("2026-11-22T09:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT1.5S", "P7DT1S"})
    void aCapOutOfRangeIsRefused(String cap) {
        assertThatThrownBy(() -> new PostPolicySettings(Duration.parse(cap)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("7 days");
    }

    @ParameterizedTest
    @CsvSource({
        "https://{bucket}.oss-{region}.aliyuncs.com,https://examplebucket.oss-cn-hangzhou.aliyuncs.com/",
        "http://127.0.0.1:9000,http://127.0.0.1:9000/examplebucket/",
        "http://127.0.0.1:9000/{bucket},http://127.0.0.1:9000/examplebucket/",
        "https://img.example.com,https://img.example.com/"
    })
    void theUrlFollowsTheBucketsEndpoint(String endpoint, String url) {
        TestRegistry registry = PresignCalls.registry(OWN_FOLDER)
                .bucket(TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, endpoint, List.of("img.example.com"), Optional.empty()));
        assertThat(Form.made(registry, ONE).url()).isEqualTo(url);
    }

    @Test
    void anEndpointThatIsNoneIsTheOperatorsToCorrect() {
        TestRegistry registry = PresignCalls.registry(OWN_FOLDER)
                .bucket(TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, "ftp://x", List.of(), Optional.empty()));
        isProblem(Form.reply(registry, ONE), 409, "NoSigner", "endpoint");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|bucket",
                "{\"bucket\":\"examplebucket\"}|either",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"keyPrefix\":\"a/\"}|either",
                "{\"bucket\":\"examplebucket\",\"key\":\"\"}|empty",
                "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"\"}|empty",
                "{\"bucket\":7,\"key\":\"a\"}|string",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"acl\":\"private\"}|not known",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentLengthRange\":[1]}|[min, max]",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentLengthRange\":[1,2,3]}|[min, max]",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentLengthRange\":{}}|array",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentLengthRange\":[2,1]}|from 2",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentLengthRange\":[-1,1]}|from 0",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentLengthRange\":[0,5368709121]}|to 5368709120",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentTypes\":[]}|from 1 to 32",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentTypes\":\"image/png\"}|array",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentTypes\":[\"\"]}|media type",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentTypes\":[\"a/b \"]}|media type",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"contentTypes\":[\"a/\\u00e9\"]}|media type",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"successActionStatus\":302}|200, 201 or 204",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"successActionStatus\":\"2e2\"}|200, 201 or 204",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"successActionStatus\":true}|string",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"version\":\"V2\"}|V2 forms",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"version\":\"v4\"}|V4 or V1",
                "{\"bucket\":\"examplebucket\",\"key\":\"a\",\"expiresIn\":1.5}|whole number"
            })
    void aMemberThatIsWrongIsRefusedByItsPlace(String body, String text) {
        isRefused(body, 400, "InvalidMember", text);
    }

    @Test
    void theTypesAreCounted() {
        String type = "\"a/" + "b".repeat(253) + "\"";
        String most = type + ("," + type).repeat(31);
        assertThat(made(ONE, "\"contentTypes\":[" + most + "]").conditions()).hasSize(8);
        isRefused(with(ONE, "\"contentTypes\":[" + most + ",\"a\"]"), 400, "InvalidMember", "from 1 to 32");
        isRefused(with(ONE, "\"contentTypes\":[\"a/" + "b".repeat(254) + "\"]"), 400, "InvalidMember", "media type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"keyPrefix\":\"users/alice\"|400|InvalidArgument|add the slash",
                "\"keyPrefix\":\"users/alice/../\"|403|KeyNotSignable|segment",
                "\"keyPrefix\":\"./\"|403|KeyNotSignable|segment",
                "\"keyPrefix\":\"users/alice/${filename}/\"|403|NotSignable|${filename}",
                "\"key\":\"users/alice/${filename}\"|403|NotSignable|keyPrefix",
                "\"key\":\"users/alice/../bob\"|403|KeyNotSignable|segment",
                "\"key\":\"users/alice/\\u0000\"|400|InvalidArgument|NUL",
                "\"key\":\"users/alice/\\ud800\"|400|InvalidJson|surrogate",
                "\"keyPrefix\":\"users/alice/\\udfff/\"|400|InvalidJson|surrogate"
            })
    void aKeyThatCannotBeBoundIsRefused(String key, int status, String code, String text) {
        Reply reply = Form.reply(PresignCalls.registry(), "{\"bucket\":\"examplebucket\"," + key + "}");
        isProblem(reply, status, code, text);
    }

    @Test
    void aKeyHasItsLength() {
        String longest = "users/alice/" + "k".repeat(1011);
        assertThat(made("{\"bucket\":\"examplebucket\",\"key\":\"" + longest + "\"}")
                        .field("key"))
                .isEqualTo(longest);
        isRefused("{\"bucket\":\"examplebucket\",\"key\":\"" + longest + "k\"}", 400, "InvalidArgument", "1023");
        isRefused("{\"bucket\":\"Example\",\"key\":\"a\"}", 400, "InvalidArgument", "bucket");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"bucket\":\"examplebucket\",\"key\":\"users/bob/a\"}",
                "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/bob/\"}",
                "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/\"}",
                "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"users/alice2/\"}",
                "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"/\"}"
            })
    void refusesAFormThatTheRoleMayNotUpload(String body) {
        isRefused(body, 403, "AccessDenied", "Your session may not oss:PutObject");
    }

    @Test
    void oneAllowMustHoldTheWholePrefix() {
        TestRegistry pieces = PresignCalls.registry(
                policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/a/*.jpg"),
                policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/a/b/*"));
        isProblem(
                Form.reply(pieces, "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"a/\"}"),
                403,
                "AccessDenied",
                "every object below this prefix");
        assertThat(Form.made(pieces, "{\"bucket\":\"examplebucket\",\"keyPrefix\":\"a/b/\"}")
                        .conditions())
                .contains("[\"starts-with\",\"$key\",\"a/b/\"]");
    }

    @Test
    void aDenyInsideThePrefixIsEnough() {
        TestRegistry registry = PresignCalls.registry(
                OWN_FOLDER, policy("Deny", "oss:*", "acs:oss:*:*:examplebucket/users/alice/keep/*"));
        isProblem(Form.reply(registry, BELOW), 403, "AccessDenied", "denies it explicitly");
        assertThat(Form.made(registry, ONE).fields()).containsKey("policy");
    }

    @Test
    void readingIsNotWriting() {
        TestRegistry reader = PresignCalls.registry(policy("Allow", "oss:GetObject", "*"));
        isProblem(Form.reply(reader, ONE), 403, "AccessDenied", "oss:PutObject on this object");
    }

    @Test
    void anotherAccountsBucketIsRefusedLikeOneThatIsNot() {
        TestRegistry registry = PresignCalls.registry()
                .bucket(TestRegistry.bucket(
                        "otherbucket",
                        TestRegistry.OTHER_ACCOUNT,
                        Bucket.DEFAULT_ENDPOINT,
                        List.of(),
                        Optional.empty()));
        for (String bucket : List.of("otherbucket", "nobodys-bucket")) {
            isProblem(
                    Form.reply(registry, "{\"bucket\":\"" + bucket + "\",\"keyPrefix\":\"a/\"}"),
                    403,
                    "AccessDenied",
                    "does not belong to the account");
        }
    }

    @Test
    void withoutASignerNothingIsSigned() {
        TestRegistry registry = TestRegistry.with(OWN_FOLDER)
                .bucket("examplebucket")
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.INACTIVE);
        isProblem(Form.reply(registry, ONE), 409, "NoSigner", "Active key");
    }

    @Test
    void delegatesNoRightToSetAcls() {
        String anything = policy("Allow", "oss:*", "*");
        TestRegistry strongSigner = TestRegistry.with(OWN_FOLDER)
                .bucket("examplebucket")
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE, anything);
        for (String body : List.of(ONE, BELOW, with(ONE, "\"version\":\"V1\""))) {
            Form bound = Form.made(strongSigner, body);
            assertThat(bound.field("x-oss-object-acl")).isEqualTo("default");
            assertThat(bound.conditions()).contains("[\"eq\",\"$x-oss-object-acl\",\"default\"]");
        }
        TestRegistry strongBoth = TestRegistry.with(anything)
                .bucket("examplebucket")
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE, anything);
        assertThat(Form.made(strongBoth, ONE).fields()).doesNotContainKey("x-oss-object-acl");
        assertThat(made(ONE).fields()).doesNotContainKey("x-oss-object-acl");
    }

    /** The signer's own policies are asked when the form is used, from wherever that is. */
    @Test
    void aSignerThatMightSetAclsSomewhereLendsThem() {
        for (String signers : List.of(
                policy("Allow", "oss:*", "acs:oss:*:*:examplebucket/users/alice/public/*"),
                conditional("Allow", "oss:*", "{'IpAddress':{'acs:SourceIp':'198.51.100.1'}}"),
                conditional("Allow", "oss:*", "{'StringEquals':{'oss:BucketTag/team':'red'}}"))) {
            TestRegistry registry = TestRegistry.with(OWN_FOLDER)
                    .bucket("examplebucket")
                    .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE, signers);
            assertThat(Form.made(registry, BELOW).field("x-oss-object-acl"))
                    .as(signers)
                    .isEqualTo("default");
        }
        TestRegistry never = TestRegistry.with(OWN_FOLDER)
                .bucket("examplebucket")
                .signer(
                        PresignCalls.KEY_ID,
                        PresignCalls.SECRET,
                        KeyStatus.ACTIVE,
                        policy("Allow", "oss:*", "*"),
                        policy("Deny", "oss:PutObjectAcl", "*"));
        assertThat(Form.made(never, BELOW).fields()).doesNotContainKey("x-oss-object-acl");
    }

    @Test
    void aFormWhoseAclThePoliciesMindHasNone() {
        String noPublic = conditional(
                "Deny",
                "oss:PutObject*",
                "{'StringEquals':{'oss:x-oss-object-acl':['public-read','public-read-write']}}");
        String anything = policy("Allow", "oss:*", "*");
        TestRegistry strong = TestRegistry.with(anything, noPublic)
                .bucket("examplebucket")
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE, anything);
        Form bound = Form.made(strong, ONE);
        assertThat(bound.field("x-oss-object-acl")).isEqualTo("default");
        assertThat(bound.conditions()).contains("[\"eq\",\"$x-oss-object-acl\",\"default\"]");
        TestRegistry weak = TestRegistry.with(anything, noPublic)
                .bucket("examplebucket")
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE);
        assertThat(Form.made(weak, ONE).fields()).doesNotContainKey("x-oss-object-acl");
    }

    @Test
    void appliesADenyByTagsThatAreUnknown() {
        String anything = policy("Allow", "oss:*", "*");
        for (String key :
                List.of("oss:ExistingObjectTag/a", "oss:BucketTag/a", "oss:RequestObjectTag/a", "acs:ResourceTag/a")) {
            TestRegistry registry = TestRegistry.with(
                            anything, conditional("Deny", "oss:PutObject", "{'StringEquals':{'" + key + "':'b'}}"))
                    .bucket("examplebucket")
                    .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.ACTIVE, anything);
            isProblem(Form.reply(registry, ONE), 403, "AccessDenied", "denies");
        }
    }

    @Test
    void aFormOfASignerThatMayNotTagHasNoTags() {
        TestRegistry registry = TestRegistry.with(
                        policy("Allow", "oss:*", "*"),
                        conditional("Deny", "oss:PutObject", "{'StringEquals':{'oss:RequestObjectTag/a':'b'}}"))
                .bucket("examplebucket")
                .signer(
                        PresignCalls.KEY_ID,
                        PresignCalls.SECRET,
                        KeyStatus.ACTIVE,
                        policy("Allow", "oss:PutObject", "*"));
        assertThat(Form.made(registry, ONE).fields()).containsKey("policy");
    }

    private static String conditional(String effect, String action, String condition) {
        return ("{'Version':'1','Statement':[{'Effect':'" + effect + "','Action':'" + action
                        + "','Resource':'*','Condition':" + condition + "}]}")
                .replace('\'', '"');
    }

    @Test
    void callsThatAreNoneAreRefused() {
        PostPolicyFunction function = Form.function(PresignCalls.registry(OWN_FOLDER), PostPolicySettings.DEFAULT);
        byte[] body = ONE.getBytes(StandardCharsets.UTF_8);
        Call good = Form.call(PresignCalls.TOKEN, body);
        isProblem(function.handle(calling("GET", good.headers(), body), NOW), 405, "MethodNotAllowed", "POST");
        isProblem(function.handle(calling("POST", List.of(), body), NOW), 401, "MissingToken", "Bearer");
        Reply stale = function.handle(good, NOW.plus(Duration.ofDays(1)));
        assertThat(stale.status()).isEqualTo(401);
        assertThat(stale.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");
        List<Header> noType = good.headers().subList(0, 1);
        assertThat(function.handle(calling("POST", noType, body), NOW).status()).isEqualTo(415);
        assertThat(function.handle(calling("POST", good.headers(), new byte[65_537]), NOW)
                        .status())
                .isEqualTo(413);
        isProblem(function.handle(calling("POST", good.headers(), new byte[] {'['}), NOW), 400, "InvalidJson", "");
    }

    private static Call calling(String method, List<Header> headers, byte[] body) {
        return new Call(method, "/post-policy", Optional.empty(), headers, Bytes.of(body), "203.0.113.7", true);
    }

    @Test
    void theStoreBeingDownFailsTheCall() {
        TestRegistry registry = PresignCalls.registry(OWN_FOLDER);
        registry.store().down(true);
        isProblem(Form.reply(registry, ONE), 503, "Unavailable", "moment");
    }
}
