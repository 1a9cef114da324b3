package io.countersign.policy;

import static io.countersign.policy.Documents.allow;
import static io.countersign.policy.Documents.deny;
import static io.countersign.policy.Documents.statement;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The steps of an evaluation are counted and bounded, and an evaluation that exceeds its budget allows nothing. */
class StepBudgetTest {
    private static final BucketFacts BUCKET = AuthorizerFixtures.bucket(Acl.PUBLIC_READ_WRITE);
    /** Fits no text of the letter a, and finds that out as late as it can. */
    private static final String SLOW = "*" + "a".repeat(80) + "b";

    private static final String LONGEST = "a".repeat(2_048);
    private static final String ALLOW_ALL = allow("*", "*");

    private static List<NeededRight> keys(int count) {
        return keys(count, "");
    }

    private static List<NeededRight> keys(int count, String beginning) {
        return IntStream.range(0, count)
                .mapToObj(i -> AuthorizerFixtures.put(BUCKET, beginning + "key-" + i, Optional.empty()))
                .toList();
    }

    private static Conditions agent(String text) {
        return Conditions.builder().tell(ConditionKey.USER_AGENT, text).build();
    }

    private static String ifAgent(String effect, String operator, String values) {
        return statement(effect, "*", "*", ",'Condition':{'" + operator + "':{'acs:UserAgent':[" + values + "]}}");
    }

    private static String several(int count, String text) {
        return IntStream.range(0, count).mapToObj(i -> text).collect(Collectors.joining(","));
    }

    private static Principal session(String... statements) {
        return AuthorizerFixtures.session(
                Documents.of(PolicyDocument.Kind.ROLE, ALLOW_ALL),
                Documents.of(PolicyDocument.Kind.SESSION, statements));
    }

    private static long cost(Principal principal, List<NeededRight> rights, Conditions conditions) {
        StepBudget budget = StepBudget.ofRequest();
        assertThat(Authorizer.decide(principal, rights, conditions, budget)).isInstanceOf(Decision.Allowed.class);
        return StepBudget.OF_A_REQUEST - budget.left();
    }

    private static void isTooCostly(Decision decision) {
        assertThat(decision).isInstanceOf(Decision.TooCostly.class);
        assertThat(decision.trace().getLast())
                .isEqualTo(new TraceStep("steps", TraceStep.Outcome.DENY, Decision.TooCostly.ADVICE));
    }

    @Test
    void aConditionIsJudgedOnceForAllRights() {
        Principal slow = session(ALLOW_ALL, ifAgent("Deny", "StringLike", "'" + SLOW + "'"));
        Principal quick = session(ALLOW_ALL, ifAgent("Deny", "StringLike", "'x'"));
        long once = cost(slow, keys(1), agent(LONGEST)) - cost(quick, keys(1), agent(LONGEST));
        long further = cost(slow, keys(1_000), agent(LONGEST)) - cost(quick, keys(1_000), agent(LONGEST));
        assertThat(once).isGreaterThan(80 * 1_900L);
        assertThat(further).isEqualTo(once);
    }

    @Test
    void tagsOfAnotherPlaceAreJudgedByThemselves() {
        String open = statement("Deny", "*", "*", ",'Condition':{'StringEquals':{'oss:BucketTag/team':'red'}}");
        Principal principal = session(ALLOW_ALL, open);
        NeededRight blue = keys(1).getFirst().with(tags("blue"));
        NeededRight red = keys(1).getFirst().with(tags("red"));
        assertThat(Authorizer.decide(principal, List.of(blue, blue), Conditions.NONE))
                .isInstanceOf(Decision.Allowed.class);
        assertThat(Authorizer.decide(principal, List.of(blue, red), Conditions.NONE))
                .isInstanceOf(Decision.Denied.class);
        assertThat(Authorizer.decide(principal, List.of(red, blue), Conditions.NONE))
                .isInstanceOf(Decision.Denied.class);
    }

    private static PlaceTags tags(String team) {
        return new PlaceTags(PlaceTags.Tags.of(Map.of("team", team)), PlaceTags.Tags.NONE);
    }

