package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a Condition makes of a request. */
class ConditionTest {
    private static boolean allowHolds(String condition, Conditions conditions) {
        PolicyDocument policy = Documents.of(PolicyKind.IDENTITY, statement("Allow", condition));
        return decides(conditions, policy) instanceof Decision.Allowed;
    }

    private static boolean denyHolds(String condition, Conditions conditions) {
        PolicyDocument policy =
                Documents.of(PolicyKind.IDENTITY, Documents.allow("*", "*"), statement("Deny", condition));
        return decides(conditions, policy) instanceof Decision.Denied;
    }

    private static String statement(String effect, String condition) {
        return Documents.statement(effect, "*", "*", ",'Condition':{" + condition + "}");
    }

    private static Decision decides(Conditions conditions, PolicyDocument policy) {
        return Authorizer.decide(
                Requests.user(policy),
                List.of(Requests.list(Requests.bucket(io.countersign.oss.Acl.PRIVATE))),
                conditions);
    }

    private static Conditions with(String key, String... values) {
        return Conditions.builder().put(key, List.of(values)).build();
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
        assertThat(allowHolds(condition, with(key, actual))).isEqualTo(holds);
        assertThat(denyHolds(condition, with(key, actual))).isEqualTo(holds);
    }

    @ParameterizedTest
    @CsvSource({
        "StringEquals, oss:Prefix, a, false",
        "StringLike, oss:Prefix, *, false",
        "StringNotEquals, oss:Prefix, a, true",
        "StringNotLike, oss:Prefix, *, true",
        "NumericEquals, oss:BucketTag/n, 1, false",
        "NumericNotEquals, oss:BucketTag/n, 1, true",
        "DateLessThan, acs:CurrentTime, 2026-11-22T02:00:00Z, false",
        "DateNotEquals, acs:CurrentTime, 2026-11-22T02:00:00Z, true",
        "Bool, acs:MFAPresent, false, false",
        "IpAddress, acs:SourceIp, 0.0.0.0/0, false",
        "NotIpAddress, acs:SourceIp, 0.0.0.0/0, true",
    })
    void anAbsentKeyNeverAllowsAndDeniesWhereTheOperatorIsNegated(
            String operator, String key, String value, boolean denies) {
        String condition = "'" + operator + "':{'" + key + "':'" + value + "'}";
        assertThat(allowHolds(condition, Conditions.NONE)).isFalse();
        assertThat(denyHolds(condition, Conditions.NONE)).isEqualTo(denies);
    }

    @ParameterizedTest
    @CsvSource({
        "NumericEquals, oss:BucketTag/n, 1, one, false",
        "NumericNotEquals, oss:BucketTag/n, 1, 1e3, true",
        "DateLessThan, acs:CurrentTime, 2026-11-22T02:00:00Z, yesterday, false",
        "DateGreaterThan, acs:CurrentTime, 2026-11-22T02:00:00Z, +999999-12-31T23:59:59.999999999+18:00:00, false",
        "Bool, acs:SecureTransport, true, TRUE, false",
        "IpAddress, acs:SourceIp, 0.0.0.0/0, 010.0.0.1, false",
        "NotIpAddress, acs:SourceIp, 192.0.2.0/24, unknown, true",
    })
    void anUnreadableValueCountsAsAbsent(String operator, String key, String value, String actual, boolean denies) {
        String condition = "'" + operator + "':{'" + key + "':'" + value + "'}";
        assertThat(allowHolds(condition, with(key, actual))).isFalse();
        assertThat(denyHolds(condition, with(key, actual))).isEqualTo(denies);
    }

    @Test
    void valuesOfOneKeyAreAlternatives() {
        String like = "'StringLike':{'oss:Prefix':['a/*','b/*']}";
        assertThat(allowHolds(like, with("oss:Prefix", "b/1"))).isTrue();
        assertThat(allowHolds(like, with("oss:Prefix", "c/1"))).isFalse();
        String notLike = "'StringNotLike':{'oss:Prefix':['a/*','b/*']}";
        assertThat(allowHolds(notLike, with("oss:Prefix", "b/1"))).isFalse();
        assertThat(allowHolds(notLike, with("oss:Prefix", "c/1"))).isTrue();
    }

    @Test
    void keysAndOperatorsMustAllHold() {
        String both = "'StringEquals':{'oss:Prefix':'a','oss:Delimiter':'/'},'Bool':{'acs:SecureTransport':true}";
        Conditions all = Conditions.builder()
                .put(Conditions.PREFIX, "a")
                .put(Conditions.DELIMITER, "/")
                .secureTransport(true)
                .build();
        assertThat(allowHolds(both, all)).isTrue();
        for (String key : List.of(Conditions.PREFIX, Conditions.DELIMITER, Conditions.SECURE_TRANSPORT)) {
            assertThat(allowHolds(both, all.without(key))).as(key).isFalse();
        }
    }

    @Test
    void ofSeveralValuesOfTheRequestOneMatchIsEnoughAndSpoilsANegation() {
        Conditions several = with("oss:RequestObjectTag/team", "red", "blue");
        assertThat(allowHolds("'StringEquals':{'oss:RequestObjectTag/team':'blue'}", several))
                .isTrue();
        assertThat(allowHolds("'StringNotEquals':{'oss:RequestObjectTag/team':'blue'}", several))
                .isFalse();
        assertThat(allowHolds("'StringNotEquals':{'oss:RequestObjectTag/team':'green'}", several))
                .isTrue();
    }

    @Test
    void oneUnreadableValueAmongSeveralNeverAllowsAndNeverHidesAMatch() {
        Conditions several = with(Conditions.SOURCE_IP, "garbage", "192.0.2.1");
        String inside = "'IpAddress':{'acs:SourceIp':'192.0.2.1'}";
        assertThat(allowHolds(inside, several)).isFalse();
        assertThat(denyHolds(inside, several)).isTrue();
        assertThat(denyHolds("'NotIpAddress':{'acs:SourceIp':'192.0.2.1'}", several))
                .isTrue();
    }

    @Test
    void thePrincipalsArnIsItsOwnWhateverTheRequestSays() {
        String condition = "'StringEquals':{'acs:PrincipalARN':'acs:ram::" + Requests.OWNER + ":user/alice'}";
        assertThat(allowHolds(condition, with(Conditions.PRINCIPAL_ARN, "acs:ram::1:user/bob")))
                .isTrue();
    }

    @Test
    void anEmptyConditionIsNone() {
        assertThat(allowHolds("", Conditions.NONE)).isTrue();
    }
}
