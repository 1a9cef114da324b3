package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The evaluation of a Condition for a request. */
class ConditionTest {
    private static boolean allowHolds(String condition, Known known) {
        PolicyDocument policy = Documents.of(PolicyDocument.Kind.IDENTITY, statement("Allow", condition));
        return decides(known, policy) instanceof Decision.Allowed;
    }

    private static boolean denyHolds(String condition, Known known) {
        PolicyDocument policy =
                Documents.of(PolicyDocument.Kind.IDENTITY, Documents.allow("*", "*"), statement("Deny", condition));
        return decides(known, policy) instanceof Decision.Denied;
    }

    private static String statement(String effect, String condition) {
        return Documents.statement(effect, "*", "*", ",'Condition':{" + condition + "}");
    }

    private static Decision decides(Known known, PolicyDocument policy) {
        NeededRight right = AuthorizerFixtures.get(AuthorizerFixtures.bucket(Acl.PRIVATE), "k")
                .with(known.tags());
        return Authorizer.decide(AuthorizerFixtures.user(policy), List.of(right), known.conditions());
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals, oss:Prefix, a, a, true",
        "StringEquals, oss:Prefix, a, A, false",
        "StringEquals, oss:Prefix, a*, ab, false",
        "StringEquals, oss:Prefix, a*, a*, true",
        "StringNotEquals, oss:Prefix, a, b, true",
        "StringNotEquals, oss:Prefix, a, a, false",
        "StringEqualsIgnoreCase, acs:UserAgent, AbC, aBc, true",
        "StringEqualsIgnoreCase, acs:UserAgent, AbC, aBd, false",
        "StringEqualsIgnoreCase, acs:UserAgent, admin, adm\u0131n, false",
        "StringEqualsIgnoreCase, acs:UserAgent, adm\u0130n, admin, false",
        "StringEqualsIgnoreCase, acs:UserAgent, key, \u212Aey, false",
        "StringEqualsIgnoreCase, acs:UserAgent, user, u\u017Fer, false",
        "StringEqualsIgnoreCase, acs:UserAgent, \u00C9, \u00E9, false",
        "StringEqualsIgnoreCase, acs:UserAgent, \u00E9A, \u00E9a, true",
        "StringEqualsIgnoreCase, acs:UserAgent, a*, ab, false",
        "StringNotEqualsIgnoreCase, acs:UserAgent, AbC, aBc, false",
        "StringNotEqualsIgnoreCase, acs:UserAgent, AbC, aBd, true",
        "StringLike, oss:Prefix, user/*, user/1, true",
        "StringLike, oss:Prefix, user/?, user/12, false",
        "StringLike, oss:Prefix, user/*, User/1, false",
        "StringNotLike, oss:Prefix, user/*, user/1, false",
        "StringNotLike, oss:Prefix, user/*, other, true",
        "NumericEquals, oss:BucketTag/n, 10, 10.0, true",
        "NumericNotEquals, oss:BucketTag/n, 10, 10.0, false",
        "NumericNotEquals, oss:BucketTag/n, 10, 11, true",
        "NumericLessThan, oss:BucketTag/n, 10, 9.99, true",
        "NumericLessThan, oss:BucketTag/n, 10, 10, false",
        "NumericLessThanEquals, oss:BucketTag/n, 10, 10, true",
        "NumericGreaterThan, oss:BucketTag/n, -1, 0, true",
        "NumericGreaterThan, oss:BucketTag/n, 9, 10, true",
        "NumericGreaterThanEquals, oss:BucketTag/n, 10, 9, false",
        "DateEquals, acs:CurrentTime, 2026-11-22T10:00:00+08:00, 2026-11-22T02:00:00Z, true",
        "DateNotEquals, acs:CurrentTime, 2026-11-22T10:00:00+08:00, 2026-11-22T02:00:00Z, false",
        "DateLessThan, acs:CurrentTime, 2026-11-22T02:00:00Z, 2026-11-22T01:59:59Z, true",
        "DateLessThan, acs:CurrentTime, 2026-11-22T02:00:00Z, 2026-11-22T02:00:00Z, false",
        "DateLessThanEquals, acs:CurrentTime, 2026-11-22T02:00:00Z, 2026-11-22T02:00:00Z, true",
        "DateGreaterThan, acs:CurrentTime, 2026-11-22T02:00:00Z, 2026-11-22T02:00:00.1Z, true",
        "DateGreaterThanEquals, acs:CurrentTime, 2026-11-22T02:00:00Z, 2026-11-22T02:00:00Z, true",
        "DateGreaterThan, acs:CurrentTime, 2026-11-22T02:00:00Z, +99999-12-31T23:59:59.999999999+18:00:00, true",
        "DateGreaterThan, oss:BucketTag/until, 2026-11-22T02:00:00Z, 2026-11-22T02:00:01Z, true",
        "NumericGreaterThanEquals, oss:BucketTag/n, 10, 10, true",
        "NumericLessThanEquals, oss:BucketTag/n, 10, 11, false",
        "NumericLessThan, oss:BucketTag/n, 10, 11, false",
        "NumericGreaterThan, oss:BucketTag/n, 9, 9, false",
        "Bool, acs:SecureTransport, true, true, true",
        "Bool, acs:SecureTransport, true, false, false",
        "Bool, acs:MFAPresent, false, false, true",
        "IpAddress, acs:SourceIp, 192.0.2.0/24, 192.0.2.9, true",
        "IpAddress, acs:SourceIp, 192.0.2.0/24, 192.0.3.9, false",
        "NotIpAddress, acs:SourceIp, 192.0.2.0/24, 192.0.2.9, false",
        "NotIpAddress, acs:SourceIp, 192.0.2.0/24, 2001:db8::1, true",
    })
    void anOperatorHoldsAlikeInAllowAndDeny(String operator, String key, String value, String actual, boolean holds) {
        String condition = "'" + operator + "':{'" + key + "':'" + value + "'}";
        assertThat(allowHolds(condition, Known.told(key, actual))).isEqualTo(holds);
        assertThat(denyHolds(condition, Known.told(key, actual))).isEqualTo(holds);
    }

    /** One example of each operator: a key, a value of the policy, one that matches it and one that does not. */
    static List<Example> examples() {
        return Arrays.stream(ConditionOperator.values()).map(Example::of).toList();
    }

    record Example(ConditionOperator operator, String key, String value, String matching, String differing) {
        static Example of(ConditionOperator operator) {
            return switch (operator.kind()) {
                case ConditionOperator.Kind.OfText text ->
                    new Example(operator, "acs:SourceVpc", "vpc-a", "vpc-a", "vpc-b");
                case ConditionOperator.Kind.OfNumber number -> ordered(operator, number.comparison(), "1", "2", "3");
                case ConditionOperator.Kind.OfDate date ->
                    ordered(operator, date.comparison(), "2026-01-01T00:00Z", "2026-01-02T00:00Z", "2026-01-03T00:00Z");
                case ConditionOperator.Kind.OfBool bool ->
                    new Example(operator, "acs:MFAPresent", "true", "true", "false");
                case ConditionOperator.Kind.OfIp ip ->
                    new Example(operator, "acs:SourceIp", "192.0.2.0/24", "192.0.2.1", "198.51.100.1");
            };
        }

        private static Example ordered(
                ConditionOperator operator,
                ConditionOperator.Comparison comparison,
                String less,
                String middle,
                String more) {
            String tag = "oss:ExistingObjectTag/t";
            return switch (comparison) {
                case EQUAL -> new Example(operator, tag, middle, middle, more);
                case LESS, LESS_OR_EQUAL -> new Example(operator, tag, middle, less, more);
                case GREATER, GREATER_OR_EQUAL -> new Example(operator, tag, middle, more, less);
            };
        }

        /** As policies write it. */
        String name() {
            return Arrays.stream(operator.name().split("_"))
                    .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining());
        }

        boolean readsEverything() {
            return operator.kind() instanceof ConditionOperator.Kind.OfText;
        }

        String condition() {
            return "'" + name() + "':{'" + key + "':'" + value + "'}";
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aToldValueMatchesOrDiffersInAllowAndDenyAlike(Example example) {
        boolean negated = example.operator().negated();
        for (String effect : List.of("Allow", "Deny")) {
            assertThat(holds(effect, example, Known.told(example.key(), example.matching())))
                    .as(effect)
                    .isEqualTo(!negated);
            assertThat(holds(effect, example, Known.told(example.key(), example.differing())))
                    .as(effect)
                    .isEqualTo(negated);
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void ofAnAbsentKeyOnlyNegatedOperatorsHoldInAllowAndDenyAlike(Example example) {
        boolean negated = Set.of(
                        "StringNotEquals",
                        "StringNotEqualsIgnoreCase",
                        "StringNotLike",
                        "NumericNotEquals",
                        "DateNotEquals",
                        "NotIpAddress")
                .contains(example.name());
        assertThat(holds("Allow", example, Known.absent(example.key()))).isEqualTo(negated);
        assertThat(holds("Deny", example, Known.absent(example.key()))).isEqualTo(negated);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void anUnknownKeyAllowsNothingAndDenies(Example example) {
        assertThat(holds("Allow", example, Known.NOTHING)).isFalse();
        assertThat(holds("Deny", example, Known.NOTHING)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void aValueThatTheOperatorCannotReadIsUnknown(Example example) {
        if (!example.readsEverything()) {
            Known garbage = Known.told(example.key(), "garbage");
            assertThat(holds("Allow", example, garbage)).isFalse();
            assertThat(holds("Deny", example, garbage)).isTrue();
        }
    }

    private static boolean holds(String effect, Example example, Known known) {
        return effect.equals("Allow") ? allowHolds(example.condition(), known) : denyHolds(example.condition(), known);
    }

    @ParameterizedTest
    @CsvSource({
        "NumericEquals, oss:BucketTag/n, 1, one",
        "NumericNotEquals, oss:BucketTag/n, 1, 1e3",
        "DateLessThan, acs:CurrentTime, 2026-11-22T02:00:00Z, yesterday",
        "DateGreaterThan, acs:CurrentTime, 2026-11-22T02:00:00Z, +999999-12-31T23:59:59.999999999+18:00:00",
        "Bool, acs:SecureTransport, true, TRUE",
        "IpAddress, acs:SourceIp, 0.0.0.0/0, 010.0.0.1",
        "NotIpAddress, acs:SourceIp, 192.0.2.0/24, unknown",
    })
    void treatsAValueOfAnotherTypeAsUnknown(String operator, String key, String value, String actual) {
        String condition = "'" + operator + "':{'" + key + "':'" + value + "'}";
        assertThat(allowHolds(condition, Known.told(key, actual))).isFalse();
        assertThat(denyHolds(condition, Known.told(key, actual))).isTrue();
    }

    @Test
    void valuesOfOneKeyAreAlternatives() {
        String like = "'StringLike':{'oss:Prefix':['a/*','b/*']}";
        assertThat(allowHolds(like, Known.told("oss:Prefix", "b/1"))).isTrue();
        assertThat(allowHolds(like, Known.told("oss:Prefix", "c/1"))).isFalse();
        String notLike = "'StringNotLike':{'oss:Prefix':['a/*','b/*']}";
        assertThat(allowHolds(notLike, Known.told("oss:Prefix", "b/1"))).isFalse();
        assertThat(allowHolds(notLike, Known.told("oss:Prefix", "c/1"))).isTrue();
    }

    @Test
    void keysAndOperatorsMustAllHold() {
        String both = "'StringEquals':{'oss:Prefix':'a','oss:Delimiter':'/'},'Bool':{'acs:SecureTransport':true}";
        Known all = Known.told("oss:Prefix", "a").and("oss:Delimiter", "/").and("acs:SecureTransport", "true");
        assertThat(allowHolds(both, all)).isTrue();
        assertThat(denyHolds(both, all)).isTrue();
        for (String key : List.of("oss:Prefix", "oss:Delimiter", "acs:SecureTransport")) {
            assertThat(allowHolds(both, all.and(key, KeyState.absent())))
                    .as(key)
                    .isFalse();
            assertThat(denyHolds(both, all.and(key, KeyState.absent()))).as(key).isFalse();
            assertThat(allowHolds(both, all.and(key, KeyState.unknown())))
                    .as(key)
                    .isFalse();
            assertThat(denyHolds(both, all.and(key, KeyState.unknown())))
                    .as(key)
                    .isTrue();
        }
    }

    @Test
    void aClauseThatIsFalseDecidesWhateverTheUnknownOneIs() {
        Known known = Known.told("oss:Prefix", "other");
        for (String order : List.of("'oss:Prefix':'a','oss:Delimiter':'/'", "'oss:Delimiter':'/','oss:Prefix':'a'")) {
            assertThat(allowHolds("'StringEquals':{" + order + "}", known)).isFalse();
            assertThat(denyHolds("'StringEquals':{" + order + "}", known)).isFalse();
        }
    }

    /** OSS's own example of a RAM policy: help.aliyun.com, "Common examples of RAM policies", objects with two tags. */
    @Test
    void aDenyByTwoExistingTagsNeedsBothAndAppliesWhereTheyAreUnknown() {
        String tags = "'StringEquals':{'oss:ExistingObjectTag/status':'ok','oss:ExistingObjectTag/key1':'value1'}";
        Known both = existing(Map.of("status", "ok", "key1", "value1"));
        assertThat(denyHolds(tags, both)).isTrue();
        assertThat(denyHolds(tags, existing(Map.of("status", "ok")))).isFalse();
        assertThat(denyHolds(tags, existing(Map.of("status", "ok", "key1", "other"))))
                .isFalse();
        assertThat(denyHolds(tags, existing(Map.of()))).isFalse();
        assertThat(denyHolds(tags, Known.NOTHING)).isTrue();
    }

    private static Known existing(Map<String, String> tags) {
        return Known.NOTHING.and(ClauseKey.TagFamily.EXISTING_OBJECT, PlaceTags.Tags.of(tags));
    }

    /** The form that OSS prescribes for public addresses (error page 0030-00000008). */
    @Test
    void anAllowForPublicAddressesHoldsWhereNoVpcIsGiven() {
        String condition =
                "'IpAddress':{'acs:SourceIp':['203.0.113.0/24','10.0.0.0/8']},'StringNotLike':{'acs:SourceVpc':['vpc-*']}";
        assertThat(allowHolds(condition, Known.told("acs:SourceIp", "203.0.113.9")))
                .isTrue();
        assertThat(allowHolds(condition, Known.told("acs:SourceIp", "198.51.100.9")))
                .isFalse();
        assertThat(allowHolds(condition, Known.told("acs:SourceIp", "10.1.2.3")))
                .isFalse();
        assertThat(allowHolds(
                        condition, Known.told("acs:SourceIp", "203.0.113.9").and("acs:SourceVpc", "vpc-x")))
                .isFalse();
        assertThat(allowHolds(condition, Known.NOTHING)).isFalse();
    }

    /** The example of error page 0003-00000101. */
    @Test
    void aDenyForOtherVpcsLetsTheOneThrough() {
        String condition = "'StringNotEquals':{'acs:SourceVpc':['vpc-x']}";
        assertThat(denyHolds(condition, Known.told("acs:SourceVpc", "vpc-x"))).isFalse();
        assertThat(denyHolds(condition, Known.told("acs:SourceVpc", "vpc-y"))).isTrue();
        assertThat(denyHolds(condition, Known.told("acs:SourceIp", "203.0.113.9")))
                .isTrue();
        assertThat(denyHolds(condition, Known.NOTHING)).isTrue();
    }

    @Test
    void thePrincipalsArnIsItsOwnAndTheAnonymousHaveNone() {
        String own = "'StringEquals':{'acs:PrincipalARN':'acs:ram::" + AuthorizerFixtures.OWNER + ":user/alice'}";
        assertThat(allowHolds(own, Known.NOTHING)).isTrue();
        assertThat(allowHolds(own.replace("alice", "bob"), Known.NOTHING)).isFalse();
        NeededRight right = AuthorizerFixtures.get(anybody("'StringNotLike':{'acs:PrincipalARN':'acs:ram::*'}"), "k");
        assertThat(AuthorizerFixtures.allows(AuthorizerFixtures.ANONYMOUS, right))
                .isTrue();
        NeededRight named = AuthorizerFixtures.get(anybody("'StringLike':{'acs:PrincipalARN':'*'}"), "k");
        assertThat(AuthorizerFixtures.allows(AuthorizerFixtures.ANONYMOUS, named))
                .isFalse();
    }

    private static BucketFacts anybody(String condition) {
        return AuthorizerFixtures.bucket(
                Acl.PRIVATE,
                Documents.of(
                        PolicyDocument.Kind.BUCKET,
                        Documents.statement("Allow", "*", "*", ",'Principal':'*','Condition':{" + condition + "}")));
    }

    @Test
    void anEmptyConditionIsNone() {
        assertThat(allowHolds("", Known.NOTHING)).isTrue();
    }
}