    @Test
    void aValueThatIsTooLongIsComparedWithNoPatternAndIsUnknown() {
        String longer = LONGEST + "a";
        Principal denied = session(ALLOW_ALL, ifAgent("Deny", "StringEquals", "'x'"));
        assertThat(Authorizer.decide(denied, keys(1), agent(LONGEST))).isInstanceOf(Decision.Allowed.class);
        assertThat(Authorizer.decide(denied, keys(1), agent(longer))).isInstanceOf(Decision.Denied.class);
        Principal allowed = session(ifAgent("Allow", "StringNotEquals", "'x'"));
        assertThat(Authorizer.decide(allowed, keys(1), agent(LONGEST))).isInstanceOf(Decision.Allowed.class);
        assertThat(Authorizer.decide(allowed, keys(1), agent(longer))).isInstanceOf(Decision.Denied.class);
    }

    /** All that the bounds of requests and documents admit at once: 1,000 keys, the longest value, and as many of the slowest patterns as go into one document. */
    @Test
    void theCostliestRequestWithinTheBoundsIsRefusedWithinItsSteps() {
        String patterns = several(500, "'" + SLOW + "'");
        String[] statements = IntStream.range(0, 10)
                .mapToObj(i -> ifAgent("Deny", i % 2 == 0 ? "StringLike" : "StringNotEqualsIgnoreCase", patterns))
                .toArray(String[]::new);
        StepBudget budget = StepBudget.ofRequest();
        isTooCostly(Authorizer.decide(session(statements), keys(1_000), agent(LONGEST), budget));
        assertThat(budget.left()).isZero();
    }

    @Test
    void slowPatternsOfPathsAreCountedToo() {
        String paths = several(500, "'acs:oss:*:*:" + AuthorizerFixtures.BUCKET + "/*" + "a".repeat(100) + "b'");
        String slow = "{'Effect':'Deny','Action':'*','Resource':[" + paths + "]}";
        List<NeededRight> rights = keys(1_000, "a".repeat(1_000));
        isTooCostly(Authorizer.decide(session(ALLOW_ALL, slow), rights, Conditions.NONE));
        String inverted = "{'Effect':'Allow','Action':'*','NotResource':[" + paths + "]}";
        isTooCostly(Authorizer.decide(session(inverted), rights, Conditions.NONE));
    }

    @Test
    void countsStepsOfAQueryForAPrefix() {
        String paths = several(400, "'acs:oss:*:*:" + AuthorizerFixtures.BUCKET + "/*" + "a?".repeat(500) + "'");
        String slow = "{'Effect':'Allow','Action':'*','Resource':[" + paths + "]}";
        NeededRight prefix = AuthorizerFixtures.prefix("oss:PutObject", BUCKET, "a".repeat(1_000) + "/");
        isTooCostly(Authorizer.decide(session(slow), List.of(prefix), Conditions.NONE));
    }

    @Test
    void ignoresAnAllowBeyondTheBound() {
        Principal principal = session(ALLOW_ALL, deny("oss:DeleteBucket", "*"));
        long cost = cost(principal, keys(2), Conditions.NONE);
        for (long budget = 0; budget < cost; budget++) {
            isTooCostly(Authorizer.decide(principal, keys(2), Conditions.NONE, StepBudget.of(budget)));
        }
        assertThat(Authorizer.decide(principal, keys(2), Conditions.NONE, StepBudget.of(cost)))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void refusesTheOwnerWhenTheBudgetIsSpent() {
        BucketFacts governed = AuthorizerFixtures.bucket(
                Acl.PRIVATE,
                Documents.of(
                        PolicyDocument.Kind.BUCKET,
                        statement("Deny", "*", "*", ",'Principal':['*']").replace("'Action':'*'", "'Action':'oss:*'")));
        isTooCostly(Authorizer.decide(
                AuthorizerFixtures.ROOT,
                List.of(AuthorizerFixtures.get(governed, "k")),
                Conditions.NONE,
                StepBudget.of(1)));
    }

    @Test
    void decisionsOfOneRequestShareItsSteps() {
        Principal principal = session(ALLOW_ALL);
        StepBudget budget = StepBudget.of(cost(principal, keys(1), Conditions.NONE));
        assertThat(Authorizer.decide(principal, keys(1), Conditions.NONE, budget))
                .isInstanceOf(Decision.Allowed.class);
        isTooCostly(Authorizer.decide(principal, keys(1), Conditions.NONE, budget));
        isTooCostly(Authorizer.decide(principal, keys(1), Conditions.NONE, budget));
    }

    @Test
    void assumesThatACallerMightBeAllowedWhenTheBudgetIsSpent() {
        Principal nobody =
                AuthorizerFixtures.user(Documents.of(PolicyDocument.Kind.IDENTITY, allow("oss:GetObject", "*")));
        List<NeededRight> put = List.of(
                NeededRight.on(AuthorizerFixtures.right("oss:PutObject", "k"), AuthorizerFixtures.bucket(Acl.PRIVATE)));
        assertThat(Authorizer.mightAllow(nobody, put, Conditions.NONE, StepBudget.ofRequest()))
                .isFalse();
        assertThat(Authorizer.mightAllow(nobody, put, Conditions.NONE, StepBudget.of(0)))
                .isTrue();
    }

    @Test
    void callsOfRamAreBoundedToo() {
        String patterns = several(500, "'" + SLOW + "'");
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                allow("sts:AssumeRole", "*"),
                ifAgent("Deny", "StringLike", patterns),
                ifAgent("Deny", "StringLike", patterns));
        Principal user = AuthorizerFixtures.user(policy);
        assertThat(CallAuthorizer.decide(user, "sts:AssumeRole", AuthorizerFixtures.OWNER, "role/app", agent("a")))
                .isEqualTo(new CallAuthorizer.CallDecision.Allowed());
        assertThat(CallAuthorizer.decide(user, "sts:AssumeRole", AuthorizerFixtures.OWNER, "role/app", agent(LONGEST)))
                .isEqualTo(new CallAuthorizer.CallDecision.TooCostly());
    }

