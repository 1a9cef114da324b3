package io.countersign.policy;

import static io.countersign.policy.AuthorizerFixtures.ANONYMOUS;
import static io.countersign.policy.AuthorizerFixtures.OTHER;
import static io.countersign.policy.AuthorizerFixtures.OTHER_ROOT;
import static io.countersign.policy.AuthorizerFixtures.OWNER;
import static io.countersign.policy.AuthorizerFixtures.ROOT;
import static io.countersign.policy.AuthorizerFixtures.allows;
import static io.countersign.policy.AuthorizerFixtures.bucket;
import static io.countersign.policy.AuthorizerFixtures.decide;
import static io.countersign.policy.AuthorizerFixtures.denial;
import static io.countersign.policy.AuthorizerFixtures.get;
import static io.countersign.policy.AuthorizerFixtures.list;
import static io.countersign.policy.AuthorizerFixtures.listBuckets;
import static io.countersign.policy.AuthorizerFixtures.otherUser;
import static io.countersign.policy.AuthorizerFixtures.put;
import static io.countersign.policy.AuthorizerFixtures.session;
import static io.countersign.policy.AuthorizerFixtures.user;
import static io.countersign.policy.Documents.allow;
import static io.countersign.policy.Documents.deny;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import io.countersign.policy.Decision.DenialReason.Type;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The order in which a decision is made. */
class AuthorizerTest {
    private static final BucketFacts PRIVATE = bucket(Acl.PRIVATE);
    private static final BucketFacts OPEN = bucket(Acl.PUBLIC_READ_WRITE);
    private static final PolicyDocument ALLOW = Documents.of(PolicyDocument.Kind.IDENTITY, allow("*", "*"));
    private static final PolicyDocument DENY = Documents.of(PolicyDocument.Kind.IDENTITY, deny("*", "*"));
    private static final PolicyDocument SILENT = Documents.of(PolicyDocument.Kind.IDENTITY, allow("sts:*", "*"));
    private static final PolicyDocument ROLE_ALLOW = Documents.of(PolicyDocument.Kind.ROLE, allow("*", "*"));
    private static final PolicyDocument ROLE_SILENT = Documents.of(PolicyDocument.Kind.ROLE, allow("sts:*", "*"));
    private static final PolicyDocument SESSION_ALLOW = Documents.of(PolicyDocument.Kind.SESSION, allow("*", "*"));
    private static final PolicyDocument SESSION_SILENT = Documents.of(PolicyDocument.Kind.SESSION, allow("sts:*", "*"));
    private static final PolicyDocument SESSION_DENY =
            Documents.of(PolicyDocument.Kind.SESSION, allow("*", "*"), deny("*", "*"));

    private static PolicyDocument bucketPolicy(String effect, String principal, String more) {
        return Documents.of(
                PolicyDocument.Kind.BUCKET, Documents.statement(effect, "*", "*", ",'Principal':" + principal + more));
    }

    private static final String TLS = ",'Condition':{'Bool':{'acs:SecureTransport':'false'}}";

    private static Decision plain(Principal principal, NeededRight right) {
        return Authorizer.decide(
                principal,
                List.of(right),
                Conditions.builder().secureTransport(Optional.of(false)).build());
    }

    @Test
    void anExplicitDenyAnywhereIsFinal() {
        BucketFacts opened = bucket(Acl.PUBLIC_READ_WRITE, bucketPolicy("Allow", "'*'", TLS));
        BucketFacts closed = bucket(Acl.PUBLIC_READ_WRITE, bucketPolicy("Deny", "'*'", TLS));
        assertThat(plain(user(ALLOW, DENY), get(opened, "k"))).isInstanceOf(Decision.Denied.class);
        assertThat(plain(session(ROLE_ALLOW, SESSION_DENY), get(opened, "k"))).isInstanceOf(Decision.Denied.class);
        for (Principal principal : List.of(user(ALLOW), session(ROLE_ALLOW), ROOT, OTHER_ROOT, ANONYMOUS)) {
            assertThat(plain(principal, get(closed, "k"))).isInstanceOfSatisfying(Decision.Denied.class, denied -> {
                assertThat(denied.reason().type()).isEqualTo(Type.EXPLICIT_DENY);
                assertThat(denied.reason().decidedBy()).isEqualTo(Decision.DecidedBy.BUCKET_POLICY);
                assertThat(denied.reason().statement()).contains(new Statement.Ref(PolicyDocument.Kind.BUCKET, 0, 0));
            });
        }
    }

