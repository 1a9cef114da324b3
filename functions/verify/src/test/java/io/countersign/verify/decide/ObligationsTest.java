package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.VerifyAnswer.Obligation.DropDeletedObjectAcls;
import io.countersign.verify.decide.VerifyAnswer.Obligation.DropObjectAcl;
import io.countersign.verify.decide.VerifyAnswer.Obligation.SetBucketAcl;
import io.countersign.verify.decide.VerifyAnswer.Obligation.SetObjectAcl;
import io.countersign.verify.decide.VerifyAnswer.Obligation.TellObjectAcl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObligationsTest extends AbstractVerifierTest {
    private static final String BUCKET = SampleRegistry.PRIVATE;

    private List<VerifyAnswer.Obligation> owed(ClientRequest asked) {
        return assertAllowed(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT))
                .obligations();
    }

    private static ClientRequest object(HttpMethod method, String query) {
        return ClientRequest.of(method, BUCKET, "k").query(query);
    }

    @ParameterizedTest
    @CsvSource({"GET,''", "HEAD,''", "GET,acl", "PUT,tagging", "POST,uploads", "PUT,partNumber=1&uploadId=u"})
    void hasNoObligationWhenTheAclStays(HttpMethod method, String query) {
        assertThat(owed(object(method, query))).isEmpty();
    }

    @Test
    void anAclThatIsNamedIsSet() {
        SetObjectAcl set = new SetObjectAcl(BUCKET, "k", Acl.PUBLIC_READ);
        for (ClientRequest asked : List.of(
                object(HttpMethod.PUT, "acl"),
                object(HttpMethod.PUT, ""),
                object(HttpMethod.PUT, "").header("x-oss-copy-source", "/" + BUCKET + "/s"),
                object(HttpMethod.POST, "uploads"),
                object(HttpMethod.POST, "uploadId=u"),
                object(HttpMethod.POST, "append&position=0"))) {
            assertThat(owed(asked.header("x-oss-object-acl", " public-read "))).containsExactly(set);
        }
    }

    @Test
    void anObjectMadeAnewLosesItsAcl() {
        DropObjectAcl drop = new DropObjectAcl(BUCKET, "k");
        assertThat(owed(object(HttpMethod.PUT, ""))).containsExactly(drop);
        assertThat(owed(object(HttpMethod.PUT, "").header("x-oss-copy-source", "/" + BUCKET + "/s")))
                .containsExactly(drop);
        assertThat(owed(object(HttpMethod.PUT, "symlink").header("x-oss-symlink-target", "s")))
                .containsExactly(drop);
        assertThat(owed(object(HttpMethod.POST, "append&position=0"))).containsExactly(drop);
        assertThat(owed(object(HttpMethod.DELETE, ""))).containsExactly(drop);
        assertThat(owed(object(HttpMethod.POST, "uploadId=u"))).containsExactly(drop);
        assertThat(owed(object(HttpMethod.POST, "vod&startTime=1&endTime=2"))).containsExactly(drop);
    }

    @Test
    void anAppendKeepsTheAcl() {
        assertThat(owed(object(HttpMethod.POST, "append&position=7"))).isEmpty();
    }

    /** Only the storage knows which version is current. */
    @Test
    void aVersionChangeHasTheObligationToReportTheAcl() {
        for (String version : List.of("v", "null")) {
            TellObjectAcl tell = new TellObjectAcl(BUCKET, "k", version);
            assertThat(owed(object(HttpMethod.DELETE, "versionId=" + version))).containsExactly(tell);
            assertThat(owed(object(HttpMethod.PUT, "acl&versionId=" + version).header("x-oss-object-acl", "private")))
                    .containsExactly(tell);
        }
        for (String query : List.of("versionId=v", "acl&versionId=v", "tagging&versionId=v")) {
            assertThat(owed(object(HttpMethod.GET, query))).isEmpty();
        }
    }

    @Test
    void deletedKeysAreNamedWhereTheyAreKnown() {
        VerifyRequest delete = ClientRequest.of(HttpMethod.POST, BUCKET, "")
                .query("delete")
                .signed(SignatureVersion.V4, SampleRegistry.ROOT);
        assertThat(assertAllowed(delete).obligations()).containsExactly(new DropDeletedObjectAcls(BUCKET));
        assertThat(assertAllowed(VerifyRequests.deleting(delete, "a", "b")).obligations())
                .containsExactly(new DropObjectAcl(BUCKET, "a"), new DropObjectAcl(BUCKET, "b"));
    }

    @Test
    void aBucketsAclIsSet() {
        ClientRequest put = ClientRequest.put(BUCKET, "").query("acl").header("x-oss-acl", "public-read-write");
        assertThat(owed(put)).containsExactly(new SetBucketAcl(BUCKET, Acl.PUBLIC_READ_WRITE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "", "Public-Read"})
    void anAclThatThereIsNotIsRefused(String acl) {
        for (ClientRequest asked : List.of(
                object(HttpMethod.PUT, "").header("x-oss-object-acl", acl),
                ClientRequest.put(BUCKET, "").query("acl").header("x-oss-acl", acl))) {
            assertRefused(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT), 400, "InvalidArgument");
        }
    }

    @Test
    void aChangeOfAclNamesOne() {
        for (ClientRequest asked : List.of(
                object(HttpMethod.PUT, "acl"),
                ClientRequest.put(BUCKET, "").query("acl"),
                ClientRequest.put(BUCKET, "").query("acl").header("x-oss-acl", "default"))) {
            assertRefused(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT), 400, "InvalidArgument");
        }
    }

    @Test
    void twoAclsAreRefused() {
        VerifyRequest request = object(HttpMethod.PUT, "").anonymous();
        assertRefused(
                VerifyRequests.headers(
                        request,
                        request.headers().and("x-oss-object-acl", "private").and("x-oss-object-acl", "public-read")),
                400,
                "InvalidArgument");
    }
}
