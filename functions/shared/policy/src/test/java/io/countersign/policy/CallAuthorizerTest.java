package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallAuthorizerTest {
    private static final String ACCOUNT = "1234567890123456";
    private static final String OTHER = "6543210987654321";
    private static final CallAuthorizer.CallDecision NOTHING_ALLOWS =
            new CallAuthorizer.CallDecision.Denied(Optional.empty());

    @ParameterizedTest
    @CsvSource({
        "acs:ram:*:1234567890123456:role/app, true",
        "acs:ram::1234567890123456:role/app, true",
        "acs:ram:*:*:role/*, true",
        "acs:ram:*:1234567890123456:*, true",
        "acs:*:*:*:role/ap?, true",
        "*, true",
        "acs:ram:*:6543210987654321:role/app, false",
        "acs:ram:*:1234567890123456:role/other, false",
        "acs:ram:*:1234567890123456:user/app, false",
        "acs:ram:cn-hangzhou:1234567890123456:role/app, false",
        "acs:oss:*:1234567890123456:role/app, false",
        "acs:oss:*:*:*, false",
    })
    void aPolicyAllowsWhatItsResourceNames(String resource, boolean allowed) {
        assertThat(allows(user(policy("Allow", "sts:AssumeRole", resource, ""))))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "sts:AssumeRole, true",
        "sts:*, true",
        "STS:assumerole, true",
        "*, true",
        "oss:*, false",
        "sts:Get*, false"
    })
    void aPolicyAllowsWhatItsActionNames(String action, boolean allowed) {
        assertThat(allows(user(policy("Allow", action, "*", "")))).isEqualTo(allowed);
    }

    @Test
    void withoutPoliciesNothingIsAllowed() {
        assertThat(decide(user())).isEqualTo(NOTHING_ALLOWS);
        assertThat(decide(new Principal.Anonymous())).isEqualTo(NOTHING_ALLOWS);
    }

    @Test
    void appliesAnExplicitDenyInAnyPolicy() {
        String allow = policy("Allow", "*", "*", "");
        String deny = policy("Deny", "sts:AssumeRole", "acs:ram:*:*:role/app", "");
        assertThat(decide(user(allow, deny)))
                .isEqualTo(new CallAuthorizer.CallDecision.Denied(
                        Optional.of(new Statement.Ref(PolicyDocument.Kind.IDENTITY, 1, 0))));
        assertThat(decide(user(deny, allow)))
                .isEqualTo(new CallAuthorizer.CallDecision.Denied(
                        Optional.of(new Statement.Ref(PolicyDocument.Kind.IDENTITY, 0, 0))));
    }

    @Test
    void conditionsAreAsked() {
        Principal user =
                user(policy("Allow", "sts:AssumeRole", "*", "{\"IpAddress\":{\"acs:SourceIp\":\"10.0.0.0/8\"}}"));
        assertThat(decide(
                        user,
                        Conditions.builder()
                                .tell(ConditionKey.SOURCE_IP, "10.1.2.3")
                                .build()))
                .isEqualTo(new CallAuthorizer.CallDecision.Allowed());
        assertThat(decide(
                        user,
                        Conditions.builder()
                                .tell(ConditionKey.SOURCE_IP, "192.0.2.1")
                                .build()))
                .isEqualTo(NOTHING_ALLOWS);
        assertThat(decide(user, Conditions.NONE)).isEqualTo(NOTHING_ALLOWS);
    }

    @Test
    void theCallersArnIsItsOwn() {
        String condition = "{\"StringEquals\":{\"acs:PrincipalARN\":\"acs:ram::" + ACCOUNT + ":user/ada\"}}";
        assertThat(allows(user(policy("Allow", "*", "*", condition)))).isTrue();
        assertThat(decide(new Principal.RamUser(ACCOUNT, "eve", documents(policy("Allow", "*", "*", condition)))))
                .isEqualTo(NOTHING_ALLOWS);
    }

    @Test
    void aDenyOnAnUntoldKeyApplies() {
        String allow = policy("Allow", "*", "*", "");
        String deny = policy("Deny", "*", "*", "{\"StringEquals\":{\"acs:UserAgent\":\"curl\"}}");
        assertThat(decide(user(allow, deny)))
                .isEqualTo(new CallAuthorizer.CallDecision.Denied(
                        Optional.of(new Statement.Ref(PolicyDocument.Kind.IDENTITY, 1, 0))));
        Conditions without =
                Conditions.builder().absent(ConditionKey.USER_AGENT).build();
        assertThat(decide(user(allow, deny), without)).isEqualTo(new CallAuthorizer.CallDecision.Allowed());
    }

    @Test
    void aRoleIsInNoBucketAndIsNoObject() {
        for (String tag : List.of("oss:BucketTag/a", "oss:ExistingObjectTag/a")) {
            String condition = "{\"StringEquals\":{\"" + tag + "\":\"b\"}}";
            assertThat(allows(user(policy("Allow", "*", "*", ""), policy("Deny", "*", "*", condition))))
                    .as(tag)
                    .isTrue();
        }
    }

    @Test
    void theTagsOfARoleAreUnknown() {
        String condition = "{\"StringEquals\":{\"acs:ResourceTag/a\":\"b\"}}";
        assertThat(allows(user(policy("Allow", "*", "*", condition)))).isFalse();
        assertThat(allows(user(policy("Allow", "*", "*", ""), policy("Deny", "*", "*", condition))))
                .isFalse();
    }

    @Test
    void theAccountMayDoEverythingWithItsOwn() {
        assertThat(decide(new Principal.Account(ACCOUNT))).isEqualTo(new CallAuthorizer.CallDecision.Allowed());
        assertThat(decide(new Principal.Account(OTHER))).isEqualTo(NOTHING_ALLOWS);
    }

    @Test
    void aSessionNeedsItsRoleAndItsSessionPolicy() {
        String all = policy("Allow", "*", "*", "");
        String some = policy("Allow", "oss:*", "*", "");
        assertThat(allows(session(all, Optional.empty()))).isTrue();
        assertThat(allows(session(all, Optional.of(all)))).isTrue();
        assertThat(allows(session(all, Optional.of(some)))).isFalse();
        assertThat(allows(session(some, Optional.of(all)))).isFalse();
        assertThat(allows(session(all, Optional.of(policy("Deny", "sts:*", "*", "")))))
                .isFalse();
    }

    private static boolean allows(Principal principal) {
        return decide(principal) instanceof CallAuthorizer.CallDecision.Allowed;
    }

    private static CallAuthorizer.CallDecision decide(Principal principal) {
        return decide(principal, Conditions.NONE);
    }

    private static CallAuthorizer.CallDecision decide(Principal principal, Conditions conditions) {
        return CallAuthorizer.decide(principal, "sts:AssumeRole", ACCOUNT, "role/app", conditions);
    }

    private static Principal user(String... policies) {
        return new Principal.RamUser(ACCOUNT, "ada", documents(policies));
    }

    private static Principal session(String role, Optional<String> session) {
        return new Principal.AssumedRole(
                ACCOUNT,
                "app",
                "ada",
                List.of(document(role, PolicyDocument.Kind.ROLE)),
                session.map(json -> document(json, PolicyDocument.Kind.SESSION)));
    }

    private static List<PolicyDocument> documents(String... policies) {
        return List.of(policies).stream()
                .map(json -> document(json, PolicyDocument.Kind.IDENTITY))
                .toList();
    }

    private static PolicyDocument document(String json, PolicyDocument.Kind kind) {
        try {
            return PolicyDocument.parse(Values.parse(json), kind);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private static String policy(String effect, String action, String resource, String condition) {
        return "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\""
                + (condition.isEmpty() ? "" : ",\"Condition\":" + condition) + "}]}";
    }
}
