package io.countersign.presign;

import static io.countersign.identity.TestRegistry.policy;
import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Call;
import io.countersign.http.Client;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.json.Value;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.Bucket;
import io.countersign.registry.KeyStatus;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.SignatureCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PresignFunctionTest {
    private static Value made(String... members) {
        Reply reply = PresignCalls.reply(PresignCalls.body(members));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        return PresignCalls.json(reply);
    }

    private static void isProblem(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        assertThat(PresignCalls.text(PresignCalls.json(reply), "code")).isEqualTo(code);
        assertThat(PresignCalls.text(PresignCalls.json(reply), "detail")).isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"V4,GET", "V4,PUT", "V4,HEAD", "V4,POST", "V4,DELETE", "V1,GET", "V1,PUT", "V1,HEAD", "V1,DELETE"})
    void everyMethodIsPresigned(String version, String method) throws Exception {
        String query = method.equals("POST") ? "{\"uploads\":\"\"}" : "{}";
        Value answer = made("\"version\":\"" + version + "\"", "\"method\":\"" + method + "\"", "\"query\":" + query);
        OssRequest request = Verified.at(answer, NOW);
        assertThat(request.method().name()).isEqualTo(method);
        assertThat(request.target()).isEqualTo(Target.object("examplebucket", "k"));
    }

    @Test
    void aBareRequestIsAGetInV4ForFifteenMinutes() throws Exception {
        Value answer = made();
        assertThat(PresignCalls.text(answer, "method")).isEqualTo("GET");
        assertThat(PresignCalls.text(answer, "expiration")).isEqualTo("2026-11-22T09:00:00Z");
        assertThat(PresignCalls.headers(answer)).isEmpty();
        assertThat(PresignCalls.text(answer, "url"))
                .startsWith(
                        "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/k?x-oss-signature-version=OSS4-HMAC-SHA256&");
        assertThat(Verified.signed(Verified.at(answer, NOW))).isInstanceOf(RequestCredentials.V4Url.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void theUrlIsGoodUntilItsExpiration(String version) throws Exception {
        Value answer = made("\"expiresIn\":60", "\"version\":\"" + version + "\"");
        assertThat(PresignCalls.text(answer, "expiration")).isEqualTo("2026-11-22T08:01:00Z");
        Verified.at(answer, NOW.plusSeconds(59));
        assertThatThrownBy(() -> Verified.at(answer, NOW.plusSeconds(61))).isInstanceOf(OssRefusal.class);
    }

    @Test
    void expirationIsOfWholeSeconds() {
        Reply reply = PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT)
                .handle(PresignCalls.call(PresignCalls.body("\"expiresIn\":1")), NOW.plusMillis(999));
        assertThat(PresignCalls.text(PresignCalls.json(reply), "expiration")).isEqualTo("2026-11-22T08:00:01Z");
    }

    @ParameterizedTest
    @ValueSource(strings = {"V4", "V1"})
    void theHeadersAreExactlyWhatMustBeSent(String version) throws Exception {
        Value answer = made(
                "\"method\":\"PUT\"",
                "\"version\":\"" + version + "\"",
                "\"contentType\":\"image/jpeg\"",
                "\"contentMd5\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"",
                "\"headers\":{\"X-Oss-Meta-Author\":\"alice\"}");
        assertThat(PresignCalls.headers(answer)).containsOnlyKeys("content-type", "content-md5", "x-oss-meta-author");
        OssRequest request = Verified.at(answer, NOW);
        for (String name : List.of("content-type", "content-md5", "x-oss-meta-author")) {
            OssRequest without = new OssRequest(
                    request.method(),
                    request.address(),
                    request.query(),
                    request.headers().without(name));
            assertThat(Verified.check(Verified.signed(without), without)).isInstanceOf(SignatureCheck.Mismatch.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "caller, x-oss-ac-source-ip=203.0.113.7&",
        "192.0.2.1, x-oss-ac-source-ip=192.0.2.1&",
        "192.0.2.0/24, x-oss-ac-source-ip=192.0.2.0&x-oss-ac-subnet-mask=24&",
        "2001:db8::/32, x-oss-ac-source-ip=2001%3Adb8%3A%3A&x-oss-ac-subnet-mask=32&"
    })
    void bindsTheUrlToAnAddress(String sourceIp, String parameters) throws Exception {
        for (String version : List.of("V4", "V1")) {
            Value answer = made("\"version\":\"" + version + "\"", "\"sourceIp\":\"" + sourceIp + "\"");
            assertThat(PresignCalls.text(answer, "url")).contains(parameters);
            OssRequest bound = Verified.at(answer, NOW);
            OssRequest free = new OssRequest(
                    bound.method(),
                    bound.address(),
                    new QueryParameters(bound.query().list().stream()
                            .filter(parameter -> !parameter.name().startsWith("x-oss-ac-"))
                            .toList()),
                    bound.headers());
            assertThat(Verified.check(Verified.signed(free), free)).isInstanceOf(SignatureCheck.Mismatch.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\"",
                "\"Caller\"",
                "\"192.0.2.1/24\"",
                "\"192.0.2.0/33\"",
                "\"192.0.2.*\"",
                "\"example.com\"",
                "7",
                "null"
            })
    void refusesAnAddressThatIsNone(String sourceIp) {
        isProblem(PresignCalls.reply(PresignCalls.body("\"sourceIp\":" + sourceIp)), 400, "InvalidMember");
    }

    @Test
    void refusesToBindAUrlToACallerWhoseAddressIsUnknown() {
        Call from =
                PresignCalls.call(PresignCalls.body("\"sourceIp\":\"caller\"")).from(Client.UNKNOWN);
        isProblem(
                PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT)
                        .handle(from, NOW),
                400,
                "InvalidArgument");
    }

    private static TestRegistry at(String endpoint) {
        return PresignCalls.registry()
                .bucket(TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, endpoint, List.of("img.example.com"), Optional.empty()));
    }

    private static Reply once(TestRegistry registry, String... members) {
        List<String> all = new ArrayList<>(List.of(members));
        all.add("\"once\":true");
        return PresignCalls.function(registry, PresignSettings.DEFAULT)
                .handle(PresignCalls.call(PresignCalls.body(all.toArray(String[]::new))), NOW);
    }

    @Test
    void makesAUrlGoodOnceByASignedParameter() throws Exception {
        TestRegistry registry = at("https://img.example.com");
        Set<String> values = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            Reply reply = once(registry, "\"sourceIp\":\"192.0.2.1\"");
            assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
            OssRequest bound = Verified.at(
                    PresignCalls.json(reply),
                    NOW,
                    host -> host.equals("img.example.com") ? Optional.of("examplebucket") : Optional.empty());
            assertThat(bound.query().has("x-oss-ac-source-ip")).isTrue();
            values.add(OnceParameter.read(bound.query()).orElseThrow());
            OssRequest free = new OssRequest(
                    bound.method(), bound.address(), bound.query().without(OnceParameter.NAME), bound.headers());
            assertThat(Verified.check(Verified.signed(free), free)).isInstanceOf(SignatureCheck.Mismatch.class);
        }
        assertThat(values).hasSize(50);
        Value plain = PresignCalls.json(PresignCalls.function(registry, PresignSettings.DEFAULT)
                .handle(PresignCalls.call(PresignCalls.body("\"once\":false")), NOW));
        assertThat(PresignCalls.text(plain, "url")).doesNotContain(OnceParameter.NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://{bucket}.oss-{region}.aliyuncs.com",
                "https://oss-{region}-internal.aliyuncs.com",
                "https://oss.example.ALIYUNCS.com",
                "https://{bucket}.oss-{region}.aliyuncs.com:8443"
            })
    void refusesToMakeAUrlGoodOnceWhereOssDecides(String endpoint) {
        Reply reply = once(at(endpoint));
        isProblem(reply, 400, "InvalidArgument");
        assertThat(reply.body().utf8()).contains("until it expires");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://aliyuncs.com.example.com", "https://notaliyuncs.com"})
    void anotherDomainThatResemblesThatOfOssIsNone(String endpoint) {
        assertThat(once(at(endpoint)).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatCannotBeGoodOnce() {
        TestRegistry registry = at("https://files.example.com");
        isProblem(once(registry, "\"version\":\"V1\""), 400, "InvalidMember");
        for (String other : List.of("\"true\"", "1", "null")) {
            isProblem(PresignCalls.reply(PresignCalls.body("\"once\":" + other)), 400, "InvalidMember");
        }
        isProblem(
                PresignCalls.reply(PresignCalls.body(
                        "\"query\":{\"x-oss-countersign-once\":\"0123456789abcdef0123456789abcdef\"}")),
                403,
                "SubResourceNotSignable");
    }

    @Test
    void otherContentHeadersAreBoundAsAdditionalOnesInV4() throws Exception {
        Value answer =
                made("\"method\":\"PUT\"", "\"headers\":{\"Content-Length\":\"10\",\"Cache-Control\":\"no-store\"}");
        assertThat(PresignCalls.text(answer, "url"))
                .contains("x-oss-additional-headers=cache-control%3Bcontent-length");
        OssRequest request = Verified.at(answer, NOW);
        OssRequest longer = new OssRequest(
                request.method(),
                request.address(),
                request.query(),
                request.headers().without("content-length").and("content-length", "11"));
        assertThat(Verified.check(Verified.signed(longer), longer)).isInstanceOf(SignatureCheck.Mismatch.class);
    }

    @Test
    void aHeaderThatV1DoesNotBindIsRefusedThere() {
        Reply reply = PresignCalls.reply(PresignCalls.body(
                "\"method\":\"PUT\"", "\"version\":\"V1\"", "\"headers\":{\"Content-Length\":\"10\"}"));
        isProblem(reply, 403, "HeaderNotSignable");
        assertThat(reply.body().utf8()).contains("V4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b+c\u4e2d.txt",
                "a//b",
                "/a",
                "a/",
                "a%25b",
                "a#b",
                "a&b=c",
                "a+b",
                "'()*!~",
                "\ud83d\ude00",
                "a\\\\b",
                "a;b:c@d,e$f"
            })
    void keysReachTheServerAsTheyAre(String key) throws Exception {
        for (String version : List.of("V4", "V1")) {
            Value answer = made("\"version\":\"" + version + "\"", "\"key\":\"" + key + "\"");
            assertThat(Verified.at(answer, NOW).target())
                    .isEqualTo(Target.object("examplebucket", key.replace("\\\\", "\\")));
        }
    }

    @Test
    void aKeyWithAQuestionMarkIsPresignedInV4AndRefusedInV1() throws Exception {
        assertThat(Verified.at(made("\"key\":\"a?acl\""), NOW).target())
                .isEqualTo(Target.object("examplebucket", "a?acl"));
        Reply reply = PresignCalls.reply(PresignCalls.body("\"key\":\"a?acl\"", "\"version\":\"V1\""));
        isProblem(reply, 400, "InvalidArgument");
        assertThat(reply.body().utf8()).contains("V4");
    }

    @Test
    void aSignedValueWithAnAmpersandIsPresignedInV4AndRefusedInV1() throws Exception {
        String query = "\"query\":{\"response-content-disposition\":\"x&x-oss-process=image/info\"}";
        assertThat(Verified.at(made(query), NOW).query().first("response-content-disposition"))
                .contains("x&x-oss-process=image/info");
        isProblem(PresignCalls.reply(PresignCalls.body(query, "\"version\":\"V1\"")), 400, "InvalidArgument");
    }

    @Test
    void parametersAreCarriedAndSigned() throws Exception {
        Value answer = made("\"method\":\"PUT\"", "\"query\":{\"partNumber\":\"1\",\"uploadId\":\"A+/=\"}");
        OssRequest request = Verified.at(answer, NOW);
        assertThat(request.query().first("uploadId")).contains("A+/=");
        assertThat(request.query().first("partNumber")).contains("1");
    }

    @ParameterizedTest
    @CsvSource({
        "https://{bucket}.oss-{region}.aliyuncs.com,https://examplebucket.oss-cn-hangzhou.aliyuncs.com/d/k?",
        "https://{bucket}.oss-{region}.aliyuncs.com/,https://examplebucket.oss-cn-hangzhou.aliyuncs.com/d/k?",
        "http://127.0.0.1:9000,http://127.0.0.1:9000/examplebucket/d/k?",
        "http://127.0.0.1:9000/{bucket},http://127.0.0.1:9000/examplebucket/d/k?",
        "https://oss-{region}.aliyuncs.com,https://oss-cn-hangzhou.aliyuncs.com/examplebucket/d/k?",
        "https://img.example.com,https://img.example.com/d/k?"
    })
    void theUrlFollowsTheBucketsEndpoint(String endpoint, String start) throws Exception {
        TestRegistry registry = PresignCalls.registry()
                .bucket(TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, endpoint, List.of("img.example.com"), Optional.empty()));
        for (String version : List.of("V4", "V1")) {
            Reply reply = PresignCalls.function(registry, PresignSettings.DEFAULT)
                    .handle(
                            PresignCalls.call(PresignCalls.body("\"key\":\"d/k\"", "\"version\":\"" + version + "\"")),
                            NOW);
            assertThat(PresignCalls.text(PresignCalls.json(reply), "url")).startsWith(start);
            OssRequest request = Verified.at(
                    PresignCalls.json(reply),
                    NOW,
                    host -> host.equals("img.example.com") ? Optional.of("examplebucket") : Optional.empty());
            assertThat(request.target()).isEqualTo(Target.object("examplebucket", "d/k"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x",
                "{bucket}",
                "https://h/p",
                "https://u@h",
                "https://h?q",
                "https://a b",
                "https://h/p/{bucket}",
                "https://{bucket}.h/{bucket}",
                "https://img.example.com/{bucket}"
            })
    void anEndpointThatMakesNoUrlIsRefused(String endpoint) {
        TestRegistry registry = PresignCalls.registry()
                .bucket(TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, endpoint, List.of("img.example.com"), Optional.empty()));
        isProblem(
                PresignCalls.function(registry, PresignSettings.DEFAULT)
                        .handle(PresignCalls.call(PresignCalls.body()), NOW),
                409,
                "NoSigner");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"key\":\"\"",
                "\"key\":7",
                "\"key\":null",
                "\"expiresIn\":0",
                "\"expiresIn\":3601",
                "\"expiresIn\":-1",
                "\"expiresIn\":1.5",
                "\"expiresIn\":\"60\"",
                "\"expiresIn\":99999999999999999999",
                "\"method\":\"get\"",
                "\"method\":\"OPTIONS\"",
                "\"method\":\"PATCH\"",
                "\"method\":\"\"",
                "\"version\":\"V2\"",
                "\"version\":\"v4\"",
                "\"version\":4",
                "\"headers\":[]",
                "\"headers\":{\"x-oss-meta-a\":[\"b\"]}",
                "\"headers\":{\"x-oss-meta-a\":null}",
                "\"query\":\"uploads\"",
                "\"query\":{\"partNumber\":1}",
                "\"role\":\"other\"",
                "\"expires\":60",
                "\"Key\":\"k\""
            })
    void aMemberThatIsWrongIsRefusedByItsPlace(String member) {
        isProblem(PresignCalls.reply(PresignCalls.body(member)), 400, "InvalidMember");
    }

    @Test
    void bucketAndKeyAreRequired() {
        isProblem(PresignCalls.reply("{\"key\":\"k\"}"), 400, "InvalidMember");
        isProblem(PresignCalls.reply("{\"bucket\":\"examplebucket\"}"), 400, "InvalidMember");
        isProblem(PresignCalls.reply("{}"), 400, "InvalidMember");
    }

    @Test
    void v2IsRefusedWithASentence() {
        assertThat(PresignCalls.reply(PresignCalls.body("\"version\":\"V2\""))
                        .body()
                        .utf8())
                .contains("V2 URLs are not supported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"headers\":{\"Host\":\"evil\"}|HeaderNotSignable",
                "\"headers\":{\"authorization\":\"x\"}|HeaderNotSignable",
                "\"headers\":{\"x-oss-security-token\":\"x\"}|SecurityTokenNotSignable",
                "\"headers\":{\"x-oss-date\":\"x\"}|HeaderNotSignable",
                "\"query\":{\"Signature\":\"x\"}|SubResourceNotSignable",
                "\"query\":{\"x-oss-expires\":\"604800\"}|SubResourceNotSignable",
                "\"query\":{\"x-oss-credential\":\"x\"}|SubResourceNotSignable",
                "\"query\":{\"security-token\":\"x\"}|SecurityTokenNotSignable",
                "\"query\":{\"acl\":\"\"}|SubResourceNotSignable",
                "\"query\":{\"tagging\":\"\"}|SubResourceNotSignable",
                "\"query\":{\"x-oss-process\":\"image/watermark,image_a\"}|ProcessNotSignable",
                "\"key\":\"../k\"|KeyNotSignable",
                "\"key\":\"a/./k\"|KeyNotSignable",
                "\"headers\":{\"x-oss-callback\":\"x\"}|CallbackNotSignable",
                "\"query\":{\"position\":\"0\"}|NotSignable"
            })
    void refusesARequestThatTheTableLacks(String member, String code) {
        isProblem(PresignCalls.reply(PresignCalls.body(member)), 403, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "d41d8cd98f00b204e9800998ecf8427e"})
    void refusesAnInvalidDigest(String digest) {
        isProblem(PresignCalls.reply(PresignCalls.body("\"contentMd5\":\"" + digest + "\"")), 400, "InvalidArgument");
    }

    @Test
    void oneHeaderInTwoMembersIsRefused() {
        isProblem(
                PresignCalls.reply(PresignCalls.body(
                        "\"method\":\"PUT\"", "\"contentType\":\"a/b\"", "\"headers\":{\"Content-Type\":\"a/b\"}")),
                400,
                "InvalidArgument");
        isProblem(
                PresignCalls.reply(PresignCalls.body("\"headers\":{\"x-oss-meta-a\":\"1\",\"X-OSS-Meta-A\":\"2\"}")),
                400,
                "InvalidArgument");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "Bucket", "b/c", "", "b.c", "b?d"})
    void aBucketThatCannotBeIsRefused(String bucket) {
        isProblem(PresignCalls.reply("{\"bucket\":\"" + bucket + "\",\"key\":\"k\"}"), 400, "InvalidArgument");
    }

    @Test
    void aUrlThatWouldBeTooLongIsRefused() {
        isProblem(
                PresignCalls.reply(
                        PresignCalls.body("\"query\":{\"response-content-disposition\":\"" + "x".repeat(8000) + "\"}")),
                400,
                "InvalidArgument");
    }

    @Test
    void manyHeadersAreRefused() {
        String headers = IntStream.range(0, 65)
                .mapToObj(i -> "\"x-oss-meta-" + i + "\":\"v\"")
                .collect(Collectors.joining(","));
        isProblem(PresignCalls.reply(PresignCalls.body("\"headers\":{" + headers + "}")), 400, "InvalidMember");
    }

    @Test
    void deniesWhatTheRoleMayNotDo() {
        TestRegistry registry =
                PresignCalls.registry(policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*"));
        PresignFunction function = PresignCalls.function(registry, PresignSettings.DEFAULT);
        assertThat(function.handle(PresignCalls.call(PresignCalls.body("\"key\":\"users/alice/a\"")), NOW)
                        .status())
                .isEqualTo(200);
        isProblem(
                function.handle(PresignCalls.call(PresignCalls.body("\"key\":\"users/bob/a\"")), NOW),
                403,
                "AccessDenied");
        isProblem(
                function.handle(
                        PresignCalls.call(PresignCalls.body("\"key\":\"users/alice/a\"", "\"method\":\"PUT\"")), NOW),
                403,
                "AccessDenied");
    }

    @Test
    void aBucketOfAnotherAccountIsDenied() {
        TestRegistry registry = PresignCalls.registry()
                .bucket(TestRegistry.bucket(
                        "otherbucket",
                        TestRegistry.OTHER_ACCOUNT,
                        Bucket.DEFAULT_ENDPOINT,
                        List.of(),
                        Optional.empty()));
        PresignFunction function = PresignCalls.function(registry, PresignSettings.DEFAULT);
        isProblem(
                function.handle(PresignCalls.call("{\"bucket\":\"otherbucket\",\"key\":\"k\"}"), NOW),
                403,
                "AccessDenied");
        isProblem(
                function.handle(
                        PresignCalls.call(PresignCalls.body(
                                "\"method\":\"PUT\"", "\"headers\":{\"x-oss-copy-source\":\"/otherbucket/k\"}")),
                        NOW),
                403,
                "AccessDenied");
    }

    @Test
    void aBucketWithoutAKeyThatSignsIsRefused() {
        TestRegistry registry = TestRegistry.with(policy("Allow", "oss:*", "*"))
                .bucket("examplebucket")
                .signer(PresignCalls.KEY_ID, PresignCalls.SECRET, KeyStatus.INACTIVE);
        isProblem(
                PresignCalls.function(registry, PresignSettings.DEFAULT)
                        .handle(PresignCalls.call(PresignCalls.body()), NOW),
                409,
                "NoSigner");
    }

    @Test
    void theCapIsASetting() throws Exception {
        PresignSettings longer = PresignSettings.DEFAULT.withMaxExpiry(Duration.ofDays(7));
        Reply reply = PresignCalls.function(PresignCalls.registry(), longer)
                .handle(PresignCalls.call(PresignCalls.body("\"expiresIn\":604800")), NOW);
        Verified.at(PresignCalls.json(reply), NOW.plus(Duration.ofDays(7)).minusSeconds(1));
        PresignSettings shorter = PresignSettings.DEFAULT.withMaxExpiry(Duration.ofSeconds(30));
        Reply byDefault = PresignCalls.function(PresignCalls.registry(), shorter)
                .handle(PresignCalls.call(PresignCalls.body()), NOW);
        assertThat(PresignCalls.text(PresignCalls.json(byDefault), "expiration"))
                .isEqualTo("2026-11-22T08:00:30Z");
    }

    @Test
    void refusesARequestWithoutAToken() {
        PresignFunction function = PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT);
        Header type = new Header("Content-Type", "application/json");
        isProblem(function.handle(PresignCalls.call("POST", PresignCalls.body(), type), NOW), 401, "MissingToken");
        Reply forged = function.handle(
                PresignCalls.call("POST", PresignCalls.body(), type, new Header("Authorization", "Bearer a.b.c")), NOW);
        isProblem(forged, 401, "InvalidToken");
        assertThat(forged.header("WWW-Authenticate"))
                .hasValueSatisfying(value -> assertThat(value).startsWith("Bearer"));
    }

    @Test
    void anExpiredTokenIsReportedAsExpired() {
        String old = TestToken.good("ES256", "ec")
                .withPayload(TestToken.claims(1, 2, ""))
                .signed(TestKeys.EC, "ES256");
        Reply reply = PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT)
                .handle(
                        PresignCalls.call(
                                "POST",
                                PresignCalls.body(),
                                new Header("Content-Type", "application/json"),
                                new Header("Authorization", "Bearer " + old)),
                        NOW);
        isProblem(reply, 401, "TokenExpired");
    }

    @Test
    void onlyPostIsAccepted() {
        Reply reply = PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT)
                .handle(PresignCalls.call("GET", "", new Header("Authorization", "Bearer " + PresignCalls.TOKEN)), NOW);
        isProblem(reply, 405, "MethodNotAllowed");
        assertThat(reply.header("Allow")).contains("POST");
    }

    @Test
    void theBodyMustBeJsonAndSayThatItIs() {
        PresignFunction function = PresignCalls.function(PresignCalls.registry(), PresignSettings.DEFAULT);
        Header token = new Header("Authorization", "Bearer " + PresignCalls.TOKEN);
        isProblem(
                function.handle(
                        PresignCalls.call("POST", PresignCalls.body(), token, new Header("Content-Type", "text/plain")),
                        NOW),
                415,
                "UnsupportedMediaType");
        isProblem(PresignCalls.reply("{"), 400, "InvalidJson");
        isProblem(PresignCalls.reply("[]"), 400, "InvalidJson");
        isProblem(PresignCalls.reply("{\"bucket\":\"examplebucket\",\"key\":\"k\",\"key\":\"l\"}"), 400, "InvalidJson");
    }

    @Test
    void oneRequestHasAtMost64Kibibytes() {
        String large = PresignCalls.body("\"key\":\"" + "k".repeat(64 * 1024) + "\"");
        isProblem(PresignCalls.reply(large), 413, "BodyTooLarge");
        isProblem(PresignCalls.reply("{\"requests\":[" + " ".repeat(1024 * 1024) + "]}"), 413, "BodyTooLarge");
    }

    @Test
    void answersServiceUnavailableWhileTheStoreIsDown() {
        TestRegistry registry = PresignCalls.registry();
        registry.store().down(true);
        isProblem(
                PresignCalls.function(registry, PresignSettings.DEFAULT)
                        .handle(PresignCalls.call(PresignCalls.body()), NOW),
                503,
                "Unavailable");
    }

    @Test
    void neitherSecretNorTokenIsInAnyAnswer() {
        for (String body :
                List.of(PresignCalls.body(), PresignCalls.body("\"key\":\"../k\""), "{", "{\"requests\":[{}]}")) {
            assertThat(PresignCalls.reply(body).body().utf8())
                    .doesNotContain(PresignCalls.SECRET)
                    .doesNotContain(PresignCalls.TOKEN.substring(0, 40));
        }
    }

    @Test
    void forbidsCachingOfAnswers() {
        assertThat(PresignCalls.reply(PresignCalls.body()).header("Cache-Control"))
                .contains("no-store");
    }

    @Test
    void theMethodIsPartOfWhatIsSigned() throws Exception {
        OssRequest request = Verified.at(made(), NOW);
        OssRequest other = new OssRequest(HttpMethod.DELETE, request.address(), request.query(), request.headers());
        assertThat(Verified.check(Verified.signed(other), other)).isInstanceOf(SignatureCheck.Mismatch.class);
    }

    /** OSS's own example of a policy against two tags. The tags are unknown here. */
    @Test
    void aDenyByExistingTagsIsFinal() {
        String deny = """
                {"Version":"1","Statement":[{"Effect":"Deny","Action":"oss:GetObject","Resource":"acs:oss:*:*:examplebucket/*",
                 "Condition":{"StringEquals":{"oss:ExistingObjectTag/status":"ok","oss:ExistingObjectTag/key1":"value1"}}}]}""";
        PresignFunction function = PresignCalls.function(
                PresignCalls.registry(TestRegistry.policy("Allow", "oss:*", "*"), deny), PresignSettings.DEFAULT);
        isProblem(function.handle(PresignCalls.call(PresignCalls.body()), NOW), 403, "AccessDenied");
        Reply put = function.handle(PresignCalls.call(PresignCalls.body("\"method\":\"PUT\"")), NOW);
        assertThat(put.status()).as(put.body().utf8()).isEqualTo(200);
    }

    @Test
    void aTagThatIsNamedTwiceIsRefused() {
        isProblem(
                PresignCalls.reply(
                        PresignCalls.body("\"method\":\"PUT\"", "\"headers\":{\"x-oss-tagging\":\"a=1&a=2\"}")),
                400,
                "InvalidArgument");
    }
}
