package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.AclWriter;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a manifest opens that the registry had closed. */
class ReopenedNotesTest {
    private static final String KEY = "LTAI5tExampleKey";
    private static final String MANIFEST = """
        accounts:
          - id: "1"
            users:
              - {name: app, accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]}
            roles:
              - name: mobile
                faces: [uploads]
                trust: {Version: "1", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {RAM: "acs:ram::1:user/app"}}]}
            buckets:
              - {name: photos, region: cn-hangzhou, acl: public-read, signer: app, objectAcls: [{key: a/b, acl: public-read-write}]}
        """;
    private static final String REVOKED = MANIFEST.replace("secret: ExampleSecret", "status: Inactive");

    private final Fixture fixture = new Fixture();

    private List<String> reopened(String manifest) throws Exception {
        return fixture.apply(manifest).reopened().stream().map(PolicyNote::text).toList();
    }

    @Test
    void aFirstApplyAndAnEqualOneOpenNothingAgain() throws Exception {
        assertThat(reopened(MANIFEST)).isEmpty();
        assertThat(reopened(MANIFEST)).isEmpty();
    }

    @Test
    void anAclThatWasNarrowedBesideTheManifest() throws Exception {
        fixture.apply(MANIFEST);
        AclWriter acls = new AclWriter(fixture.store);
        acls.setBucketAcl("photos", Acl.PRIVATE, NOW);
        acls.setObjectAcl("photos", "a/b", Acl.PUBLIC_READ, NOW);
        assertThat(fixture.apply(MANIFEST).reopened())
                .extracting(note -> note.at().line())
                .containsExactly(10, 10);
        acls.setBucketAcl("photos", Acl.PRIVATE, NOW);
        acls.setObjectAcl("photos", "a/b", Acl.PUBLIC_READ, NOW);
        assertThat(reopened(MANIFEST))
                .satisfiesExactly(
                        bucket -> assertThat(bucket)
                                .startsWith(
                                        "the ACL of the bucket photos was private in the registry and is public-read"
                                                + " now: the manifest wins")
                                .endsWith("write acl: private here where that is to hold"),
                        object -> assertThat(object)
                                .startsWith("the ACL of the object photos/a/b was public-read in the registry and is"
                                        + " public-read-write now"));
        acls.setBucketAcl("photos", Acl.PUBLIC_READ_WRITE, NOW);
        assertThat(reopened(MANIFEST)).isEmpty();
    }

    /** As PUT /acl with default does, and a write or a deletion of the object. */
    @Test
    void anObjectThatLostItsAcl() throws Exception {
        fixture.apply(MANIFEST);
        AclWriter acls = new AclWriter(fixture.store);
        acls.setObjectAcl("photos", "a/b", Acl.DEFAULT, NOW);
        assertThat(fixture.apply(MANIFEST).reopened()).singleElement().satisfies(note -> {
            assertThat(note.at().line()).isEqualTo(10);
            assertThat(note.text())
                    .startsWith("the object photos/a/b had no ACL of its own in the registry, so that its bucket's held"
                            + " (public-read), and is public-read-write now")
                    .endsWith("take it out of objectAcls where its bucket's ACL is to hold");
        });
        assertThat(reopened(MANIFEST)).isEmpty();
        acls.dropBeforeWrite("photos", "a/b", NOW);
        assertThat(reopened(MANIFEST)).hasSize(1);
    }

    /** The registry does not tell such an entry from one that it lost. */
    @Test
    void anEntryThatIsNewInTheManifest() throws Exception {
        String without = MANIFEST.replace(", objectAcls: [{key: a/b, acl: public-read-write}]", "");
        fixture.apply(without);
        assertThat(reopened(MANIFEST)).singleElement().asString().contains("photos/a/b had no ACL of its own");
    }

