package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;

/** The index leaves out what cannot match, and nothing else. */
class IndexedDecisionTest {
    private static final Arbitrary<String> ACTIONS = Arbitraries.of(
            "oss:GetObject",
            "oss:GetObjectAcl",
            "oss:getobject",
            "oss:Get",
            "oss:PutObject",
            "oss:ListObjects",
            "oss:ListBuckets",
            "");

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void aDecisionItsStatementAndItsTraceAreThoseOfAskingEveryStatementInOrder(
            @ForAll("principals") Principal principal,
            @ForAll("rights") List<NeededRight> rights,
            @ForAll("conditions") Conditions conditions) {
        assertThat(Authorizer.decide(principal, rights, conditions))
                .isEqualTo(LinearOracle.decide(principal, rights, conditions));
    }

    @Provide
    Arbitrary<Principal> principals() {
        Arbitrary<Principal> users = StatementTexts.documents(PolicyDocument.Kind.IDENTITY)
                .list()
                .ofMaxSize(2)
                .map(policies -> new Principal.RamUser(AuthorizerFixtures.OWNER, "alice", policies));
        Arbitrary<Principal> sessions = Combinators.combine(
                        StatementTexts.documents(PolicyDocument.Kind.ROLE)
                                .list()
                                .ofMaxSize(2),
                        StatementTexts.documents(PolicyDocument.Kind.SESSION).optional())
                .as((role, session) ->
                        new Principal.AssumedRole(AuthorizerFixtures.OWNER, "mobile-app", "phone-7", role, session));
        Arbitrary<Principal> others = Arbitraries.of(
                AuthorizerFixtures.ANONYMOUS,
                AuthorizerFixtures.ROOT,
                AuthorizerFixtures.OTHER_ROOT,
                AuthorizerFixtures.otherUser());
        return Arbitraries.oneOf(users, users, sessions, sessions, others);
    }

    @Provide
    Arbitrary<List<NeededRight>> rights() {
        return Combinators.combine(
                        ACTIONS,
                        scopes(),
                        buckets(),
                        Arbitraries.of(Acl.class).optional(),
                        Arbitraries.of(Acl.Access.class),
                        StatementTexts.placeTags())
                .as((action, scope, facts, acl, aclClass, tags) ->
                        needed(action, scope, facts, acl, aclClass).with(tags))
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<Conditions> conditions() {
        return StatementTexts.conditions();
    }

    private static NeededRight needed(
            String action, Scope scope, BucketFacts facts, Optional<Acl> objectAcl, Acl.Access aclClass) {
        Right right = new Right(action, scope);
        return switch (scope) {
            case Target.Service service -> NeededRight.onService(right);
            case Target.Bucket bucket -> NeededRight.on(right, facts);
            case Target.ObjectKey object -> NeededRight.onObject(right, facts, objectAcl, aclClass);
            case Scope.ObjectPrefix prefix -> NeededRight.onObject(right, facts, objectAcl, aclClass);
            case Scope.AccountObjects objects -> NeededRight.on(right, facts);
        };
    }

    private static Arbitrary<Scope> scopes() {
        Arbitrary<Scope> keys =
                Arbitraries.of(StatementTexts.KEYS).map(key -> Target.object(AuthorizerFixtures.BUCKET, key));
        Arbitrary<Scope> prefixes = Arbitraries.of("", "a", "a/", "a/b/", "a/b/c/1", "x", "\ud83d")
                .map(prefix -> new Scope.ObjectPrefix(AuthorizerFixtures.BUCKET, prefix));
        Arbitrary<Scope> places = Arbitraries.of(
                Target.service(),
                Target.bucket(AuthorizerFixtures.BUCKET),
                new Scope.AccountObjects(AuthorizerFixtures.BUCKET));
        return Arbitraries.oneOf(keys, keys, prefixes, places);
    }

    private static Arbitrary<BucketFacts> buckets() {
        return Combinators.combine(
                        Arbitraries.of(Acl.PRIVATE, Acl.PUBLIC_READ, Acl.PUBLIC_READ_WRITE),
                        StatementTexts.documents(PolicyDocument.Kind.BUCKET).optional())
                .as((acl, policy) -> new BucketFacts(
                        AuthorizerFixtures.BUCKET, "cn-hangzhou", AuthorizerFixtures.OWNER, acl, policy));
    }
}
