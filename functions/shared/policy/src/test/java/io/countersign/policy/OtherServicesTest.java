package io.countersign.policy;

import static io.countersign.policy.AuthorizerFixtures.OWNER;
import static io.countersign.policy.AuthorizerFixtures.allows;
import static io.countersign.policy.AuthorizerFixtures.bucket;
import static io.countersign.policy.AuthorizerFixtures.denial;
import static io.countersign.policy.AuthorizerFixtures.get;
import static io.countersign.policy.AuthorizerFixtures.list;
import static io.countersign.policy.AuthorizerFixtures.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Statements about services that are never called here have no effect, and do not change the statements next to them. */
class OtherServicesTest {
    private static final BucketFacts PRIVATE = bucket(Acl.PRIVATE);
    private static final BucketFacts OPEN = bucket(Acl.PUBLIC_READ);

    private static PolicyDocument policy(String... statements) {
        return Documents.of(PolicyDocument.Kind.IDENTITY, statements);
    }

    private static String statement(String effect, String actions, String resources) {
        return "{'Effect':'" + effect + "'," + actions + ",'Resource':" + resources + "}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'Action':'vpc:*'                      | '*'                         | false",
                "'Action':['vpc:*','oss:*']            | '*'                         | true",
                "'Action':['ecs:Get*','oss:GetObject'] | ['acs:ecs:*:*:*','acs:oss:*:*:*'] | true",
                "'Action':['ecs:*','oss:*']            | 'acs:ecs:*:*:instance/*'    | false",
                "'Action':'*:Get*'                     | '*'                         | true",
                "'Action':'*:Describe*'                | '*'                         | false",
                "'Action':'o?s:*'                      | '*'                         | true",
                "'Action':'oss:GetTable'               | 'acs:osstables:*:*:*'       | false",
                "'Action':'oss:*'                      | 'acs:osstables:*:*:*'       | false",
                "'Action':'*'                          | 'acs:log:*:*:project/x'     | false",
                "'NotAction':'ram:*'                   | '*'                         | true",
                "'NotAction':['ram:*','bss:*']         | 'acs:oss:*:*:*'             | true",
                "'NotAction':['ram:*','oss:Get*']      | '*'                         | false",
                "'NotAction':'*:Get*'                  | '*'                         | false",
                "'NotAction':'*'                       | '*'                         | false",
            })
    void anAllowAndADenyReachWhatTheirActionsReach(String actions, String resources, boolean reaches) {
        assertThat(allows(user(policy(statement("Allow", actions, resources))), get(PRIVATE, "k")))
                .isEqualTo(reaches);
        if (!resources.contains("ecs") || actions.contains("ecs")) {
            String deny = statement("Deny", actions, resources);
            assertThat(allows(user(policy(deny)), get(OPEN, "k"))).isEqualTo(!reaches);
        }
    }

    @Test
    void aDenyOfAllButAnotherServiceAppliesToEveryActionOfOss() {
        Principal user = user(
                policy(statement("Allow", "'Action':'oss:*'", "'*'"), statement("Deny", "'NotAction':'ram:*'", "'*'")));
        assertThat(denial(user, get(PRIVATE, "k")).type()).isEqualTo(Decision.DenialReason.Type.EXPLICIT_DENY);
        assertThat(denial(user, list(PRIVATE)).type()).isEqualTo(Decision.DenialReason.Type.EXPLICIT_DENY);
    }

    @Test
    void leavingOutAnotherServicesResourcesLeavesOutNothingOfOss() {
        for (String others :
                List.of("'acs:ecs:*:*:*'", "['acs:ecs:*:*:*','acs:osss:*:*:*']", "'acs:osstables:*:*:*'")) {
            String rest = "'Action':'oss:*','NotResource':" + others + "}";
            PolicyDocument deny = policy("{'Effect':'Deny'," + rest);
            assertThat(denial(user(deny), get(OPEN, "k")).type()).isEqualTo(Decision.DenialReason.Type.EXPLICIT_DENY);
            assertThat(denial(user(deny), list(OPEN)).type()).isEqualTo(Decision.DenialReason.Type.EXPLICIT_DENY);
            PolicyDocument allow = policy("{'Effect':'Allow'," + rest);
            assertThat(allows(user(allow), get(PRIVATE, "k"))).isTrue();
            assertThat(allow.canAllow()).isTrue();
        }
    }

    @Test
    void leavingOutEverythingAllowsNothing() {
        for (String everything : List.of("'*'", "'acs:oss:*:*:*'", "['acs:oss:*:*:b','acs:*:*:*:*']")) {
            PolicyDocument allow = policy("{'Effect':'Allow','Action':'oss:*','NotResource':" + everything + "}");
            assertThat(allows(user(allow), get(PRIVATE, "k"))).isFalse();
            assertThat(allow.canAllow()).isFalse();
        }
    }

    @Test
    void tablesHaveActionsOfTheirOwnToo() {
        String deny = statement("Deny", "'Action':'osstables:*'", "'acs:osstables:*:*:bucket/*'");
        assertThat(allows(user(policy(deny)), get(OPEN, "k"))).isTrue();
    }

    @Test
    void aStatementAboutAnotherServiceTakesNothingFromTheNext() {
        Principal user = user(policy(
                statement("Deny", "'Action':'ecs:*'", "'*'"), statement("Allow", "'Action':'oss:GetObject'", "'*'")));
        assertThat(allows(user, get(PRIVATE, "k"))).isTrue();
    }

    @Test
    void assumingARoleIsAskedOfAllButOthersToo() {
        PolicyDocument policy = policy(statement("Allow", "'NotAction':'ecs:*'", "'*'"));
        assertThat(CallAuthorizer.decide(user(policy), "sts:AssumeRole", OWNER, "role/app", Conditions.NONE))
                .isInstanceOf(CallAuthorizer.CallDecision.Allowed.class);
    }

    @Test
    void aPolicyAboutOtherServicesCanAllowNothing() {
        assertThat(policy(statement("Allow", "'Action':'vpc:*'", "'*'")).canAllow())
                .isFalse();
        assertThat(policy(statement("Allow", "'Action':'oss:*'", "'acs:osstables:*:*:*'"))
                        .canAllow())
                .isFalse();
        assertThat(policy(statement("Allow", "'NotAction':'*:*'", "'*'")).canAllow())
                .isFalse();
        assertThat(policy(statement("Allow", "'Action':'*:*'", "'*'")).canAllow())
                .isTrue();
        assertThat(policy(statement("Allow", "'Action':'sts:AssumeRole'", "'acs:ram:*:*:role/app'"))
                        .canAllow())
                .isTrue();
        assertThat(policy(statement("Allow", "'Action':'sts:AssumeRole'", "'acs:oss:*:*:b'"))
                        .canAllow())
                .isFalse();
    }
}