    @Test
    void anObjectThatIsNoWiderThanItsBucketIsNotOpened() throws Exception {
        String narrow = MANIFEST.replace("acl: public-read-write", "acl: %s");
        fixture.apply(MANIFEST);
        for (String acl : List.of("private", "public-read")) {
            new AclWriter(fixture.store).setObjectAcl("photos", "a/b", Acl.DEFAULT, NOW);
            assertThat(reopened(narrow.formatted(acl))).isEmpty();
        }
    }

    /** The bucket was closed in the registry, and what follows it with it. */
    @Test
    void theAclOfTheBucketInTheRegistryCounts() throws Exception {
        String readable = MANIFEST.replace("acl: public-read-write", "acl: public-read");
        fixture.apply(readable);
        AclWriter acls = new AclWriter(fixture.store);
        acls.setBucketAcl("photos", Acl.PRIVATE, NOW);
        acls.setObjectAcl("photos", "a/b", Acl.DEFAULT, NOW);
        assertThat(reopened(readable))
                .satisfiesExactly(
                        bucket -> assertThat(bucket).startsWith("the ACL of the bucket photos was private"),
                        object -> assertThat(object)
                                .startsWith("the object photos/a/b had no ACL of its own in the registry, so that its"
                                        + " bucket's held (private), and is public-read now"));
    }

    @Test
    void anObjectWhoseNarrowerAclIsPruned() throws Exception {
        String narrow = MANIFEST.replace("acl: public-read-write", "acl: private");
        String without = MANIFEST.replace(", objectAcls: [{key: a/b, acl: public-read-write}]", "");
        fixture.apply(narrow);
        assertThat(reopened(without)).isEmpty();
        assertThat(fixture.apply(without, ApplyOptions.of(true), NOW).reopened())
                .singleElement()
                .satisfies(note -> assertThat(note.text())
                        .isEqualTo("the object photos/a/b had an ACL of its own (private), which is removed, so"
                                + " that its bucket's holds (public-read); name it in objectAcls where its"
                                + " own is to hold"));
        fixture.apply(MANIFEST);
        assertThat(fixture.apply(without, ApplyOptions.of(true), NOW).reopened())
                .isEmpty();
    }

    @Test
    void keysThatAStoreMayFold() throws Exception {
        String folding = MANIFEST.replace(
                "signer: app,",
                "signer: app, upstream: {protocol: s3, endpoint: 'https://s3.example.com', region: us-east-1, bucket:"
                        + " physical, signer: app},");
        String flat = folding.replace("bucket: physical,", "bucket: physical, flatNamespace: true,");
        assertThat(reopened(folding)).isEmpty();
        assertThat(reopened(flat))
                .singleElement()
                .asString()
                .startsWith("this lets through the keys of the bucket photos that a store may fold into others");
        assertThat(reopened(flat)).isEmpty();
        assertThat(reopened(folding)).isEmpty();
    }

    @Test
    void aRevokedKey() throws Exception {
        fixture.apply(MANIFEST);
        assertThat(reopened(REVOKED)).isEmpty();
        assertThat(reopened(MANIFEST))
                .singleElement()
                .asString()
                .startsWith("this makes the revoked access key " + KEY);
        assertThat(fixture.key(KEY).status()).isEqualTo(KeyStatus.ACTIVE);
        fixture.move(KEY, KeyStatus.INACTIVE);
        assertThat(reopened(MANIFEST)).isEmpty();
        assertThat(fixture.key(KEY).status()).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void facesThatWereClosed() throws Exception {
        fixture.apply(MANIFEST);
        assertThat(reopened(MANIFEST.replace("faces: [uploads]", "faces: [uploads, presign]")))
                .containsExactly(
                        "this opens faces that were closed to the role mobile (presign); list in faces only those that"
                                + " it is for");
        assertThat(reopened(MANIFEST)).isEmpty();
        assertThat(reopened(MANIFEST.replace("        faces: [uploads]\n", "")))
                .containsExactly(
                        "this opens faces that were closed to the role mobile (token, sts, presign, post-policy,"
                                + " sign-content), and its sessions of before that have not expired are good again; list"
                                + " in faces only those that it is for");
    }
}