    @Test
    void aDenyOfTheCallersOwnPolicyCountsOnAnotherAccountsBucket() {
        BucketFacts shared = bucket(Acl.PUBLIC_READ, bucketPolicy("Allow", "'acs:ram::" + OTHER + ":user/*'", ""));
        assertThat(allows(otherUser(), get(shared, "k"))).isTrue();
        assertThat(denial(otherUser(DENY), get(shared, "k")).decidedBy()).isEqualTo(Decision.DecidedBy.RAM_POLICY);
    }

    @Test
    void aSessionHasWhatRoleAndSessionPolicyBothAllow() {
        assertThat(allows(session(ROLE_ALLOW), get(PRIVATE, "k"))).isTrue();
        assertThat(allows(session(ROLE_ALLOW, SESSION_ALLOW), get(PRIVATE, "k")))
                .isTrue();
        assertThat(allows(session(ROLE_SILENT, SESSION_ALLOW), get(PRIVATE, "k")))
                .isFalse();
        assertThat(allows(session(ROLE_ALLOW, SESSION_SILENT), get(PRIVATE, "k")))
                .isFalse();
    }

    @Test
    void aSessionPolicyThatDoesNotMatchIsFinal() {
        BucketFacts granted = bucket(Acl.PUBLIC_READ_WRITE, bucketPolicy("Allow", "'*'", ""));
        Decision.DenialReason reason = denial(session(ROLE_ALLOW, SESSION_SILENT), get(granted, "k"));
        assertThat(reason.type()).isEqualTo(Type.IMPLICIT_DENY);
        assertThat(reason.decidedBy()).isEqualTo(Decision.DecidedBy.SESSION_POLICY);
    }

    @Test
    void aSessionWhoseRoleIsSilentStillHasWhatIsOpenToEverybody() {
        assertThat(allows(session(ROLE_SILENT, SESSION_ALLOW), get(OPEN, "k"))).isTrue();
        assertThat(allows(session(ROLE_SILENT), get(OPEN, "k"))).isTrue();
        assertThat(allows(session(ROLE_SILENT), list(OPEN))).isFalse();
    }

    @Test
    void anAllowIsFinalAndAPrivateAclNeverCancelsIt() {
        Optional<Acl> closed = Optional.of(Acl.PRIVATE);
        assertThat(allows(user(ALLOW), get(PRIVATE, "k", closed))).isTrue();
        assertThat(allows(session(ROLE_ALLOW), put(PRIVATE, "k", closed))).isTrue();
        assertThat(allows(ROOT, put(PRIVATE, "k", closed))).isTrue();
        BucketFacts granted = bucket(Acl.PRIVATE, bucketPolicy("Allow", "'*'", ""));
        assertThat(allows(ANONYMOUS, put(granted, "k", closed))).isTrue();
    }

    @Test
    void aRamPolicyAllowsNothingOnAnotherAccountsBucket() {
        assertThat(allows(otherUser(ALLOW), get(PRIVATE, "k"))).isFalse();
        assertThat(allows(otherUser(ALLOW), list(OPEN))).isFalse();
        assertThat(allows(otherUser(ALLOW), get(OPEN, "k"))).isTrue();
        assertThat(allows(OTHER_ROOT, get(PRIVATE, "k"))).isFalse();
    }

    @Test
    void theAccountHasFullRightsOnWhatItOwns() {
        assertThat(allows(ROOT, get(PRIVATE, "k"), list(PRIVATE), listBuckets()))
                .isTrue();
        Right deleteBucket = new Right("oss:DeleteBucket", Target.bucket(AuthorizerFixtures.BUCKET));
        assertThat(allows(ROOT, NeededRight.on(deleteBucket, PRIVATE))).isTrue();
        assertThat(allows(OTHER_ROOT, NeededRight.on(deleteBucket, PRIVATE))).isFalse();
    }

