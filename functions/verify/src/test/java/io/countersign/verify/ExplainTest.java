package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.policy.Principal;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.post.PostSignature;
import io.countersign.verify.decide.AbstractVerifierTest;
import io.countersign.verify.decide.ByHand;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.Genuine;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.SubmittedForm;
import io.countersign.verify.decide.SubmittedForm.Field;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import io.countersign.verify.explain.Explained;
import io.countersign.verify.explain.ExplainedAnswer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code explain} adds the canonical form of the request, for any decision, and never a form that would sign another request. */
class ExplainTest extends AbstractVerifierTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final ClientRequest READ =
            ClientRequest.get(SampleRegistry.PRIVATE, "team/a b").query("response-expires=0&x=1");
    private static final AccessKey FORGED = new AccessKey(SampleRegistry.USER.id(), Secret.of("another"));
    private static final String TOKEN = "CAISsecretToken+/=";
    private static final AccessKey SESSION = new AccessKey("STS.abc", Secret.of("secret-of-STS.abc"));

    private static List<VerifyRequest> both(ClientRequest asked, SignatureVersion version, AccessKey key) {
        return List.of(asked.signed(version, key), asked.presigned(version, key, HOUR));
    }

    private CanonicalForm explained(VerifyRequest request) {
        return ExplainedAnswer.of(verifier, request)
                .canonical()
                .orElseThrow(() -> new AssertionError("not explained: " + request));
    }

    private void assertRefusedAndExplained(VerifyRequest request, String step) {
        ExplainedAnswer answer = ExplainedAnswer.of(verifier, request);
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.trace().getLast().step()).isEqualTo(step);
        assertThat(answer.canonical()).as(request.toString()).isPresent();
    }

    @ParameterizedTest
    @EnumSource
    void theFormIsWhatTheClientSigned(SignatureVersion version) {
        for (VerifyRequest request : both(READ, version, SampleRegistry.USER)) {
            assertAllowed(request);
            CanonicalForm form = explained(request);
            assertThat(ByHand.signature(version, SampleRegistry.USER, form.stringToSign()))
                    .isEqualTo(Genuine.presented(request).signature());
            assertThat(form.canonicalRequest().map(ByHand::sha256))
                    .isEqualTo(
                            version == SignatureVersion.V4
                                    ? Optional.of(
                                            form.stringToSign().lines().toList().getLast())
                                    : Optional.empty());
        }
    }

    @Test
    void eachVersionHasItsForm() {
        assertThat(explained(READ.signed(SignatureVersion.V1, SampleRegistry.USER)))
                .isEqualTo(new CanonicalForm(
                        Optional.empty(),
                        "GET\n\n\nSun, 22 Nov 2026 03:00:00 GMT\n/private-bucket/team/a b?response-expires=0"));
        assertThat(explained(READ.signed(SignatureVersion.V2, SampleRegistry.USER)))
                .isEqualTo(
                        new CanonicalForm(
                                Optional.empty(),
                                "GET\n\n\nSun, 22 Nov 2026 03:00:00 GMT\n\n%2Fprivate-bucket%2Fteam%2Fa%20b?response-expires=0&x=1"));
        String canonical = "GET\n/private-bucket/team/a%20b\nresponse-expires=0&x=1\n"
                + "x-oss-content-sha256:UNSIGNED-PAYLOAD\nx-oss-date:20261122T030000Z\n\n\nUNSIGNED-PAYLOAD";
        assertThat(explained(READ.signed(SignatureVersion.V4, SampleRegistry.USER)))
                .isEqualTo(new CanonicalForm(
                        Optional.of(canonical),
                        "OSS4-HMAC-SHA256\n20261122T030000Z\n20261122/cn-hangzhou/oss/aliyun_v4_request\n"
                                + ByHand.sha256(canonical)));
    }

    @ParameterizedTest
    @EnumSource
    void aMismatchIsExplainedAsItsErrorIs(SignatureVersion version) {
        for (VerifyRequest request : both(READ, version, FORGED)) {
            assertRefused(request, 403, "SignatureDoesNotMatch");
            VerifyAnswer.AnswerError error =
                    ExplainedAnswer.of(verifier, request).error().orElseThrow();
            assertThat(error.code()).isEqualTo("SignatureDoesNotMatch");
            CanonicalForm form = explained(request);
            assertThat(error.details()).containsEntry("StringToSign", form.stringToSign());
            assertThat(Optional.ofNullable(error.details().get("CanonicalRequest")))
                    .isEqualTo(form.canonicalRequest());
        }
    }

    @ParameterizedTest
    @EnumSource
    void explainsARefusalOfAnotherCheck(SignatureVersion version) {
        assertRefusedAndExplained(
                ClientRequest.get(SampleRegistry.PRIVATE, "others/a"), version, SampleRegistry.USER, "bucket-acl");
        assertRefusedAndExplained(ClientRequest.get("no-such-bucket", "a"), version, SampleRegistry.USER, "bucket");
        assertRefusedAndExplained(READ, version, FORGED, "signature");
        assertRefusedAndExplained(READ, version, SampleRegistry.UNKNOWN, "key");
        assertRefusedAndExplained(READ, version, SampleRegistry.INACTIVE, "key");
        assertRefusedAndExplained(READ.token(TOKEN), version, SESSION, "key");
        assertRefusedAndExplained(
                READ.date(SampleRegistry.NOW.minusSeconds(7_200)), version, SampleRegistry.USER, "date");
        assertRefusedAndExplained(READ.query("versionId=a&versionId=b"), version, SampleRegistry.USER, "format");
    }

    private void assertRefusedAndExplained(ClientRequest asked, SignatureVersion version, AccessKey key, String step) {
        both(asked, version, key).forEach(request -> assertRefusedAndExplained(request, step));
    }

    @Test
    void aWrongRegionIsExplained() {
        for (VerifyRequest request : both(READ.region("cn-shanghai"), SignatureVersion.V4, SampleRegistry.USER)) {
            assertRefusedAndExplained(request, "scope");
            assertThat(explained(request).stringToSign()).contains("20261122/cn-shanghai/oss/aliyun_v4_request");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aTokenIsReplacedWhateverComesOfIt(SignatureVersion version) throws StoreUnavailable {
        Principal.AssumedRole role =
                new Principal.AssumedRole(SampleRegistry.OWNER, "mobile", "alice", List.of(), Optional.empty());
        SessionOpener opener = (id, token, now) -> new SessionOpener.Session(
                SESSION.secret(), role, Optional.empty(), Optional.empty(), SampleRegistry.NOW.plusSeconds(3600));
        Verifier withSessions = new Verifier(registry.reader(), opener, new SigningKeys(4), BaseDomains.DEFAULT);
        ClientRequest read = ClientRequest.get(SampleRegistry.READABLE, "a").token(TOKEN);
        for (VerifyRequest request : both(read, version, SESSION)) {
            ExplainedAnswer answer = ExplainedAnswer.of(withSessions, request);
            assertThat(answer.allowed()).isTrue();
            assertHidden(answer.canonical().orElseThrow());
            assertHidden(explained(request));
        }
    }

    private static void assertHidden(CanonicalForm form) {
        assertThat(form.canonicalRequest().orElse(form.stringToSign()))
                .contains(SecurityToken.fingerprint(TOKEN))
                .doesNotContain("secretToken");
        assertThat(form.stringToSign()).doesNotContain("secretToken");
    }

    @Test
    void aFormIsExplainedByItsPolicy() {
        String policy = policy("{\"bucket\":\"private-bucket\"}");
        for (VerifyRequest allowed : List.of(v1(policy, "team/a"), v4(policy, "team/a"))) {
            assertAllowed(allowed);
            assertThat(explained(allowed)).isEqualTo(new CanonicalForm(Optional.empty(), policy));
        }
        for (VerifyRequest refused : List.of(v1(policy, "others/a"), v4(policy, "others/a"))) {
            assertRefusedAndExplained(refused, "bucket-acl");
            assertThat(explained(refused).stringToSign()).isEqualTo(policy);
        }
        for (VerifyRequest spoiled :
                List.of(v1(policy, "team/a", "Signature", "AAAA"), v4(policy, "team/a", "x-oss-signature", "00"))) {
            assertRefusedAndExplained(spoiled, "signature");
            assertThat(explained(spoiled).stringToSign()).isEqualTo(policy);
        }
        String narrow = policy("{\"bucket\":\"private-bucket\"},[\"eq\",\"$key\",\"team/b\"]");
        assertRefusedAndExplained(v1(narrow, "team/a"), "post-policy");
    }

    /** The client forgot the field, so nothing says that there is a token: the policy's own condition does. */
    @Test
    void aPolicyThatNamesATokenIsNotShown() {
        String policy = policy("{\"bucket\":\"private-bucket\"},[\"eq\",\"$x-oss-security-token\",\"" + TOKEN + "\"]");
        VerifyRequest request = v1(policy, "team/a", "Signature", "AAAA");
        assertThat(explained(request).stringToSign()).isEqualTo(SecurityToken.fingerprint(policy));
        assertThat(assertRefused(request, 403, "SignatureDoesNotMatch").details())
                .containsEntry("StringToSign", SecurityToken.fingerprint(policy))
                .doesNotContainValue(policy);
    }

    @Test
    void hasNoCanonicalFormForAnUnsignedOrInvalidRequest() {
        ClientRequest read = ClientRequest.get(SampleRegistry.READABLE, "a");
        for (VerifyRequest request : List.of(
                read.anonymous(),
                read.header("Authorization", "OSS LTAI5tUser").anonymous(),
                read.header("Authorization", "Bearer x").anonymous(),
                read.query("Signature=x").anonymous(),
                VerifyRequests.url(read.anonymous(), "http://localhost/%zz"),
                VerifyRequests.headers(
                        ClientRequest.of(HttpMethod.OPTIONS, SampleRegistry.READABLE, "a")
                                .anonymous(),
                        Headers.NONE
                                .and("Origin", "https://a.example.com")
                                .and("Access-Control-Request-Method", "GET")),
                form(List.of(new Field("key", "a"))),
                form(List.of(new Field("key", "a"), new Field("policy", "x"))))) {
            assertThat(ExplainedAnswer.of(verifier, request).canonical())
                    .as(request.toString())
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void unaskedNothingIsAddedAndAskedNothingElseChanges(SignatureVersion version) {
        List<VerifyRequest> requests = new ArrayList<>(both(READ, version, SampleRegistry.USER));
        requests.addAll(both(READ, version, FORGED));
        requests.addAll(both(ClientRequest.get(SampleRegistry.PRIVATE, "others/a"), version, SampleRegistry.USER));
        for (VerifyRequest request : requests) {
            String plain = Answers.json(verify(request), Explained.NOTHING);
            String explained = json(ExplainedAnswer.of(verifier, request));
            assertThat(plain).doesNotContain("\"canonical\"");
            assertThat(explained)
                    .startsWith(plain.substring(0, plain.length() - 1) + ",\"canonical\":{\"stringToSign\":\"");
        }
    }

    @ParameterizedTest
    @EnumSource
    void noExplanationHoldsTheSignatureThatWasExpected(SignatureVersion version) {
        List<VerifyRequest> genuine = both(READ, version, SampleRegistry.USER);
        List<VerifyRequest> forged = both(READ, version, FORGED);
        for (int i = 0; i < genuine.size(); i++) {
            String expected = Genuine.presented(genuine.get(i)).signature();
            assertThat(json(ExplainedAnswer.of(verifier, forged.get(i))))
                    .contains("\"canonical\"")
                    .doesNotContain(expected)
                    .doesNotContain("secret-of-");
        }
    }

    private static String json(ExplainedAnswer answer) {
        return Answers.json(answer.answer(), answer.explained());
    }

    private static String policy(String conditions) {
        String json = "{\"expiration\":\"2026-11-22T04:00:00.000Z\",\"conditions\":[" + conditions + "]}";
        return Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    private static VerifyRequest v1(String policy, String key, String... changed) {
        return form(changed(
                changed,
                new Field("key", key),
                new Field("OSSAccessKeyId", SampleRegistry.USER.id()),
                new Field("policy", policy),
                new Field("Signature", PostSignature.v1(policy, SampleRegistry.USER.secret()))));
    }

    private static VerifyRequest v4(String policy, String key, String... changed) {
        CredentialScope scope =
                new CredentialScope(SampleRegistry.USER.id(), "20261122", "cn-hangzhou", CredentialScope.OSS);
        return form(changed(
                changed,
                new Field("key", key),
                new Field("x-oss-signature-version", "OSS4-HMAC-SHA256"),
                new Field("x-oss-credential", scope.credential()),
                new Field("x-oss-date", ByHand.ISO),
                new Field("policy", policy),
                new Field(
                        "x-oss-signature",
                        PostSignature.v4(policy, scope, SampleRegistry.USER.secret(), new SigningKeys(1)))));
    }

    /** @param change a field's name and its other value, or nothing */
    private static List<Field> changed(String[] change, Field... fields) {
        return Arrays.stream(fields)
                .map(field -> change.length > 0 && field.name().equals(change[0])
                        ? new Field(field.name(), change[1])
                        : field)
                .toList();
    }

    private static VerifyRequest form(List<Field> fields) {
        return VerifyRequests.posting(
                ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .anonymous(),
                new SubmittedForm(fields, OptionalLong.of(10)));
    }
}
