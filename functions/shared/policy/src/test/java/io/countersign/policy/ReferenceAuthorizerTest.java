package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.policy.ReferenceAuthorizer.Compared;
import io.countersign.policy.ReferenceAuthorizer.Plain;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Statements with every operator, over keys that are told, absent or unknown, decided as a naive judge decides them. */
class ReferenceAuthorizerTest {
    private static final String TAG = "oss:ExistingObjectTag/t";
    private static final List<String> STRINGS = List.of(
            "StringEquals",
            "StringNotEquals",
            "StringEqualsIgnoreCase",
            "StringNotEqualsIgnoreCase",
            "StringLike",
            "StringNotLike");
    private static final List<String> NUMBERS = List.of(
            "NumericEquals",
            "NumericNotEquals",
            "NumericLessThan",
            "NumericLessThanEquals",
            "NumericGreaterThan",
            "NumericGreaterThanEquals");
    private static final List<String> DATES =
            NUMBERS.stream().map(name -> name.replace("Numeric", "Date")).toList();
    private static final List<String> TEXTS = List.of("a", "A", "ab", "*", "a*", "?b", "");
    private static final List<String> DECIMALS = List.of("1", "1.0", "2", "-3");
    private static final List<String> TIMES =
            List.of("2026-11-22T02:00:00Z", "2026-11-22T10:00:00+08:00", "2026-11-23T00:00:00Z");
    private static final List<String> ADDRESSES = List.of("192.0.2.0/24", "198.51.100.0/24", "10.0.0.0/24");

    @Property(edgeCases = EdgeCasesMode.NONE)
    void theDecisionIsTheNaiveOne(
            @ForAll("statements") List<Plain> statements, @ForAll("states") Map<String, Optional<String>> states) {
        Known known = Known.NOTHING;
        for (var state : states.entrySet()) {
            known = known.and(state.getKey(), KeyState.found(state.getValue()));
        }
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                statements.stream().map(ReferenceAuthorizerTest::text).toArray(String[]::new));
        NeededRight right = AuthorizerFixtures.get(AuthorizerFixtures.bucket(Acl.PRIVATE), "k")
                .with(known.tags());
        Decision decision = Authorizer.decide(AuthorizerFixtures.user(policy), List.of(right), known.conditions());
        assertThat(decision instanceof Decision.Allowed).isEqualTo(ReferenceAuthorizer.allows(statements, states));
    }

    /** Telling more never lets a Deny be escaped by what is left untold: what is allowed with less known is allowed with more. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    void allowsWithAnyValueOfAKeyWhatItAllowsWithoutIt(
            @ForAll("statements") List<Plain> statements,
            @ForAll("states") Map<String, Optional<String>> states,
            @ForAll("states") Map<String, Optional<String>> more) {
        Known less = Known.NOTHING;
        for (var state : states.entrySet()) {
            less = less.and(state.getKey(), KeyState.found(state.getValue()));
        }
        Known all = less;
        for (var state : more.entrySet()) {
            if (!states.containsKey(state.getKey())) {
                all = all.and(state.getKey(), KeyState.found(state.getValue()));
            }
        }
        PolicyDocument policy = Documents.of(
                PolicyDocument.Kind.IDENTITY,
                statements.stream().map(ReferenceAuthorizerTest::text).toArray(String[]::new));
        NeededRight right = AuthorizerFixtures.get(AuthorizerFixtures.bucket(Acl.PRIVATE), "k");
        Principal user = AuthorizerFixtures.user(policy);
        if (Authorizer.decide(user, List.of(right.with(less.tags())), less.conditions()) instanceof Decision.Allowed) {
            assertThat(Authorizer.decide(user, List.of(right.with(all.tags())), all.conditions()))
                    .isInstanceOf(Decision.Allowed.class);
        }
    }

    @Provide
    Arbitrary<List<Plain>> statements() {
        Arbitrary<Compared> clause = Arbitraries.oneOf(
                clause("acs:UserAgent", STRINGS, TEXTS),
                clause(TAG, STRINGS, TEXTS),
                clause(TAG, NUMBERS, DECIMALS),
                clause(TAG, DATES, TIMES),
                clause("acs:CurrentTime", DATES, TIMES),
                clause("acs:MFAPresent", List.of("Bool"), List.of("true", "false")),
                clause("acs:SourceIp", List.of("IpAddress", "NotIpAddress"), ADDRESSES));
        return Combinators.combine(
                        Arbitraries.of(true, false, false),
                        clause.list().ofMaxSize(3).uniqueElements(one -> one.operator() + one.key()))
                .as(Plain::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<Compared> clause(String key, List<String> operators, List<String> values) {
        return Combinators.combine(
                        Arbitraries.of(operators),
                        Arbitraries.of(values).list().ofMinSize(1).ofMaxSize(2))
                .as((operator, some) -> new Compared(operator, key, some));
    }

    @Provide
    Arbitrary<Map<String, Optional<String>>> states() {
        return Combinators.combine(
                        state("a", "AB", "xb", "*", ""),
                        state("a", "1.00", "3", "2026-11-22T02:00:00Z"),
                        state("2026-11-22T02:00:00Z", "2026-11-24T00:00:00Z", "soon"),
                        state("true", "false", "maybe"),
                        state("192.0.2.7", "203.0.113.1", "somewhere"))
                .as((agent, tag, time, factor, address) -> Map.of(
                                "acs:UserAgent",
                                agent,
                                TAG,
                                tag,
                                "acs:CurrentTime",
                                time,
                                "acs:MFAPresent",
                                factor,
                                "acs:SourceIp",
                                address)
                        .entrySet()
                        .stream()
                        .filter(known -> known.getValue().isPresent())
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, known -> known.getValue().get())));
    }

    /** Unknown, absent, or one of these. */
    private static Arbitrary<Optional<Optional<String>>> state(String... values) {
        return Arbitraries.of(values).optional(0.7).optional(0.7);
    }

    private static String text(Plain statement) {
        String conditions = statement.clauses().stream()
                .collect(Collectors.groupingBy(
                        Compared::operator,
                        Collectors.mapping(
                                clause -> "'" + clause.key() + "':['" + String.join("','", clause.values()) + "']",
                                Collectors.joining(","))))
                .entrySet()
                .stream()
                .map(operator -> "'" + operator.getKey() + "':{" + operator.getValue() + "}")
                .collect(Collectors.joining(","));
        return Documents.statement(statement.deny() ? "Deny" : "Allow", "*", "*", ",'Condition':{" + conditions + "}");
    }
}