    @Test
    void admitsNoCallerByATrustPolicyThatExceedsTheBudget() throws Exception {
        String admits = "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':['acs:ram::"
                + AuthorizerFixtures.OWNER + ":root']}%s}";
        String denies = admits.replace("Allow", "Deny")
                .formatted(",'Condition':{'StringLike':{'sts:ExternalId':[" + several(500, "'" + SLOW + "'") + "]}}");
        TrustPolicy policy = Documents.trust(admits.formatted(""), denies);
        TrustPolicy.TrustPrincipal asking = new TrustPolicy.TrustPrincipal.Ram(
                "acs:ram::" + AuthorizerFixtures.OWNER + ":user/alice", AuthorizerFixtures.OWNER);
        assertThat(policy.admits(new TrustPolicy.TrustRequest(asking, external("a"))))
                .isTrue();
        assertThat(policy.judge(new TrustPolicy.TrustRequest(asking, external(LONGEST))))
                .isEqualTo(new TrustPolicy.TrustDecision.Refused(OptionalInt.empty()));
    }

    private static Conditions external(String id) {
        return Conditions.builder().tell(ConditionKey.EXTERNAL_ID, id).build();
    }

    /** Ordinary use is far from the bound. */
    @Test
    void aLargeDeletionUnderManyStatementsTakesAFifthOfTheBound() {
        String[] statements = IntStream.range(0, 200)
                .mapToObj(i -> allow("oss:*", "acs:oss:*:*:*/team-" + i + "/*"))
                .toArray(String[]::new);
        String[] all = Arrays.copyOf(statements, 201);
        all[200] = allow("oss:PutObject", "acs:oss:*:*:" + AuthorizerFixtures.BUCKET + "/*");
        assertThat(cost(
                        AuthorizerFixtures.user(Documents.of(PolicyDocument.Kind.IDENTITY, all)),
                        keys(1_000, "photos/2026/11/"),
                        agent("x")))
                .isLessThan(StepBudget.OF_A_REQUEST / 5);
    }

    @Test
    void unknownKeysAreNotLookedForWithStepsThatAreSpent() {
        Principal principal = session(ifAgent("Allow", "StringLike", "'x'"));
        StepBudget budget = StepBudget.ofRequest();
        Decision decision = Authorizer.decide(principal, keys(1), Conditions.NONE, budget);
        assertThat(decision.trace().getLast().detail()).endsWith(" (unknown: acs:UserAgent)");
        assertThatThrownBy(() -> budget.take(Long.MAX_VALUE)).isInstanceOf(StepBudget.Spent.class);
        assertThat(decision.trace().getLast().detail())
                .endsWith(" (keys may be unknown: finding them needs too many steps)");
    }
}
