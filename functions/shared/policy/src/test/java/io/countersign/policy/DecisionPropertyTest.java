package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.oss.Right;
import io.countersign.oss.Scope;
import io.countersign.oss.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties that hold of every decision, for any policies. */
class DecisionPropertyTest {
    /** All that a decision depends on; statements are texts without Principal, which bucket policies add. */
    record Case(
            int principal,
            List<String> own,
            List<String> session,
            List<String> ofBucket,
            Acl bucketAcl,
            Optional<Acl> objectAcl,
            int right,
            Conditions conditions) {
        Decision decide() {
            return Authorizer.decide(asker(), List.of(needed()), conditions);
        }

        boolean isAllowed() {
            return decide() instanceof Decision.Allowed;
        }

        Case withOwn(String statement) {
            return new Case(
                    principal, plus(own, statement), session, ofBucket, bucketAcl, objectAcl, right, conditions);
        }

        Case withSession(String statement) {
            return new Case(
                    principal, own, plus(session, statement), ofBucket, bucketAcl, objectAcl, right, conditions);
        }

        Case withOfBucket(String statement) {
            return new Case(
                    principal, own, session, plus(ofBucket, statement), bucketAcl, objectAcl, right, conditions);
        }

        private Principal asker() {
            return switch (principal) {
                case 0 -> AuthorizerFixtures.ANONYMOUS;
                case 1 -> AuthorizerFixtures.ROOT;
                case 2 -> AuthorizerFixtures.OTHER_ROOT;
                case 3 ->
                    new Principal.RamUser(
                            AuthorizerFixtures.OWNER, "alice", documents(PolicyDocument.Kind.IDENTITY, own));
                case 4 ->
                    new Principal.RamUser(
                            AuthorizerFixtures.OTHER, "mallory", documents(PolicyDocument.Kind.IDENTITY, own));
                default ->
                    new Principal.AssumedRole(
                            AuthorizerFixtures.OWNER,
                            "mobile-app",
                            "phone-7",
                            documents(PolicyDocument.Kind.ROLE, own),
                            documents(PolicyDocument.Kind.SESSION, session).stream()
                                    .findFirst());
            };
        }

        private NeededRight needed() {
            BucketFacts facts = new BucketFacts(
                    AuthorizerFixtures.BUCKET,
                    "cn-hangzhou",
                    AuthorizerFixtures.OWNER,
                    bucketAcl,
                    documents(PolicyDocument.Kind.BUCKET, ofBucket).stream().findFirst());
            return switch (right) {
                case 0 -> AuthorizerFixtures.listBuckets();
                case 1 -> AuthorizerFixtures.list(facts);
                case 2 -> AuthorizerFixtures.get(facts, "a/1", objectAcl);
                case 3 -> AuthorizerFixtures.put(facts, "b", objectAcl);
                default ->
                    new NeededRight(
                            new Right("oss:PutObject", new Scope.ObjectPrefix(AuthorizerFixtures.BUCKET, "a/")),
                            Optional.of(facts),
                            Optional.empty(),
                            Acl.Access.WRITE);
            };
        }

        private static List<PolicyDocument> documents(PolicyDocument.Kind kind, List<String> statements) {
            return statements.isEmpty() ? List.of() : List.of(document(kind, statements));
        }

        private static PolicyDocument document(PolicyDocument.Kind kind, List<String> statements) {
            return Documents.of(
                    kind,
                    statements.stream()
                            .map(text -> kind == PolicyDocument.Kind.BUCKET
                                    ? text
                                    : text.replaceFirst(",'Principal':'[^']*'", ""))
                            .toArray(String[]::new));
        }

        private static List<String> plus(List<String> statements, String more) {
            List<String> all = new ArrayList<>(statements);
            all.add(more);
            return all;
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void anExplicitDenyAlwaysWins(@ForAll("cases") Case some) {
        String everything =
                "{'Effect':'Deny','Principal':'*','Action':'*','Resource':'*','Condition':{'StringNotEquals':{'acs:AccessId':'-'}}}";
        if (some.right() != 0) {
            assertThat(some.withOfBucket(everything).isAllowed()).isFalse();
        }
        if (some.principal() >= 3) {
            assertThat(some.withOwn(everything).isAllowed()).isFalse();
        }
        if (some.principal() == 5) {
            assertThat(some.withSession(everything).isAllowed()).isFalse();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aDenialThatNamesAStatementIsExplicit(@ForAll("cases") Case some) {
        if (some.decide() instanceof Decision.Denied denied) {
            boolean explicit = denied.reason().type() == Decision.DenialReason.Type.EXPLICIT_DENY;
            assertThat(denied.reason().statement().isPresent()).isEqualTo(explicit);
            assertThat(denied.trace().getLast().outcome()).isEqualTo(TraceStep.Outcome.DENY);
            assertThat(denied.trace().getLast().step())
                    .isEqualTo(denied.reason().decidedBy().step());
        } else {
            assertThat(some.decide().trace().getLast().outcome()).isEqualTo(TraceStep.Outcome.ALLOW);
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void addingAnAllowNeverRemovesARight(@ForAll("cases") Case some, @ForAll("allows") String allow) {
        if (some.isAllowed()) {
            assertThat(some.withOwn(allow).isAllowed()).isTrue();
            assertThat(some.withOfBucket(allow).isAllowed()).isTrue();
            // A first session policy narrows by being there; more statements in it widen.
            assertThat(some.session().isEmpty() || some.withSession(allow).isAllowed())
                    .isTrue();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void addingADenyNeverAddsARight(@ForAll("cases") Case some, @ForAll("denies") String deny) {
        if (!some.isAllowed()) {
            assertThat(some.withOwn(deny).isAllowed()).isFalse();
            assertThat(some.withOfBucket(deny).isAllowed()).isFalse();
            assertThat(some.withSession(deny).isAllowed()).isFalse();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aSessionPolicyNeverAddsARight(@ForAll("cases") Case some, @ForAll("allows") String allow) {
        if (some.session().isEmpty() && !some.isAllowed()) {
            assertThat(some.withSession(allow).isAllowed()).isFalse();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void aPrefixIsAllowedOnlyWhereEveryKeyIs(
            @ForAll("statements") List<String> statements, @ForAll("continuations") String more) {
        Principal user = new Principal.RamUser(
                AuthorizerFixtures.OWNER, "alice", Case.documents(PolicyDocument.Kind.IDENTITY, statements));
        BucketFacts facts = AuthorizerFixtures.bucket(Acl.PRIVATE);
        if (AuthorizerFixtures.allows(user, AuthorizerFixtures.prefix("oss:PutObject", facts, "a/"))) {
            Right one = new Right("oss:PutObject", Target.object(AuthorizerFixtures.BUCKET, "a/" + more));
            assertThat(AuthorizerFixtures.allows(user, NeededRight.on(one, facts)))
                    .isTrue();
        }
    }

    @Provide
    Arbitrary<Case> cases() {
        Arbitrary<Optional<Acl>> objectAcl = Arbitraries.of(Acl.class).optional();
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        statements(),
                        statements(),
                        statements(),
                        Arbitraries.of(Acl.PRIVATE, Acl.PUBLIC_READ, Acl.PUBLIC_READ_WRITE),
                        objectAcl,
                        Arbitraries.integers().between(0, 4),
                        conditions())
                .as(Case::new);
    }

    @Provide
    Arbitrary<List<String>> statements() {
        return Arbitraries.oneOf(allows(), allows(), denies()).list().ofMaxSize(3);
    }

    @Provide
    Arbitrary<String> allows() {
        return statement("Allow");
    }

    @Provide
    Arbitrary<String> denies() {
        return statement("Deny");
    }

    @Provide
    Arbitrary<String> continuations() {
        return Arbitraries.strings().withChars("a1/").ofMaxLength(3);
    }

    private static Arbitrary<String> statement(String effect) {
        return Combinators.combine(
                        Arbitraries.of(
                                "'Action':'*'",
                                "'Action':'oss:Put*'",
                                "'Action':['oss:GetObject','oss:List*']",
                                "'NotAction':'oss:PutObject'"),
                        Arbitraries.of("Resource", "Resource", "NotResource"),
                        Arbitraries.of(
                                "*",
                                "examplebucket",
                                "examplebucket/*",
                                "examplebucket/a/*",
                                "examplebucket/a/1",
                                "examplebucket/?/*",
                                "*1"),
                        Arbitraries.of(
                                "*",
                                AuthorizerFixtures.OTHER,
                                "acs:ram::" + AuthorizerFixtures.OWNER + ":user/alice",
                                "arn:sts::*:*/*/*"),
                        Arbitraries.of(
                                "",
                                "",
                                ",'Condition':{'IpAddress':{'acs:SourceIp':'192.0.2.0/24'}}",
                                ",'Condition':{'NotIpAddress':{'acs:SourceIp':'192.0.2.0/24'}}"))
                .as((action, member, path, principal, condition) -> "{'Effect':'" + effect + "'," + action + ",'"
                        + member + "':'acs:oss:*:*:" + path + "','Principal':'" + principal + "'" + condition + "}");
    }

    private static Arbitrary<Conditions> conditions() {
        return StatementTexts.state("192.0.2.1", "198.51.100.1", "unknown")
                .map(ip -> Conditions.builder().tell(ConditionKey.SOURCE_IP, ip).build());
    }
}
