package io.countersign.policy;

import static io.countersign.policy.AuthorizerFixtures.allows;
import static io.countersign.policy.AuthorizerFixtures.bucket;
import static io.countersign.policy.AuthorizerFixtures.denial;
import static io.countersign.policy.AuthorizerFixtures.get;
import static io.countersign.policy.AuthorizerFixtures.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Condition keys of other services, as RAM's system policies have them. */
class ForeignKeysTest {
    private static final BucketFacts PRIVATE = bucket(Acl.PRIVATE);
    private static final BucketFacts OPEN = bucket(Acl.PUBLIC_READ);

    private static String statement(String effect, String action, String operator, String key) {
        String value = operator.endsWith("IpAddress") ? "192.0.2.1" : operator.equals("Bool") ? "true" : "1";
        return "{'Effect':'" + effect + "','Action':'" + action + "','Resource':'*','Condition':{'" + operator + "':{'"
                + key + "':'" + value + "'}}}";
    }

    private static PolicyDocument identity(String... statements) {
        return Documents.of(PolicyDocument.Kind.IDENTITY, statements);
    }

    private static List<String> notes(String statement) throws InvalidDocumentException {
        String text = "{'Version':'1','Statement':[" + statement + "]}";
        return PolicyReview.of(Values.parse(text.replace('\'', '"')), PolicyDocument.Kind.IDENTITY).notes().stream()
                .map(note -> note.at() + ": " + note.text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ram:ServiceName",
                "ecs:InstanceType",
                "ecs:tag/team",
                "acs:Service",
                "acs:RequestTag/team",
                "acs:TagKeys",
                "oss:Whatever",
                "sts:Whatever",
                "saml:aud"
            })
    void aStatementAboutOtherServicesTakesThemAll(String key) throws Exception {
        for (String operator : List.of("StringEquals", "StringNotLike", "NumericLessThan", "Bool", "NotIpAddress")) {
            String deny = statement("Deny", "ram:PassRole", operator, key);
            assertThat(allows(user(identity(deny)), get(OPEN, "k"))).isTrue();
            assertThat(notes(deny)).singleElement().asString().contains("has no effect on oss");
            assertThat(identity(statement("Allow", "ram:PassRole", operator, key))
                            .canAllow())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ram:ServiceName", "ecs:InstanceType", "log:a/b", "acs:Service", "acs:RequestTag/team", "osss:x"
            })
    void appliesADenyAndIgnoresAnAllowForActionsThatIncludeOss(String key) throws Exception {
        for (String action : List.of("*", "oss:*", "oss:GetObject")) {
            for (String operator : List.of("StringEquals", "StringNotEquals", "NumericEquals", "Bool", "IpAddress")) {
                String deny = statement("Deny", action, operator, key);
                String allow = statement("Allow", action, operator, key);
                assertThat(denial(user(identity(deny)), get(OPEN, "k")).type())
                        .isEqualTo(Decision.DenialReason.Type.EXPLICIT_DENY);
                assertThat(allows(user(identity(allow)), get(PRIVATE, "k"))).isFalse();
                assertThat(identity(allow).canAllow()).isFalse();
                assertThat(notes(deny))
                        .singleElement()
                        .asString()
                        .startsWith("Statement[0].Condition." + operator + "." + key + ": ")
                        .contains("this Deny applies");
                assertThat(notes(allow)).singleElement().asString().contains("this Allow gives nothing");
            }
        }
    }

    @Test
    void aDenyThatAnotherClauseExcludesDoesNotApply() {
        String deny = "{'Effect':'Deny','Action':'*','Resource':'*','Condition':"
                + "{'StringEquals':{'ecs:InstanceType':'a','acs:PrincipalARN':'nobody'}}}";
        assertThat(allows(user(identity(deny)), get(OPEN, "k"))).isTrue();
    }

    @Test
    void theTraceNamesThem() {
        String deny = statement("Deny", "*", "StringEquals", "ecs:InstanceType");
        assertThat(Authorizer.decide(user(identity(deny)), List.of(get(OPEN, "k")), Conditions.NONE)
                        .trace())
                .extracting(TraceStep::detail)
                .last()
                .asString()
                .endsWith("(unknown: ecs:InstanceType)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oss:prefix",
                "oss:Whatever",
                "acs:service",
                "acs:RequestTag/",
                "acs:TagKeys",
                "sts:externalId",
                "sts:ExternalId",
                "oidc:sub",
                "saml:recipient",
                "aws:Referer",
                "s3:prefix",
                "ECS:InstanceType",
                "ecs:",
                ":InstanceType",
                "InstanceType",
                "ecs:${jwt:a}"
            })
    void typingErrorsStayRefusedWhereOssIsMeant(String key) {
        assertThatThrownBy(() -> Documents.parse(
                        PolicyDocument.Kind.IDENTITY,
                        "{'Version':'1','Statement':[" + statement("Deny", "*", "StringEquals", key) + "]}"))
                .hasMessageContaining("not known here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:Referer", "s3:prefix", "ECS:InstanceType", "ecs:", "InstanceType", "ecs:${jwt:a}"})
    void refusesAnInvalidConditionKey(String key) {
        assertThatThrownBy(() -> Documents.parse(
                        PolicyDocument.Kind.IDENTITY,
                        "{'Version':'1','Statement':[" + statement("Deny", "ecs:*", "StringEquals", key) + "]}"))
                .hasMessageContaining("not known here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs:InstanceType", "ram:ServiceName", "acs:Service", "acs:RequestTag/team"})
    void bucketPoliciesAndTrustPoliciesTakeNone(String key) {
        String condition = "'Condition':{'StringEquals':{'" + key + "':'a'}}";
        assertThatThrownBy(() -> Documents.parse(
                        PolicyDocument.Kind.BUCKET,
                        "{'Version':'1','Statement':[{'Effect':'Deny','Principal':['*'],'Action':'oss:*','Resource':'*',"
                                + condition + "}]}"))
                .hasMessageContaining("not known here");
        assertThatThrownBy(() -> Documents.trust(
                        "{'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':'acs:ram::1:user/a'},"
                                + condition + "}"))
                .hasMessageContaining("not known here");
    }
}
