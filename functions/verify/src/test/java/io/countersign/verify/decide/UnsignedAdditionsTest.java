package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Additions to a signed request on its way are refused, even if its signer, the owner, has all rights. */
class UnsignedAdditionsTest extends AbstractVerifierTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private static VerifyRequest plus(VerifyRequest request, String query) {
        return VerifyRequests.url(request, request.url() + (request.url().contains("?") ? "&" : "?") + query);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acl",
                "acl=",
                "uploads",
                "policy",
                "lifecycle",
                "encryption",
                "rtc",
                "userDefinedLogFieldsConfig",
                "publicAccessBlock",
                "cname&comp=token",
                "versions",
                "worm",
                "objectWorm",
                "accessPointForObjectProcess"
            })
    void aSignedSubResourceAppendedToAV1RequestBreaksItsSignature(String query) {
        ClientRequest list = ClientRequest.get(SampleRegistry.PRIVATE, "");
        for (VerifyRequest request : List.of(
                list.presigned(SignatureVersion.V1, SampleRegistry.ROOT, HOUR),
                list.signed(SignatureVersion.V1, SampleRegistry.ROOT))) {
            assertAllowed(request);
            assertRefused(plus(request, query), 403, "SignatureDoesNotMatch", "0002-00000040");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x-oss-process=image/info", "x-oss-anything=1", "anything", "ACL", "versionId=v", "callback=c"})
    void refusesAParameterThatBucketsDoNotAcceptByName(String query) {
        for (SignatureVersion version : SignatureVersion.values()) {
            VerifyRequest list = ClientRequest.get(SampleRegistry.PRIVATE, "").signed(version, SampleRegistry.ROOT);
            String name = query.split("=", 2)[0];
            assertThat(assertRefused(plus(list, query), 400, "InvalidArgument").message())
                    .contains('"' + name + '"', "leave it out");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "acl",
                "tagging",
                "versionId=v",
                "symlink",
                "uploadId=u",
                "legalHold",
                "retention",
                "response-content-type=a"
            })
    void soDoesOneOfAnObject(String query) {
        VerifyRequest request = ClientRequest.get(SampleRegistry.PRIVATE, "a")
                .presigned(SignatureVersion.V1, SampleRegistry.ROOT, HOUR);
        assertAllowed(request);
        assertRefused(plus(request, query), 403, "SignatureDoesNotMatch", "0002-00000040");
    }

    @ParameterizedTest
    @CsvSource({"private-bucket,accessmonitor", "private-bucket,accessmonitor=", "'',regions", "'',regions=cn-hangzhou"
    })
    void aSelectorThatV1DoesNotSignIsInNoV1Url(String bucket, String query) {
        ClientRequest plain = ClientRequest.get(bucket, "");
        VerifyRequest url = plain.presigned(SignatureVersion.V1, SampleRegistry.ROOT, HOUR);
        assertAllowed(url);
        assertThat(assertRefused(plus(url, query), 400, "InvalidArgument").message())
                .contains("sign with V4");
        assertRefused(
                plain.query(query).presigned(SignatureVersion.V1, SampleRegistry.ROOT, HOUR), 400, "InvalidArgument");
        assertAllowed(plain.query(query).presigned(SignatureVersion.V4, SampleRegistry.ROOT, HOUR));
    }

    @ParameterizedTest
    @CsvSource({
        "GET,private-bucket,accessmonitor,oss:GetBucketAccessMonitor",
        "PUT,private-bucket,accessmonitor=,oss:PutBucketAccessMonitor",
        "GET,'',regions,oss:DescribeRegions",
        "GET,'',regions=oss-cn-hangzhou,oss:DescribeRegions"
    })
    void inAV1HeaderItIsAllowedWithItAndWithoutIt(HttpMethod method, String bucket, String query, String action) {
        ClientRequest asked = ClientRequest.of(method, bucket, "").query(query);
        VerifyAnswer answer = assertAllowed(asked.signed(SignatureVersion.V1, SampleRegistry.ROOT));
        assertThat(answer.action()).contains(action);
        assertThat(answer.trace().getLast().step()).isEqualTo("readings");
        // The operation itself is allowed, what the signature is good for besides is not; V4 signs the whole.
        assertAllowed(asked.signed(SignatureVersion.V4, SampleRegistry.MONITOR));
        assertThat(assertRefused(asked.signed(SignatureVersion.V1, SampleRegistry.MONITOR), 403, "AccessDenied")
                        .message())
                .contains("also valid for another request");
        assertRefused(
                ClientRequest.of(method, bucket, "").signed(SignatureVersion.V1, SampleRegistry.MONITOR),
                403,
                "AccessDenied");
    }

    @Test
    void andTheOtherWayRound() {
        ClientRequest list = ClientRequest.get(SampleRegistry.PRIVATE, "").query("prefix=team/a&accessmonitor");
        assertRefused(list.signed(SignatureVersion.V1, SampleRegistry.USER), 400, "InvalidArgument");
        assertAllowed(ClientRequest.get(SampleRegistry.PRIVATE, "")
                .query("prefix=team/a")
                .signed(SignatureVersion.V1, SampleRegistry.USER));
        assertRefused(
                ClientRequest.get(SampleRegistry.PRIVATE, "")
                        .query("accessmonitor")
                        .signed(SignatureVersion.V1, SampleRegistry.USER),
                403,
                "AccessDenied");
    }

    @ParameterizedTest
    @CsvSource({
        "private-bucket,a,accessmonitor",
        "private-bucket,a,regions",
        "private-bucket,'',regions",
        "'','',accessmonitor"
    })
    void elsewhereItIsNoOperation(String bucket, String key, String query) {
        assertRefused(
                ClientRequest.get(bucket, key).query(query).signed(SignatureVersion.V1, SampleRegistry.ROOT),
                405,
                "MethodNotAllowed");
    }

    @Test
    void allowsAnAddedParameterThatSelectsNothingOnlyInV1() {
        ClientRequest read = ClientRequest.get(SampleRegistry.PRIVATE, "a");
        assertAllowed(plus(read.presigned(SignatureVersion.V1, SampleRegistry.ROOT, HOUR), "utm_source=x"));
        for (SignatureVersion version : List.of(SignatureVersion.V2, SignatureVersion.V4)) {
            assertRefused(
                    plus(read.presigned(version, SampleRegistry.ROOT, HOUR), "utm_source=x"),
                    403,
                    "SignatureDoesNotMatch",
                    "0002-00000040");
        }
    }

    @ParameterizedTest
    @EnumSource
    void anOssHeaderAddedToASignedRequestBreaksItsSignature(SignatureVersion version) {
        ClientRequest put = ClientRequest.put(SampleRegistry.PRIVATE, "a");
        for (VerifyRequest request :
                List.of(put.signed(version, SampleRegistry.ROOT), put.presigned(version, SampleRegistry.ROOT, HOUR))) {
            assertAllowed(request);
            for (String name : List.of("x-oss-object-acl", "X-Oss-Meta-A", "x-oss-storage-class")) {
                Headers more = request.headers().and(name, "private");
                assertRefused(VerifyRequests.headers(request, more), 403, "SignatureDoesNotMatch", "0002-00000040");
            }
            Headers copy = request.headers().and("x-oss-copy-source", "/private-bucket/b");
            assertRefused(VerifyRequests.headers(request, copy), 403, "SignatureDoesNotMatch", "0002-00000040");
        }
    }

    @Test
    void anOssHeaderIsNoSmallerForItsNameBeingListed() {
        VerifyRequest request =
                ClientRequest.put(SampleRegistry.PRIVATE, "a").signed(SignatureVersion.V4, SampleRegistry.ROOT);
        String authorization = request.headers().first("authorization").orElseThrow();
        Headers listed = request.headers()
                .without("authorization")
                .and("Authorization", authorization.replace(",Sig", ",AdditionalHeaders=x-oss-object-acl,Sig"));
        assertAllowed(VerifyRequests.headers(request, listed));
        assertRefused(
                VerifyRequests.headers(request, listed.and("x-oss-object-acl", "public-read")),
                403,
                "SignatureDoesNotMatch",
                "0002-00000040");
    }

    @ParameterizedTest
    @EnumSource
    void aTypeOrDigestAddedToASignedRequestBreaksItsSignature(SignatureVersion version) {
        ClientRequest put = ClientRequest.put(SampleRegistry.PRIVATE, "a");
        for (VerifyRequest request :
                List.of(put.signed(version, SampleRegistry.ROOT), put.presigned(version, SampleRegistry.ROOT, HOUR))) {
            for (String name : List.of("Content-Type", "Content-MD5")) {
                Headers more = request.headers().and(name, "a");
                assertRefused(VerifyRequests.headers(request, more), 403, "SignatureDoesNotMatch", "0002-00000040");
            }
        }
    }
}
