package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.post.PostSignature;
import io.countersign.verify.decide.SubmittedForm.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostUploadTest extends AbstractVerifierTest {
    private static final String EXPIRATION = "2026-11-22T04:00:00.000Z";
    private static final String BELOW_TEAM =
            "{\"bucket\":\"private-bucket\"},[\"starts-with\",\"$key\",\"team\\/\"],[\"content-length-range\",1,1024]";
    private static final CredentialScope SCOPE =
            new CredentialScope(SampleRegistry.USER.id(), "20261122", "cn-hangzhou", CredentialScope.OSS);

    private static String policy(String expiration, String conditions) {
        String json = "{\"expiration\":\"" + expiration + "\",\"conditions\":[" + conditions + "]}";
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static List<Field> v1(AccessKey key, String policy, Field... more) {
        List<Field> fields = new ArrayList<>(List.of(
                new Field("OSSAccessKeyId", key.id()),
                new Field("policy", policy),
                new Field("Signature", PostSignature.v1(policy, key.secret()))));
        fields.addAll(Arrays.asList(more));
        return fields;
    }

    private static List<Field> v4(CredentialScope scope, String policy, String date, Field... more) {
        String signature = PostSignature.v4(policy, scope, SampleRegistry.USER.secret(), new SigningKeys(1));
        List<Field> fields = new ArrayList<>(List.of(
                new Field("x-oss-signature-version", "OSS4-HMAC-SHA256"),
                new Field("x-oss-credential", scope.credential()),
                new Field("x-oss-date", date),
                new Field("policy", policy),
                new Field("x-oss-signature", signature)));
        fields.addAll(Arrays.asList(more));
        return fields;
    }

    private static Field key(String key) {
        return new Field("key", key);
    }

    private static VerifyRequest post(String bucket, List<Field> fields, long length) {
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, bucket, "")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .anonymous();
        return VerifyRequests.posting(request, new SubmittedForm(fields, OptionalLong.of(length)));
    }

    private static VerifyRequest typed(String contentType) {
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, SampleRegistry.WRITABLE, "")
                .header("Content-Type", contentType)
                .anonymous();
        return VerifyRequests.posting(request, new SubmittedForm(List.of(key("a")), OptionalLong.of(1)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data; boundary=x",
                "multipart/form-data;boundary=x",
                "Multipart/Form-Data; Boundary=\"a b\"",
                "multipart/form-data; charset=utf-8; boundary=x; more=1"
            })
    void aFormHasItsBoundary(String contentType) {
        assertAllowed(typed(contentType));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/form-data",
                "multipart/form-data; boundary=",
                "multipart/form-data; boundary=\"\"",
                "multipart/form-data; boundary=a,b",
                "multipart/form-data; boundary=\"a,b\"",
                "multipart/form-data, boundary=x",
                "multipart/form-data; boundary=0123456789012345678901234567890123456789012345678901234567890123456789x",
                "multipart/form-database; boundary=x"
            })
    void aFormWithoutItsBoundaryIsMalformed(String contentType) {
        assertRefused(typed(contentType), 400, "MalformedPOSTRequest");
    }

    @Test
    void signaturesInHeaderAndUrlAreNotLookedAt() {
        List<Field> fields = v1(SampleRegistry.USER, policy(EXPIRATION, BELOW_TEAM), key("team/a"));
        VerifyRequest besides = ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "")
                .query("OSSAccessKeyId=nobody&Expires=1&Signature=x")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .header("Authorization", "OSS nobody:x")
                .anonymous();
        SubmittedForm form = new SubmittedForm(fields, OptionalLong.of(10));
        assertThat(assertAllowed(VerifyRequests.posting(besides, form))
                        .principal()
                        .orElseThrow()
                        .type())
                .isEqualTo("RAMUser");
    }

    private static VerifyRequest post(List<Field> fields) {
        return post(SampleRegistry.PRIVATE, fields, 10);
    }

    @Test
    void aSignedFormIsAPutOfItsSigner() {
        String policy = policy(EXPIRATION, BELOW_TEAM);
        for (VerifyRequest request : List.of(
                post(v1(SampleRegistry.USER, policy, key("team/a"))),
                post(v4(SCOPE, policy, "20261122T025900Z", key("team/a"))))) {
            VerifyAnswer answer = assertAllowed(request);
            assertThat(answer.principal().orElseThrow().type()).isEqualTo("RAMUser");
            assertThat(answer.action()).contains("oss:PutObject");
            assertThat(answer.resource().orElseThrow()).endsWith("private-bucket/team/a");
            assertThat(answer.obligations())
                    .containsExactly(new VerifyAnswer.Obligation.DropObjectAcl(SampleRegistry.PRIVATE, "team/a"));
        }
    }

    @Test
    void thePolicyDoesNotGiveTheSignerMoreThanItHas() {
        String policy = policy(EXPIRATION, "{\"bucket\":\"private-bucket\"}");
        assertRefused(post(v1(SampleRegistry.USER, policy, key("other/a"))), 403, "AccessDenied", "0003-00000201");
        assertRefused(
                post(v1(SampleRegistry.USER, policy, key("team/a"), new Field("x-oss-object-acl", "public-read"))),
                403,
                "AccessDenied",
                "0003-00000201");
    }

    @Test
    void anAclInTheFormIsAnObligation() {
        String policy = policy(EXPIRATION, "{\"bucket\":\"private-bucket\"}");
        VerifyAnswer answer = assertAllowed(
                post(v1(SampleRegistry.ROOT, policy, key("a"), new Field("x-oss-object-acl", "public-read"))));
        assertThat(answer.obligations())
                .containsExactly(
                        new VerifyAnswer.Obligation.SetObjectAcl(SampleRegistry.PRIVATE, "a", Acl.PUBLIC_READ));
    }

    @ParameterizedTest
    @CsvSource({"team/a,10,true", "teamless/a,10,false", "team/a,0,false", "team/a,1024,true", "team/a,1025,false"})
    void theFormIsWhatThePolicyPermits(String key, long length, boolean permitted) {
        VerifyRequest request =
                post(SampleRegistry.PRIVATE, v1(SampleRegistry.ROOT, policy(EXPIRATION, BELOW_TEAM), key(key)), length);
        assertThat(verify(request).allowed()).isEqualTo(permitted);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"eq\",\"$Content-Type\",\"image/png\"]|true",
                "{\"content-type\":\"image/png\"}|true",
                "[\"eq\",\"$content-type\",\"image/jpg\"]|false",
                "[\"in\",\"$content-type\",[\"image/jpg\",\"image/png\"]]|true",
                "[\"in\",\"$content-type\",[\"image/jpg\"]]|false",
                "[\"in\",\"$cache-control\",[\"no-cache\"]]|false",
                "[\"not-in\",\"$content-type\",[\"image/png\"]]|false",
                "[\"not-in\",\"$cache-control\",[\"no-cache\"]]|true",
                "[\"not-in\",\"$cache-control\",[]]|true",
                "[\"in\",\"$content-type\",[]]|false",
                "[\"eq\",\"$success_action_status\",\"201\"]|false",
                "[\"starts-with\",\"$x-oss-meta-a\",\"\\\\$\"]|true",
                "[\"eq\",\"$x-oss-meta-a\",\"\\\\$5\"]|true",
                "[\"starts-with\",\"$cache-control\",\"\"]|true",
                "[\"eq\",\"$cache-control\",\"\"]|false",
                "{\"bucket\":\"other-bucket\"}|false"
            })
    void conditionsCompareFields(String condition, boolean holds) {
        VerifyRequest request = post(v1(
                SampleRegistry.ROOT,
                policy(EXPIRATION, condition),
                key("a"),
                new Field("Content-Type", "image/png"),
                new Field("x-oss-meta-a", "$5")));
        assertThat(verify(request).allowed()).isEqualTo(holds);
        if (!holds) {
            VerifyAnswer.AnswerError error = assertRefused(request, 403, "AccessDenied");
            assertThat(error.message()).startsWith("Invalid according to Policy: Policy Condition failed: [\"");
            assertThat(error.ec().orElseThrow()).isIn("0006-00000226", "0006-00000227");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[\"eq\",\"$content-type\",\"image/jpg\"]|0006-00000227|[\"eq\", \"$content-type\", \"image/jpg\"]",
                "{\"Success_Action_Status\":\"200\"}|0006-00000226|[\"eq\", \"$success_action_status\", \"200\"]",
                "[\"starts-with\",\"$key\",\"b\\u0022/\"]|0006-00000227|[\"starts-with\", \"$key\", \"b\\\"/\"]",
                "[\"in\",\"$content-type\",[\"a/b\",\"c/d\"]]|0006-00000227|[\"in\", \"$content-type\", [\"a/b\",\"c/d\"]]",
                "[\"not-in\",\"$content-type\",[\"image/png\"]]|0006-00000227|[\"not-in\", \"$content-type\", [\"image/png\"]]"
            })
    void aConditionThatFailsIsQuoted(String condition, String ec, String quoted) {
        VerifyAnswer.AnswerError error = assertRefused(
                post(v1(
                        SampleRegistry.ROOT,
                        policy(EXPIRATION, condition),
                        key("a"),
                        new Field("Content-Type", "image/png"))),
                403,
                "AccessDenied",
                ec);
        assertThat(error.message()).isEqualTo("Invalid according to Policy: Policy Condition failed: " + quoted);
    }

    @Test
    void aTokenInAConditionIsNotQuoted() {
        for (String condition : List.of(
                "{\"x-oss-security-token\":\"the-token\"}",
                "[\"in\",\"$x-oss-security-token\",[\"the-token\"]]",
                "[\"starts-with\",\"$x-oss-security-token\",\"the-token\"]")) {
            VerifyAnswer.AnswerError error = assertRefused(
                    post(v1(SampleRegistry.ROOT, policy(EXPIRATION, condition), key("a"))), 403, "AccessDenied");
            assertThat(error.message()).contains("sha256:").doesNotContain("the-token");
        }
    }

    @ParameterizedTest
    @CsvSource({"image/png,true", "text/html,false"})
    void aTypeThatIsStoredInsteadMustHoldToo(String stored, boolean holds) {
        String types = policy(EXPIRATION, "[\"in\",\"$content-type\",[\"image/png\"]]");
        VerifyRequest both = post(v1(
                SampleRegistry.ROOT,
                types,
                key("a"),
                new Field("Content-Type", "image/png"),
                new Field("x-oss-content-type", stored)));
        VerifyRequest alone = post(v1(SampleRegistry.ROOT, types, key("a"), new Field("x-oss-content-type", stored)));
        assertThat(verify(both).allowed()).isEqualTo(holds);
        assertThat(verify(alone).allowed()).isEqualTo(holds);
    }

    @Test
    void callbacksMustBeNamedByThePolicy() {
        for (String name : List.of("callback", "Callback-Var", "x-oss-callback", "x-oss-callback-var")) {
            Field callback = new Field(name, "eyJjYWxsYmFja1VybCI6Imh0dHA6Ly9hLmV4YW1wbGUifQ==");
            assertThat(assertRefused(
                                    post(v1(
                                            SampleRegistry.USER,
                                            policy(EXPIRATION, BELOW_TEAM),
                                            key("team/a"),
                                            callback)),
                                    403,
                                    "AccessDenied",
                                    "0006-00000227")
                            .message())
                    .contains("does not name the field");
            assertAllowed(post(v1(
                    SampleRegistry.USER,
                    policy(EXPIRATION, "[\"starts-with\",\"$" + name + "\",\"\"]"),
                    key("team/a"),
                    callback)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/../other/a", "team/..", "team/./a", "team/a/.", "../a", ".."})
    void segmentsOfDotsMustBeNamedByThePolicy(String key) {
        for (String condition : List.of("{\"bucket\":\"private-bucket\"}", "[\"starts-with\",\"$key\",\"\"]")) {
            assertThat(assertRefused(
                                    post(v1(SampleRegistry.ROOT, policy(EXPIRATION, condition), key(key))),
                                    403,
                                    "AccessDenied",
                                    "0006-00000227")
                            .message())
                    .contains("segment");
        }
        for (String condition : List.of("{\"key\":\"" + key + "\"}", "[\"in\",\"$key\",[\"b\",\"" + key + "\"]]")) {
            assertAllowed(post(v1(SampleRegistry.ROOT, policy(EXPIRATION, condition), key(key))));
        }
        assertAllowed(post(v1(
                SampleRegistry.ROOT,
                policy(EXPIRATION, "{\"bucket\":\"private-bucket\"}"),
                key(key.replace(".", "...")))));
    }

    @Test
    void tagsMustBeNamedByThePolicy() {
        Field tags = new Field("x-oss-tagging", "a=b");
        assertThat(assertRefused(
                                post(v1(
                                        SampleRegistry.ROOT,
                                        policy(EXPIRATION, "{\"bucket\":\"private-bucket\"}"),
                                        key("a"),
                                        tags)),
                                403,
                                "AccessDenied",
                                "0006-00000227")
                        .message())
                .contains("x-oss-tagging");
        for (String condition : List.of(
                "{\"x-oss-tagging\":\"a=b\"}",
                "[\"starts-with\",\"$x-oss-tagging\",\"\"]",
                "[\"in\",\"$x-oss-tagging\",[\"a=b\"]]")) {
            assertAllowed(post(v1(SampleRegistry.ROOT, policy(EXPIRATION, condition), key("a"), tags)));
        }
        assertAllowed(post(SampleRegistry.WRITABLE, List.of(key("a")), 10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''|0006-00000205", "!|0006-00000202", "bm90IGpzb24=|0006-00000204", "W10=|0006-00000204"})
    void aPolicyThatCannotBeReadSaysWhy(String policy, String ec) {
        assertRefused(post(v1(SampleRegistry.ROOT, policy, key("a"))), 400, "InvalidPolicyDocument", ec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|0006-00000209",
                "{\"expiration\":\"2026-11-22T04:00:00Z\"}|0006-00000207",
                "{\"conditions\":[{\"a\":\"b\"}]}|0006-00000208",
                "{\"expiration\":123,\"conditions\":[{\"a\":\"b\"}]}|0006-00000210",
                "{\"expiration\":\"\",\"conditions\":[{\"a\":\"b\"}]}|0006-00000211",
                "{\"expiration\":\"2026-11-22 04:00:00\",\"conditions\":[{\"a\":\"b\"}]}|0006-00000212",
                "{\"expiration\":\"2026-11-22T04:00:00Z\",\"conditions\":[]}|0006-00000215",
                "{\"expiration\":\"2026-11-22T04:00:00Z\",\"conditions\":{\"a\":\"b\"}}|0006-00000201",
                "{\"expiration\":\"2026-11-22T04:00:00Z\",\"conditions\":[{\"a\":\"b\"}],\"more\":1}|0006-00000201"
            })
    void aPolicyThatLacksSomethingSaysWhat(String json, String ec) {
        String base64 = Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        assertRefused(post(v1(SampleRegistry.ROOT, base64, key("a"))), 400, "InvalidPolicyDocument", ec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7|0006-00000222",
                "\"eq\"|0006-00000222",
                "[\"$key\"]|0006-00000216",
                "[\"like\",\"$key\",\"a\"]|0006-00000216",
                "[\"eq\",\"key\",\"a\"]|0006-00000216",
                "[\"eq\",\"$\",\"a\"]|0006-00000216",
                "[7,\"$key\",\"a\"]|0006-00000216",
                "{}|0006-00000201",
                "{\"a\":\"b\",\"c\":\"d\"}|0006-00000201",
                "{\"a\":1}|0006-00000224",
                "[\"eq\",\"$key\",[\"a\"]]|0006-00000224",
                "[\"not-in\",\"$cache-control\",\"no-cache\"]|0006-00000224",
                "[\"in\",\"$cache-control\",[1]]|0006-00000224",
                "[\"content-length-range\",20,10]|0006-00000219",
                "[\"content-length-range\",10,\"test\"]|0006-00000221",
                "[\"content-length-range\",-1,10]|0006-00000221"
            })
    void aConditionThatIsNoneSaysWhy(String condition, String ec) {
        assertRefused(
                post(v1(SampleRegistry.ROOT, policy(EXPIRATION, condition), key("a"))),
                400,
                "InvalidPolicyDocument",
                ec);
    }

    @Test
    void theFileHasItsLength() {
        List<Field> fields = v1(SampleRegistry.ROOT, policy(EXPIRATION, BELOW_TEAM), key("team/a"));
        assertRefused(post(SampleRegistry.PRIVATE, fields, 0), 400, "EntityTooSmall", "0006-00000004");
        assertRefused(post(SampleRegistry.PRIVATE, fields, 1025), 400, "EntityTooLarge", "0006-00000003");
        List<Field> unlimited =
                v1(SampleRegistry.ROOT, policy(EXPIRATION, "{\"bucket\":\"private-bucket\"}"), key("a"));
        long most = 5L * 1024 * 1024 * 1024;
        assertAllowed(post(SampleRegistry.PRIVATE, unlimited, most));
        assertRefused(post(SampleRegistry.PRIVATE, unlimited, most + 1), 400, "EntityTooLarge", "0006-00000003");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!",
                "bm90IGpzb24=",
                "e30=",
                "eyJleHBpcmF0aW9uIjoieCIsImNvbmRpdGlvbnMiOltdfQ==",
                "eyJleHBpcmF0aW9uIjoiMjAyNi0xMS0yMlQwNDowMDowMFoiLCJjb25kaXRpb25zIjpbXX0="
            })
    void aPolicyThatIsNoneIsRefused(String policy) {
        assertRefused(post(v1(SampleRegistry.ROOT, policy, key("a"))), 400, "InvalidPolicyDocument");
    }

    @Test
    void aPolicyWithUnknownOperatorsOrMembersIsRefused() {
        for (String condition : List.of("[\"like\",\"$key\",\"a\"]", "[\"eq\",\"key\",\"a\"]", "{}", "[]", "7")) {
            assertRefused(
                    post(v1(SampleRegistry.ROOT, policy(EXPIRATION, condition), key("a"))),
                    400,
                    "InvalidPolicyDocument");
        }
    }

    @Test
    void expiryIsThePolicys() {
        VerifyAnswer.AnswerError error = assertRefused(
                post(v1(SampleRegistry.UNKNOWN, policy("2026-11-22T02:59:59.000Z", BELOW_TEAM), key("team/a"))),
                403,
                "AccessDenied");
        assertThat(error.message()).isEqualTo("Invalid according to Policy: Policy expired.");
        assertThat(error.ec()).contains("0006-00000213");
    }

    @Test
    void aV4FormIsBoundToItsDate() {
        String policy = policy("2027-01-01T00:00:00.000Z", BELOW_TEAM);
        VerifyAnswer.AnswerError skewed =
                assertRefused(post(v4(SCOPE, policy, "20261122T031501Z", key("team/a"))), 403, "RequestTimeTooSkewed");
        assertThat(skewed.details())
                .containsEntry("MaxAllowedSkewMilliseconds", "900000")
                .containsEntry("RequestTime", "2026-11-22T03:15:01.000Z")
                .containsEntry("ServerTime", "2026-11-22T03:00:00.000Z");
        CredentialScope old = new CredentialScope(SampleRegistry.USER.id(), "20261115", "cn-hangzhou", "oss");
        assertRefused(post(v4(old, policy, "20261115T025959Z", key("team/a"))), 403, "AccessDenied");
        assertAllowed(post(v4(old, policy, "20261115T030000Z", key("team/a"))));
        assertRefused(
                post(v4(old, policy, "20261122T030000Z", key("team/a"))), 400, "InvalidArgument", "0002-00000709");
        assertRefused(post(v4(SCOPE, policy, "yesterday", key("team/a"))), 403, "AccessDenied");
    }

    @Test
    void aV4FormIsBoundToRegionAndProduct() {
        String policy = policy(EXPIRATION, BELOW_TEAM);
        CredentialScope elsewhere = new CredentialScope(SampleRegistry.USER.id(), "20261122", "cn-beijing", "oss");
        assertRefused(
                post(v4(elsewhere, policy, "20261122T030000Z", key("team/a"))),
                400,
                "InvalidArgument",
                "0002-00000226");
        CredentialScope sts = new CredentialScope(SampleRegistry.USER.id(), "20261122", "cn-hangzhou", "sts");
        assertRefused(
                post(v4(sts, policy, "20261122T030000Z", key("team/a"))), 400, "InvalidArgument", "0002-00000227");
    }

    @Test
    void aWrongSignatureShowsThePolicyThatWasToBeSigned() {
        String policy = policy(EXPIRATION, BELOW_TEAM);
        AccessKey wrong = new AccessKey(SampleRegistry.USER.id(), Secret.of("another secret"));
        VerifyAnswer.AnswerError error =
                assertRefused(post(v1(wrong, policy, key("team/a"))), 403, "SignatureDoesNotMatch", "0002-00000705");
        assertThat(error.details())
                .containsEntry("StringToSign", policy)
                .doesNotContainValue(PostSignature.v1(policy, SampleRegistry.USER.secret()));
    }

    @Test
    void anUnsignedFormNeedsAPublicBucket() {
        assertAllowed(post(SampleRegistry.WRITABLE, List.of(key("a")), 10));
        assertRefused(post(SampleRegistry.READABLE, List.of(key("a")), 10), 403, "AccessDenied");
    }

    @Test
    void aFormSaysItAllOrNothing() {
        List<Field> whole = v1(SampleRegistry.ROOT, policy(EXPIRATION, BELOW_TEAM), key("team/a"));
        List<String> ecs = List.of("0002-00000706", "0002-00000702", "0002-00000703");
        for (int left = 0; left < 3; left++) {
            List<Field> part = new ArrayList<>(whole);
            part.remove(left);
            assertRefused(post(SampleRegistry.WRITABLE, part, 10), 400, "InvalidArgument", ecs.get(left));
        }
    }

    @Test
    void aV4FormSaysItAllOrNothing() {
        List<Field> whole = v4(SCOPE, policy(EXPIRATION, BELOW_TEAM), "20261122T030000Z", key("team/a"));
        for (String name :
                List.of("x-oss-signature-version", "x-oss-credential", "x-oss-date", "policy", "x-oss-signature")) {
            List<Field> part =
                    whole.stream().filter(field -> !field.name().equals(name)).toList();
            assertRefused(post(SampleRegistry.WRITABLE, part, 10), 400, "InvalidArgument");
        }
        assertRefused(post(with(whole, "x-oss-signature-version", "OSS2")), 400, "InvalidArgument", "0002-00000701");
        assertRefused(post(with(whole, "x-oss-credential", "a/b")), 400, "InvalidArgument", "0002-00000710");
        assertRefused(post(with(whole, "x-oss-signature", "")), 400, "InvalidArgument", "0002-00000704");
    }

    @Test
    void theDateOfAV4FormIsTheOneThatItsPolicyNames() {
        String dated = policy(EXPIRATION, BELOW_TEAM + ",{\"x-oss-date\":\"20261122T030000Z\"}");
        assertAllowed(post(v4(SCOPE, dated, "20261122T030000Z", key("team/a"))));
        assertRefused(post(v4(SCOPE, dated, "20261122T030001Z", key("team/a"))), 403, "AccessDenied", "0006-00000227");
    }

    private static List<Field> with(List<Field> fields, String name, String value) {
        return fields.stream()
                .map(field -> field.name().equals(name) ? new Field(name, value) : field)
                .toList();
    }

    @Test
    void aFieldGivenTwiceIsRefused() {
        assertRefused(
                post(SampleRegistry.WRITABLE, List.of(key("a"), new Field("KEY", "b")), 10),
                400,
                "MalformedPOSTRequest");
    }

    @Test
    void theKeyIsWholeAndThere() {
        assertRefused(post(SampleRegistry.WRITABLE, List.of(), 10), 400, "InvalidArgument");
        assertRefused(post(SampleRegistry.WRITABLE, List.of(key("")), 10), 400, "InvalidObjectName");
        assertRefused(post(SampleRegistry.WRITABLE, List.of(key("u/${filename}")), 10), 400, "InvalidArgument");
    }

    @Test
    void aPostUploadWithoutItsFormIsRefused() {
        VerifyRequest request = ClientRequest.of(HttpMethod.POST, SampleRegistry.WRITABLE, "")
                .header("Content-Type", "multipart/form-data; boundary=x")
                .anonymous();
        assertThat(assertRefused(request, 400, "MalformedPOSTRequest").message())
                .contains("form");
    }

    @Test
    void refusesAFormWithAnotherOperation() {
        VerifyRequest get = ClientRequest.get(SampleRegistry.READABLE, "a").anonymous();
        assertRefused(
                VerifyRequests.posting(get, new SubmittedForm(List.of(), OptionalLong.empty())),
                400,
                "InvalidArgument");
    }

    @Test
    void aLengthThatMattersMustBeTold() {
        VerifyRequest request = post(v1(SampleRegistry.ROOT, policy(EXPIRATION, BELOW_TEAM), key("team/a")));
        SubmittedForm form = new SubmittedForm(request.form().orElseThrow().fields(), OptionalLong.empty());
        assertThat(assertRefused(VerifyRequests.posting(request, form), 400, "InvalidArgument")
                        .message())
                .contains("fileLength");
    }
}
