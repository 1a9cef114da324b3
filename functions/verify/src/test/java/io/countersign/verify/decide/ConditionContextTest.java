package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.HttpMethod;
import io.countersign.policy.PlaceTags;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.SubmittedForm.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Policies that ask for what a request does not say. */
class ConditionContextTest extends AbstractVerifierTest {
    private static final String ALLOW_ALL = statement("Allow", "oss:*", "");
    /** OSS's own example of a policy against two tags. */
    private static final String DENY_TWO_TAGS = statement(
            "Deny",
            "oss:GetObject",
            "{'StringEquals':{'oss:ExistingObjectTag/status':'ok','oss:ExistingObjectTag/key1':'value1'}}");

    private static String statement(String effect, String action, String condition) {
        return ("{'Effect':'" + effect + "','Principal':['*'],'Action':['" + action + "'],"
                        + "'Resource':['acs:oss:*:*:*']" + (condition.isEmpty() ? "" : ",'Condition':" + condition)
                        + "}")
                .replace('\'', '"');
    }

    private static Context existing(Map<String, String> tags) {
        return new Context(
                new PlaceTags(PlaceTags.Tags.UNKNOWN, PlaceTags.Tags.of(tags)),
                PlaceTags.Tags.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    private static Context ofBucket(Map<String, String> tags) {
        return new Context(
                new PlaceTags(PlaceTags.Tags.of(tags), PlaceTags.Tags.UNKNOWN),
                PlaceTags.Tags.UNKNOWN,
                Optional.empty(),
                Optional.empty());
    }

    private static Context requested(Map<String, String> tags) {
        return new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.of(tags), Optional.empty(), Optional.empty());
    }

    private static VerifyRequest vpc(VerifyRequest request, String vpc) {
        return VerifyRequests.knowing(request, Context.from(Optional.of(vpc)));
    }

    private void assertDenied(VerifyRequest request, String unknown) {
        VerifyAnswer answer = verify(request);
        assertThat(answer.allowed()).as(answer.toString()).isFalse();
        String last = answer.trace().getLast().detail();
        assertThat(last).contains("denies");
        if (unknown.isEmpty()) {
            assertThat(last).doesNotContain("unknown");
        } else {
            assertThat(last).endsWith("(unknown: " + unknown + ")");
        }
    }

    @Test
    void aDenyByExistingTagsAppliesUnlessOtherTagsAreGiven() {
        String bucket = registry.governed("tagged", ALLOW_ALL, DENY_TWO_TAGS);
        VerifyRequest get = ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(get, "oss:ExistingObjectTag/status, oss:ExistingObjectTag/key1");
        assertDenied(VerifyRequests.knowing(get, existing(Map.of("status", "ok", "key1", "value1", "more", "x"))), "");
        assertAllowed(VerifyRequests.knowing(get, existing(Map.of("status", "ok"))));
        assertAllowed(VerifyRequests.knowing(get, existing(Map.of())));
        assertDenied(
                VerifyRequests.knowing(get, ofBucket(Map.of())),
                "oss:ExistingObjectTag/status, oss:ExistingObjectTag/key1");
    }

    @Test
    void theTagsOfACopysTargetAreNotThoseOfItsSource() {
        String bucket = registry.governed("tagged", ALLOW_ALL, DENY_TWO_TAGS);
        ClientRequest copy = ClientRequest.put(bucket, "copy").header("x-oss-copy-source", "/" + bucket + "/secret");
        VerifyRequest request = copy.signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(
                VerifyRequests.knowing(request, existing(Map.of())),
                "oss:ExistingObjectTag/status, oss:ExistingObjectTag/key1");
        VerifyRequest onItself = ClientRequest.put(bucket, "k")
                .header("x-oss-copy-source", "/" + bucket + "/k")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertAllowed(VerifyRequests.knowing(onItself, existing(Map.of())));
    }

    @Test
    void theTagsOfOneVersionAreNotThoseOfAnother() {
        String bucket = registry.governed(
                "tagged",
                ALLOW_ALL,
                statement("Deny", "oss:GetObject*", "{'StringEquals':{'oss:ExistingObjectTag/status':'ok'}}"));
        VerifyRequest older = ClientRequest.put(bucket, "k")
                .header("x-oss-copy-source", "/" + bucket + "/k?versionId=v1")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(VerifyRequests.knowing(older, existing(Map.of())), "oss:ExistingObjectTag/status");
        VerifyRequest named =
                ClientRequest.get(bucket, "k").query("versionId=v1").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertAllowed(VerifyRequests.knowing(named, existing(Map.of())));
    }

    @Test
    void theTagsOfOneBucketAreNotThoseOfAnother() {
        String deny = statement("Deny", "oss:*", "{'StringEquals':{'oss:BucketTag/level':'secret'}}");
        String here = registry.governed("here", ALLOW_ALL, deny);
        String there = registry.governed("there", ALLOW_ALL, deny);
        VerifyRequest get = ClientRequest.get(here, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(get, "oss:BucketTag/level");
        assertAllowed(VerifyRequests.knowing(get, ofBucket(Map.of("level", "open"))));
        assertDenied(VerifyRequests.knowing(get, ofBucket(Map.of("level", "secret"))), "");
        VerifyRequest copy = ClientRequest.put(here, "k")
                .header("x-oss-copy-source", "/" + there + "/k")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(VerifyRequests.knowing(copy, ofBucket(Map.of())), "oss:BucketTag/level");
        VerifyRequest within = ClientRequest.put(here, "k")
                .header("x-oss-copy-source", "/" + here + "/k2")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertAllowed(VerifyRequests.knowing(within, ofBucket(Map.of())));
    }

    @Test
    void ofAMultipleDeleteTheTagsAreThoseOfEachNamedObject() {
        String bucket = registry.governed(
                "tagged",
                ALLOW_ALL,
                statement("Deny", "oss:DeleteObject", "{'StringEquals':{'oss:ExistingObjectTag/keep':'yes'}}"));
        VerifyRequest delete = ClientRequest.of(HttpMethod.POST, bucket, "")
                .query("delete")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT);
        VerifyRequest named = VerifyRequests.deleting(delete, "a", "b");
        assertAllowed(VerifyRequests.knowing(named, existing(Map.of())));
        assertDenied(VerifyRequests.knowing(named, existing(Map.of("keep", "yes"))), "");
        assertDenied(named, "oss:ExistingObjectTag/keep");
        assertDenied(VerifyRequests.knowing(delete, existing(Map.of())), "oss:ExistingObjectTag/keep");
    }

    @Test
    void anAllowByExistingTagsNeedsThemToBeTold() {
        String bucket = registry.governed(
                "tagged",
                statement("Allow", "oss:GetObject", "{'StringEquals':{'oss:ExistingObjectTag/access':'public'}}"));
        VerifyRequest get = ClientRequest.get(bucket, "k").anonymous();
        assertRefused(get, 403, "AccessDenied");
        assertThat(verify(get).trace())
                .anyMatch(step -> step.detail().endsWith("(unknown: oss:ExistingObjectTag/access)"));
        assertAllowed(VerifyRequests.knowing(get, existing(Map.of("access", "public"))));
        assertRefused(VerifyRequests.knowing(get, existing(Map.of("access", "staff"))), 403, "AccessDenied");
        assertRefused(VerifyRequests.knowing(get, existing(Map.of())), 403, "AccessDenied");
    }

    /** As OSS prescribes it for public addresses (error page 0030-00000008). */
    @Test
    void appliesAnAllowForPublicAddressesOnlyThere() {
        String bucket = registry.governed(
                "offices",
                statement(
                        "Allow",
                        "oss:GetObject",
                        "{'IpAddress':{'acs:SourceIp':['203.0.113.0/24','10.0.0.0/8']},'StringNotLike':{'acs:SourceVpc':['vpc-*']}}"));
        VerifyRequest get = ClientRequest.get(bucket, "k").anonymous();
        assertAllowed(get);
        assertRefused(VerifyRequests.from(get, "198.51.100.1"), 403, "AccessDenied");
        assertRefused(VerifyRequests.from(get, "10.0.0.1"), 403, "AccessDenied");
        assertRefused(VerifyRequests.fromNowhere(get), 403, "AccessDenied");
        assertRefused(vpc(get, "vpc-a"), 403, "AccessDenied");
    }

    /** The example of error page 0003-00000101. */
    @Test
    void aDenyForOtherVpcsLocksOutWhoIsNotKnownToComeThroughTheOne() {
        String bucket = registry.governed(
                "inside", ALLOW_ALL, statement("Deny", "oss:*", "{'StringNotEquals':{'acs:SourceVpc':['vpc-x']}}"));
        VerifyRequest get = ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertAllowed(vpc(get, "vpc-x"));
        assertDenied(vpc(get, "vpc-y"), "");
        assertDenied(get, "");
        assertDenied(VerifyRequests.from(get, "10.0.0.1"), "acs:SourceVpc");
        assertAllowed(vpc(VerifyRequests.from(get, "10.0.0.1"), "vpc-x"));
    }

    @Test
    void tagsInABodyAreThoseOfTheContext() {
        String bucket = registry.governed(
                "tagged",
                ALLOW_ALL,
                statement("Deny", "oss:PutObjectTagging", "{'StringEquals':{'oss:RequestObjectTag/allow':'yes'}}"));
        ClientRequest tagging = ClientRequest.put(bucket, "k").query("tagging");
        VerifyRequest request = tagging.signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(request, "oss:RequestObjectTag/allow");
        assertAllowed(VerifyRequests.knowing(request, requested(Map.of("allow", "no"))));
        assertAllowed(VerifyRequests.knowing(request, requested(Map.of())));
        assertDenied(VerifyRequests.knowing(request, requested(Map.of("allow", "yes"))), "");
        VerifyRequest disguised =
                tagging.header("x-oss-tagging", "allow=no").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(disguised, "oss:RequestObjectTag/allow");
    }

    @Test
    void tagsOfAnUploadAreThoseOfItsHeaderAndOfACopyThoseOfItsSource() {
        String bucket = registry.governed(
                "tagged",
                ALLOW_ALL,
                statement("Deny", "oss:PutObject*", "{'StringEquals':{'oss:RequestObjectTag/allow':'yes'}}"));
        ClientRequest put = ClientRequest.put(bucket, "k");
        assertAllowed(put.signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertAllowed(put.header("x-oss-tagging", "allow=no").signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertDenied(put.header("x-oss-tagging", "allow=yes").signed(SignatureVersion.V4, SampleRegistry.ROOT), "");
        ClientRequest copy =
                put.header("x-oss-copy-source", "/" + bucket + "/source").header("x-oss-tagging", "allow=no");
        assertDenied(copy.signed(SignatureVersion.V4, SampleRegistry.ROOT), "oss:RequestObjectTag/allow");
        assertAllowed(
                copy.header("x-oss-tagging-directive", "Replace").signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    @Test
    void aFormsTagsAreThoseOfItsField() {
        String bucket = registry.governed(
                "tagged",
                statement("Allow", "oss:PutObject*", ""),
                statement("Deny", "oss:PutObject*", "{'StringEquals':{'oss:RequestObjectTag/allow':'yes'}}"));
        VerifyRequest post = ClientRequest.of(HttpMethod.POST, bucket, "")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .anonymous();
        assertAllowed(VerifyRequests.posting(post, form()));
        assertAllowed(VerifyRequests.posting(post, form(new Field("x-oss-tagging", "allow=no"))));
        assertDenied(VerifyRequests.posting(post, form(new Field("x-oss-tagging", "allow=yes"))), "");
    }

    private static SubmittedForm form(Field... more) {
        List<Field> fields = new ArrayList<>(List.of(new Field("key", "k")));
        fields.addAll(List.of(more));
        return new SubmittedForm(fields, OptionalLong.of(1));
    }

    @Test
    void treatsAnUnknownSecondFactorAsNone() {
        String bucket = registry.governed(
                "careful", ALLOW_ALL, statement("Deny", "oss:*", "{'Bool':{'acs:MFAPresent':'false'}}"));
        VerifyRequest get = ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertDenied(get, "");
        Context factor = new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.UNKNOWN, Optional.empty(), Optional.of(true));
        assertAllowed(VerifyRequests.knowing(get, factor));
    }

    @Test
    void theAnonymousHaveNeitherAKeyNorAName() {
        String bucket = registry.governed(
                "strangers",
                statement("Allow", "oss:GetObject", "{'StringNotLike':{'acs:AccessId':'*','acs:PrincipalARN':'*'}}"));
        assertAllowed(ClientRequest.get(bucket, "k").anonymous());
        assertRefused(
                ClientRequest.get(bucket, "k").signed(SignatureVersion.V4, SampleRegistry.FOREIGN),
                403,
                "AccessDenied");
    }
}