    @Test
    void listingBucketsNeedsAnAccountOrItsPolicy() {
        assertThat(allows(OTHER_ROOT, listBuckets())).isTrue();
        PolicyDocument own =
                Documents.of(PolicyDocument.Kind.IDENTITY, allow("oss:ListBuckets", "acs:oss:*:" + OWNER + ":*"));
        PolicyDocument others =
                Documents.of(PolicyDocument.Kind.IDENTITY, allow("oss:ListBuckets", "acs:oss:*:" + OTHER + ":*"));
        assertThat(allows(user(own), listBuckets())).isTrue();
        assertThat(allows(user(others), listBuckets())).isFalse();
        assertThat(denial(ANONYMOUS, listBuckets()).decidedBy()).isEqualTo(Decision.DecidedBy.DEFAULT);
    }

    @Test
    void everybodyWithoutConditionLeavesOutTheOwnersOwnKeys() {
        BucketFacts closed = bucket(Acl.PRIVATE, bucketPolicy("Deny", "'*'", ""));
        assertThat(allows(ROOT, get(closed, "k"))).isTrue();
        assertThat(allows(user(ALLOW), get(closed, "k"))).isFalse();
        assertThat(allows(ANONYMOUS, get(closed, "k"))).isFalse();
    }

    @Test
    void everybodyWithConditionMeansTheOwnerAndTheAnonymousToo() {
        BucketFacts closed = bucket(Acl.PUBLIC_READ, bucketPolicy("Deny", "'*'", TLS));
        BucketFacts opened = bucket(Acl.PRIVATE, bucketPolicy("Allow", "'*'", TLS));
        assertThat(plain(ROOT, list(closed))).isInstanceOf(Decision.Denied.class);
        assertThat(plain(ANONYMOUS, list(opened))).isInstanceOf(Decision.Allowed.class);
        Conditions absent =
                Conditions.builder().absent(ConditionKey.SECURE_TRANSPORT).build();
        assertThat(Authorizer.decide(ROOT, List.of(list(closed)), absent)).isInstanceOf(Decision.Allowed.class);
        assertThat(allows(ROOT, list(closed))).as("the key is unknown").isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'*', true, true, true, true",
        "'" + OTHER + "', true, false, false, false",
        "acs:ram::" + OTHER + ":root, true, false, false, false",
        "acs:ram::" + OTHER + ":user/mallory, false, true, false, false",
        "acs:ram::" + OTHER + ":user/mal*, false, true, false, false",
        "acs:ram::" + OTHER + ":user/bob, false, false, false, false",
        "acs:ram::" + OWNER + ":role/mobile-app, false, false, true, false",
        "acs:ram::" + OWNER + ":role/other, false, false, false, false",
        "arn:sts::" + OWNER + ":assumed-role/mobile-app/phone-7, false, false, true, false",
        "arn:sts::" + OWNER + ":assumed-role/mobile-app/phone-?, false, false, true, false",
        "arn:sts::" + OWNER + ":assumed-role/mobile-app/phone-8, false, false, false, false",
        "arn:sts::" + OTHER + ":assumed-role/mobile-app/*, false, false, false, false",
        "arn:sts::*:*/*/*, false, false, true, false",
    })
    void aBucketPolicyNamesItsPrincipals(
            String principal, boolean account, boolean user, boolean session, boolean anonymous) {
        BucketFacts facts = bucket(Acl.PRIVATE, bucketPolicy("Allow", "['" + principal + "']", ""));
        assertThat(allows(OTHER_ROOT, list(facts))).isEqualTo(account);
        assertThat(allows(otherUser(), list(facts))).isEqualTo(user);
        assertThat(allows(session(ROLE_SILENT), list(facts))).isEqualTo(session);
        assertThat(allows(ANONYMOUS, list(facts))).isEqualTo(anonymous);
    }

    @Test
    void aNumberNamesTheUserThatHasIt() {
        Principal alice = new Principal.RamUser(OWNER, "alice", Optional.of("20214760404935"), List.of());
        BucketFacts allowed = bucket(Acl.PRIVATE, bucketPolicy("Allow", "['20214760404935']", ""));
        assertThat(allows(alice, list(allowed))).isTrue();
        for (Principal other : List.of(user(), otherUser(), OTHER_ROOT, session(ROLE_SILENT), ANONYMOUS)) {
            assertThat(allows(other, list(allowed))).isFalse();
        }
        BucketFacts denied = bucket(Acl.PUBLIC_READ_WRITE, bucketPolicy("Deny", "['20214760404935']", ""));
        assertThat(denial(alice, get(denied, "k")).decidedBy()).isEqualTo(Decision.DecidedBy.BUCKET_POLICY);
        assertThat(allows(user(), get(denied, "k"))).isTrue();
    }

    @Test
    void theArnOfAnAccountNamesNoUserWithThatNumber() {
        Principal alice = new Principal.RamUser(OWNER, "alice", Optional.of("20214760404935"), List.of());
        BucketFacts facts = bucket(Acl.PRIVATE, bucketPolicy("Allow", "['acs:ram::20214760404935:root']", ""));
        assertThat(allows(alice, list(facts))).isFalse();
    }

    @Test
    void anEmptyPrincipalMeansEverybody() {
        BucketFacts allowed = bucket(Acl.PRIVATE, bucketPolicy("Allow", "[]", ""));
        assertThat(allows(ANONYMOUS, list(allowed))).isTrue();
        assertThat(allows(OTHER_ROOT, list(allowed))).isTrue();
        BucketFacts denied = bucket(Acl.PUBLIC_READ, bucketPolicy("Deny", "[]", ""));
        assertThat(allows(ANONYMOUS, get(denied, "k"))).isFalse();
        assertThat(allows(ROOT, get(denied, "k")))
                .as("without a condition, everybody leaves out the owner")
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'" + OTHER + "', true", "'[" + OTHER + "]', true", "'[7, 8]', false"})
    void onePrincipalAndAListMayOccurInAString(String principal, boolean named) {
        BucketFacts facts = bucket(Acl.PRIVATE, bucketPolicy("Allow", "'" + principal + "'", ""));
        assertThat(allows(OTHER_ROOT, list(facts))).isEqualTo(named);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "PRIVATE, -, false, false",
                "PUBLIC_READ, -, true, false",
                "PUBLIC_READ_WRITE, -, true, true",
                "PRIVATE, DEFAULT, false, false",
                "PUBLIC_READ, DEFAULT, true, false",
                "PUBLIC_READ_WRITE, DEFAULT, true, true",
                "PUBLIC_READ_WRITE, PRIVATE, false, false",
                "PUBLIC_READ_WRITE, PUBLIC_READ, true, false",
                "PRIVATE, PUBLIC_READ, true, false",
                "PRIVATE, PUBLIC_READ_WRITE, true, true",
            })
    void theObjectsAclGoesBeforeTheBuckets(Acl bucketAcl, String object, boolean read, boolean write) {
        Optional<Acl> objectAcl = Optional.ofNullable(object).map(Acl::valueOf);
        BucketFacts facts = bucket(bucketAcl);
        for (Principal principal :
                List.of(ANONYMOUS, OTHER_ROOT, otherUser(ALLOW), user(SILENT), session(ROLE_SILENT))) {
            assertThat(allows(principal, get(facts, "k", objectAcl))).isEqualTo(read);
            assertThat(allows(principal, put(facts, "k", objectAcl))).isEqualTo(write);
        }
        boolean own = object != null && !object.equals("DEFAULT");
        TraceStep last = decide(ANONYMOUS, get(facts, "k", objectAcl)).trace().getLast();
        assertThat(last.step()).isEqualTo(own ? "object-acl" : "bucket-acl");
        assertThat(last.detail()).contains(own ? Acl.valueOf(object).text() : bucketAcl.text());
    }

    @ParameterizedTest
    @EnumSource(value = Acl.class, names = "DEFAULT", mode = EnumSource.Mode.EXCLUDE)
    void anAclNeverOpensWhatItDoesNotCover(Acl acl) {
        Right tagging = AuthorizerFixtures.right("oss:PutObjectTagging", "k");
        NeededRight uncovered =
                new NeededRight(tagging, Optional.of(bucket(acl)), Optional.of(Acl.PUBLIC_READ_WRITE), Acl.Access.NONE);
        assertThat(denial(ANONYMOUS, uncovered).decidedBy()).isEqualTo(Decision.DecidedBy.DEFAULT);
        assertThat(denial(ANONYMOUS, list(bucket(acl))).decidedBy()).isEqualTo(Decision.DecidedBy.DEFAULT);
    }

    @Test
    void theBucketsAclDoesNotSpeakForAllObjectsOfAPrefix() {
        Right upload = new Right("oss:PutObject", new Scope.ObjectPrefix(AuthorizerFixtures.BUCKET, ""));
        NeededRight anywhere = NeededRight.onObject(upload, OPEN, Optional.empty(), Acl.Access.WRITE);
        assertThat(denial(ANONYMOUS, anywhere).decidedBy()).isEqualTo(Decision.DecidedBy.DEFAULT);
        assertThat(allows(ROOT, anywhere)).isTrue();
    }

    @Test
    void evaluatesEveryRightByItself() {
        PolicyDocument source =
                Documents.of(PolicyDocument.Kind.IDENTITY, allow("oss:GetObject", "acs:oss:*:*:examplebucket/from/*"));
        NeededRight read = get(PRIVATE, "from/1");
        NeededRight write = put(PRIVATE, "to/1", Optional.empty());
        assertThat(allows(user(source), read)).isTrue();
        assertThat(denial(user(source), read, write).right()).isEqualTo(write.right());
        assertThat(denial(user(source), write, read).right()).isEqualTo(write.right());
        assertThat(allows(user(source), read, put(OPEN, "to/1", Optional.empty())))
                .isTrue();
    }

    @Test
    void theTraceNamesWhatDecided() {
        PolicyDocument second =
                Documents.of(PolicyDocument.Kind.IDENTITY, allow("oss:Put*", "*"), allow("oss:Get*", "*"));
        assertThat(decide(user(SILENT, second), get(PRIVATE, "k")).trace())
                .containsExactly(new TraceStep(
                        "ram-policy",
                        TraceStep.Outcome.ALLOW,
                        "Statement[1] of RAM policy 1 allows oss:GetObject on examplebucket/k"));
        assertThat(decide(otherUser(ALLOW), get(PRIVATE, "k")).trace())
                .first()
                .isEqualTo(new TraceStep(
                        "ram-policy",
                        TraceStep.Outcome.NO_MATCH,
                        "the bucket belongs to another account, where a RAM policy allows nothing"));
        BucketFacts silent = bucket(Acl.PRIVATE, bucketPolicy("Allow", "'999'", ""));
        assertThat(decide(user(SILENT), get(silent, "k")).trace())
                .extracting(TraceStep::step, TraceStep::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("ram-policy", TraceStep.Outcome.NO_MATCH),
                        org.assertj.core.groups.Tuple.tuple("bucket-policy", TraceStep.Outcome.NO_MATCH),
                        org.assertj.core.groups.Tuple.tuple("bucket-acl", TraceStep.Outcome.DENY));
        assertThat(decide(session(ROLE_ALLOW, SESSION_ALLOW), get(PRIVATE, "k")).trace())
                .extracting(TraceStep::step, TraceStep::outcome)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("session-policy", TraceStep.Outcome.PASS),
                        org.assertj.core.groups.Tuple.tuple("role-policy", TraceStep.Outcome.ALLOW));
    }

    @Test
    void refusesContradictoryArguments() {
        assertThatThrownBy(() -> Authorizer.decide(ROOT, List.of(), Conditions.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NeededRight.on(new Right("oss:ListObjects", Target.bucket("another")), PRIVATE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new NeededRight(list(PRIVATE).right(), Optional.of(PRIVATE), Optional.empty(), Acl.Access.READ))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bucket(Acl.DEFAULT)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> bucket(Acl.PRIVATE, ALLOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new BucketFacts(AuthorizerFixtures.BUCKET, "cn-hangzhou", "", Acl.PRIVATE, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session(ALLOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> user(ROLE_ALLOW)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> session(ROLE_ALLOW, ROLE_ALLOW)).isInstanceOf(IllegalArgumentException.class);
    }
}
