package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorisationTest extends AbstractVerifierTest {
    private static final String NO_RIGHT = "You have no right to access this object because of bucket acl.";

    private VerifyRequest byUser(ClientRequest asked) {
        return asked.signed(SignatureVersion.V4, SampleRegistry.USER);
    }

    @ParameterizedTest
    @CsvSource({
        "GET,private-bucket,a,false",
        "GET,private-bucket,shown.txt,true",
        "PUT,private-bucket,shown.txt,false",
        "GET,readable-bucket,a,true",
        "HEAD,readable-bucket,a,true",
        "GET,readable-bucket,hidden.txt,false",
        "GET,readable-bucket,inherits.txt,true",
        "PUT,readable-bucket,a,false",
        "DELETE,readable-bucket,a,false",
        "GET,writable-bucket,a,true",
        "PUT,writable-bucket,a,true",
        "DELETE,writable-bucket,a,true",
        "GET,others-bucket,a,true",
        "GET,others-bucket,hidden.txt,false",
        "GET,writable-bucket,,false",
        "PUT,writable-bucket,,false",
        "GET,,,false"
    })
    void theAnonymousGetWhatAclsOpen(HttpMethod method, String bucket, String key, boolean allowed) {
        VerifyRequest request = ClientRequest.of(method, bucket == null ? "" : bucket, key == null ? "" : key)
                .anonymous();
        if (allowed) {
            assertThat(assertAllowed(request).principal().orElseThrow().type()).isEqualTo("Anonymous");
        } else {
            String message = bucket == null ? "You are forbidden to list buckets." : NO_RIGHT;
            assertThat(assertRefused(request, 403, "AccessDenied").message()).isEqualTo(message);
        }
    }

    @Test
    void theOwnerMayDoEverythingInItsBuckets() {
        for (ClientRequest asked : new ClientRequest[] {
            ClientRequest.get(SampleRegistry.PRIVATE, "a"),
            ClientRequest.of(HttpMethod.DELETE, SampleRegistry.PRIVATE, "a"),
            ClientRequest.get(SampleRegistry.PRIVATE, "").query("acl"),
            ClientRequest.get(SampleRegistry.READABLE, "hidden.txt"),
            ClientRequest.get("", "")
        }) {
            for (SignatureVersion version : SignatureVersion.values()) {
                assertAllowed(asked.signed(version, SampleRegistry.ROOT));
            }
        }
    }

    @Test
    void anotherAccountsBucketIsNotOnes() {
        VerifyAnswer.AnswerError error = assertRefused(
                ClientRequest.get(SampleRegistry.PRIVATE, "a").signed(SignatureVersion.V4, SampleRegistry.FOREIGN),
                403,
                "AccessDenied",
                "0003-00000001");
        assertThat(error.message()).isEqualTo("The bucket you access does not belong to you.");
        assertAllowed(
                ClientRequest.get(SampleRegistry.READABLE, "a").signed(SignatureVersion.V4, SampleRegistry.FOREIGN));
        assertRefused(
                ClientRequest.get(SampleRegistry.READABLE, "hidden.txt")
                        .signed(SignatureVersion.V4, SampleRegistry.FOREIGN),
                403,
                "AccessDenied");
    }

    @Test
    void aUserGetsWhatItsPolicySaysAndNoMore() {
        assertAllowed(byUser(ClientRequest.get(SampleRegistry.PRIVATE, "team/a")));
        assertAllowed(byUser(ClientRequest.put(SampleRegistry.PRIVATE, "team/a")));
        VerifyAnswer.AnswerError error = assertRefused(
                byUser(ClientRequest.get(SampleRegistry.PRIVATE, "other/a")), 403, "AccessDenied", "0003-00000201");
        assertThat(error.details())
                .containsEntry("AuthPrincipalOwnerId", SampleRegistry.OWNER)
                .containsEntry("AuthPrincipalType", "SubUser")
                .containsEntry("AuthPrincipalDisplayName", SampleRegistry.USER_UID)
                .containsEntry("NoPermissionType", "ImplicitDeny")
                .containsEntry("PolicyType", "AccountLevelIdentityBasedPolicy")
                .containsEntry("AuthAction", "oss:GetObject");
    }

    @Test
    void anExplicitDenyIsReported() {
        VerifyAnswer.AnswerError error = assertRefused(
                byUser(ClientRequest.get(SampleRegistry.PRIVATE, "team/secret/a")),
                403,
                "AccessDenied",
                "0003-00000201");
        assertThat(error.details())
                .containsEntry("NoPermissionType", "ExplicitDeny")
                .containsEntry("PolicyType", "AccountLevelIdentityBasedPolicy");
        assertThat(error.message()).isEqualTo("Access denied by authorizer's policy.");
    }

    @Test
    void theDeniedRightIsTheOneThatIsNamed() {
        VerifyAnswer answer = verify(
                byUser(ClientRequest.put(SampleRegistry.PRIVATE, "team/a").header("x-oss-object-acl", "public-read")));
        assertThat(answer.allowed()).isFalse();
        assertThat(answer.action()).contains("oss:PutObjectAcl");
    }

    /** Each version has an ACL of its own, and the registry knows none of them. */
    @ParameterizedTest
    @ValueSource(strings = {"v", "null"})
    void noAclSpeaksForAVersion(String version) {
        registry.objectAcl(SampleRegistry.PRIVATE, "open", Acl.PUBLIC_READ_WRITE);
        for (String bucket : new String[] {SampleRegistry.PRIVATE, SampleRegistry.WRITABLE}) {
            for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE}) {
                ClientRequest asked = ClientRequest.of(method, bucket, "open");
                assertAllowed(asked.anonymous());
                assertRefused(asked.query("versionId=" + version).anonymous(), 403, "AccessDenied");
            }
            String source = "/" + bucket + "/open?versionId=" + version;
            assertRefused(
                    byUser(ClientRequest.put(SampleRegistry.PRIVATE, "team/a").header("x-oss-copy-source", source)),
                    403,
                    "AccessDenied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v", "null"})
    void aDenyOfAnObjectIsOneOfItsVersions(String version) {
        String bucket = registry.governed("versions-bucket", """
                {"Effect":"Deny","Principal":["*"],"Action":["oss:GetObject","oss:DeleteObject"],
                 "Resource":["acs:oss:*:1000000000000001:versions-bucket/kept/*"],"Condition":{"Bool":{"acs:MFAPresent":"false"}}}""", """
                {"Effect":"Deny","Principal":["*"],"Action":["oss:GetObjectVersion"],
                 "Resource":["acs:oss:*:1000000000000001:versions-bucket/once/*"],"Condition":{"Bool":{"acs:MFAPresent":"false"}}}""");
        for (HttpMethod method : new HttpMethod[] {HttpMethod.GET, HttpMethod.HEAD, HttpMethod.DELETE}) {
            VerifyAnswer denied = verify(ClientRequest.of(method, bucket, "kept/a")
                    .query("versionId=" + version)
                    .signed(SignatureVersion.V4, SampleRegistry.ROOT));
            assertThat(denied.allowed()).isFalse();
            assertThat(denied.action()).contains(method == HttpMethod.DELETE ? "oss:DeleteObject" : "oss:GetObject");
        }
        // A Deny of versions is none of the object.
        ClientRequest once = ClientRequest.get(bucket, "once/a");
        assertAllowed(once.signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertRefused(
                once.query("versionId=" + version).signed(SignatureVersion.V4, SampleRegistry.ROOT),
                403,
                "AccessDenied");
        assertAllowed(ClientRequest.get(bucket, "a")
                .query("versionId=" + version)
                .signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    @Test
    void aVersionWithoutANameIsRefused() {
        for (String query : new String[] {"versionId", "versionId=", "acl&versionId="}) {
            assertRefused(
                    ClientRequest.get(SampleRegistry.PRIVATE, "a")
                            .query(query)
                            .signed(SignatureVersion.V4, SampleRegistry.ROOT),
                    400,
                    "InvalidArgument");
        }
    }

    @Test
    void listingIsBoundToItsPrefix() {
        ClientRequest list = ClientRequest.get(SampleRegistry.PRIVATE, "");
        assertAllowed(byUser(list.query("prefix=team/a")));
        assertRefused(byUser(list), 403, "AccessDenied");
        assertRefused(byUser(list.query("prefix=")), 403, "AccessDenied");
        assertRefused(byUser(list.query("prefix=other")), 403, "AccessDenied");
        assertRefused(byUser(list.query("prefix=team/&prefix=")), 400, "InvalidArgument");
    }

    @Test
    void aBucketPolicyLooksAtTheSource() {
        VerifyRequest read =
                ClientRequest.get(SampleRegistry.GOVERNED, "open/a").anonymous();
        assertAllowed(read);
        assertRefused(VerifyRequests.from(read, "198.51.100.1"), 403, "AccessDenied");
        assertRefused(VerifyRequests.fromNowhere(read), 403, "AccessDenied");
    }

    @Test
    void aBucketPolicyLetsAnotherAccountIn() {
        assertAllowed(ClientRequest.put(SampleRegistry.GOVERNED, "inbox/a")
                .signed(SignatureVersion.V4, SampleRegistry.FOREIGN));
        assertRefused(
                ClientRequest.put(SampleRegistry.GOVERNED, "a").signed(SignatureVersion.V4, SampleRegistry.FOREIGN),
                403,
                "AccessDenied");
    }

    @Test
    void aBucketPolicyKnowsAUserByItsUid() {
        assertAllowed(byUser(ClientRequest.put(SampleRegistry.GOVERNED, "by-uid/a")));
        assertAllowed(byUser(ClientRequest.get(SampleRegistry.GOVERNED, "by-uid/a")));
        assertRefused(
                byUser(ClientRequest.get(SampleRegistry.GOVERNED, "by-uid/closed/a")),
                403,
                "AccessDenied",
                "0003-00000101");
        assertRefused(ClientRequest.put(SampleRegistry.GOVERNED, "by-uid/a").anonymous(), 403, "AccessDenied");
    }

    @Test
    void aBucketPolicysDenyBindsTheOwnerToo() {
        ClientRequest delete = ClientRequest.of(HttpMethod.DELETE, SampleRegistry.GOVERNED, "a");
        assertAllowed(delete.signed(SignatureVersion.V4, SampleRegistry.ROOT));
        VerifyAnswer.AnswerError error = assertRefused(
                delete.header("User-Agent", "curl").signed(SignatureVersion.V4, SampleRegistry.ROOT),
                403,
                "AccessDenied",
                "0003-00000101");
        assertThat(error.message()).isEqualTo("Access denied by bucket policy.");
        assertThat(error.details()).containsEntry("PolicyType", "ResourceBasedPolicy");
    }

    @Test
    void aBucketPolicysDenyHasItsOwnNumberForEverybody() {
        ClientRequest delete = ClientRequest.of(HttpMethod.DELETE, SampleRegistry.GOVERNED, "a")
                .header("User-Agent", "curl");
        VerifyAnswer.AnswerError error = assertRefused(delete.anonymous(), 403, "AccessDenied", "0003-00000101");
        assertThat(error.details()).containsEntry("AuthPrincipalType", "Anonymous");
        assertRefused(byUser(delete), 403, "AccessDenied", "0003-00000101");
    }

    @Test
    void answersARefusalByAclWithItsEc() {
        assertRefused(ClientRequest.get(SampleRegistry.PRIVATE, "a").anonymous(), 403, "AccessDenied", "0003-00000001");
        assertRefused(
                ClientRequest.get(SampleRegistry.READABLE, "hidden.txt").anonymous(),
                403,
                "AccessDenied",
                "0003-00000001");
        assertRefused(
                ClientRequest.put(SampleRegistry.READABLE, "a").anonymous(), 403, "AccessDenied", "0003-00000001");
    }

    @Test
    void aCopyNeedsItsSourceToo() {
        ClientRequest copy = ClientRequest.put(SampleRegistry.PRIVATE, "team/copy");
        assertAllowed(byUser(copy.header("x-oss-copy-source", "/private-bucket/team/a")));
        assertRefused(byUser(copy.header("x-oss-copy-source", "/private-bucket/other/a")), 403, "AccessDenied");
        assertRefused(byUser(copy.header("x-oss-copy-source", "/no-such-bucket/a")), 404, "NoSuchBucket");
        assertAllowed(byUser(copy.header("x-oss-copy-source", "/others-bucket/a")));
        assertRefused(byUser(copy.header("x-oss-copy-source", "/others-bucket/hidden.txt")), 403, "AccessDenied");
        assertRefused(byUser(copy.header("x-oss-copy-source", "nonsense")), 400, "InvalidArgument");
    }

    @Test
    void theKeysOfAMultipleDeleteAreEachJudged() {
        VerifyRequest delete = byUser(
                ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "").query("delete"));
        assertAllowed(VerifyRequests.deleting(delete, "team/a", "team/b"));
        assertRefused(VerifyRequests.deleting(delete, "team/a", "other/b"), 403, "AccessDenied");
        assertRefused(delete, 403, "AccessDenied");
        assertAllowed(ClientRequest.of(HttpMethod.POST, SampleRegistry.PRIVATE, "")
                .query("delete")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT));
        assertRefused(
                ClientRequest.of(HttpMethod.POST, SampleRegistry.WRITABLE, "")
                        .query("delete")
                        .anonymous(),
                403,
                "AccessDenied");
    }

    @Test
    void refusesDeleteKeysWithAnotherOperation() {
        assertRefused(
                VerifyRequests.deleting(byUser(ClientRequest.get(SampleRegistry.PRIVATE, "team/a")), "team/a"),
                400,
                "InvalidArgument");
    }

    @Test
    void aMomentThatIsAskedForMovesDatesOnly() {
        Instant later = SampleRegistry.NOW.plusSeconds(86_400);
        VerifyRequest request =
                byUser(ClientRequest.get(SampleRegistry.PRIVATE, "team/a").date(later));
        assertRefused(request, 403, "RequestTimeTooSkewed");
        VerifyAnswer answer = assertAllowed(VerifyRequests.at(request, later));
        assertThat(answer.at()).contains(later);
        assertRefused(
                VerifyRequests.at(
                        ClientRequest.get(SampleRegistry.PRIVATE, "team/a")
                                .date(later)
                                .signed(SignatureVersion.V4, SampleRegistry.INACTIVE),
                        later),
                403,
                "InvalidAccessKeyId");
    }
}
