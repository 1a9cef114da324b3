package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.Values;
import io.countersign.oss.Acl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTextTest {
    @Test
    void aClaimIsWrittenWhereItsVariableWas() throws Exception {
        assertThat(text(
                        Map.of("sub", "alice"),
                        Documents.allow("oss:GetObject", "acs:oss:*:*:examplebucket/${jwt:sub}/*")))
                .isEqualTo("{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\","
                        + "\"Resource\":[\"acs:oss:*:*:examplebucket/alice/*\"]}]}");
    }

    @Test
    void allDocumentsAreOne() throws Exception {
        PolicyDocument one = Documents.of(
                PolicyDocument.Kind.ROLE,
                Documents.allow("oss:GetObject", "*"),
                Documents.deny("oss:*", "acs:oss:*:*:b/*"));
        PolicyDocument other = Documents.of(PolicyDocument.Kind.ROLE, Documents.allow("OSS:PutObject", "*"));
        assertThat(PolicyText.of(List.of(one, other)))
                .isEqualTo("{\"Version\":\"1\",\"Statement\":["
                        + "{\"Effect\":\"Allow\",\"Action\":\"oss:GetObject\",\"Resource\":[\"*\"]},"
                        + "{\"Effect\":\"Deny\",\"Action\":\"oss:*\",\"Resource\":[\"acs:oss:*:*:b/*\"]},"
                        + "{\"Effect\":\"Allow\",\"Action\":\"OSS:PutObject\",\"Resource\":[\"*\"]}]}");
    }

    @Test
    void anAllowWithAnAbsentClaimIsLeftOut() throws Exception {
        assertThat(text(
                        Map.of(),
                        Documents.allow("oss:GetObject", "acs:oss:*:*:b/${jwt:sub}"),
                        Documents.allow("oss:PutObject", "*")))
                .doesNotContain("GetObject")
                .contains("PutObject");
    }

    @Test
    void aDenyWithAnAbsentClaimDeniesForAnyValue() throws Exception {
        assertThat(text(Map.of(), Documents.deny("oss:*", "acs:oss:*:*:b/${jwt:sub}/x")))
                .contains("\"Resource\":[\"acs:oss:*:*:b/*/x\"]");
        assertThat(text(Map.of(), condition("Deny", "StringLike", "a-${jwt:sub}")))
                .contains("\"a-*\"");
        assertThat(text(Map.of(), condition("Deny", "StringNotEquals", "${jwt:sub}")))
                .doesNotContain("Condition");
    }

    @Test
    void anExemptionThatAnAbsentClaimLeavesOpenExemptsNothing() throws Exception {
        String one =
                "{'Effect':'Deny','Action':'oss:*','NotResource':['acs:oss:*:*:b/${jwt:sub}/*','acs:oss:*:*:b/open']}";
        assertThat(text(Map.of(), one)).contains("\"NotResource\":[\"acs:oss:*:*:b/open\"]");
        String all = "{'Effect':'Deny','Action':'oss:*','NotResource':'acs:oss:*:*:b/${jwt:sub}/*'}";
        assertThat(text(Map.of(), all)).contains("\"Resource\":\"*\"").doesNotContain("NotResource");
        assertThat(text(Map.of("sub", "a"), all)).contains("\"NotResource\":[\"acs:oss:*:*:b/a/*\"]");
    }

    @Test
    void aColonInAClaimMovesNothing() throws Exception {
        assertThat(text(Map.of("sub", "a:b"), Documents.allow("oss:*", "acs:oss:*:*:bucket/${jwt:sub}")))
                .contains("acs:oss:*:*:bucket/a:b");
        assertThatThrownBy(() -> text(Map.of("sub", "1:2"), Documents.allow("oss:*", "acs:oss:*:${jwt:sub}:bucket/x")))
                .isInstanceOf(PolicyText.InexpressiblePolicyException.class)
                .hasMessageContaining("the claim sub has a colon")
                .hasMessageNotContaining("1:2");
    }

    @ParameterizedTest
    @CsvSource({"StringEquals", "StringEqualsIgnoreCase"})
    void anOperatorWithoutWildcardsCannotSayAnyValue(String operator) throws Exception {
        assertThatThrownBy(() -> text(Map.of(), condition("Deny", operator, "${jwt:sub}")))
                .isInstanceOf(PolicyText.InexpressiblePolicyException.class)
                .hasMessageContaining("the claim sub is absent");
        assertThat(text(Map.of("sub", "a"), condition("Deny", operator, "${jwt:sub}")))
                .contains("[\"a\"]");
    }

    @Test
    void valuesThatAreNoTextStayAsTheyWere() throws Exception {
        String statement =
                "{'Effect':'Allow','Action':'*','Resource':'*','Condition':{'Bool':{'acs:SecureTransport':true},"
                        + "'IpAddress':{'acs:SourceIp':['192.0.2.0/24']}}}";
        assertThat(text(Map.of(), statement))
                .contains(
                        "{\"Bool\":{\"acs:SecureTransport\":true},\"IpAddress\":{\"acs:SourceIp\":[\"192.0.2.0/24\"]}}");
    }

    @Test
    void policiesThatSayNothingHaveNoText() {
        assertThatThrownBy(() -> text(Map.of(), Documents.allow("*", "acs:oss:*:*:b/${jwt:sub}")))
                .isInstanceOf(PolicyText.InexpressiblePolicyException.class);
        assertThatThrownBy(() -> PolicyText.of(List.of())).isInstanceOf(PolicyText.InexpressiblePolicyException.class);
    }

    @Test
    void aSessionMayDoTheSameByTheText() throws Exception {
        PolicyDocument role = Documents.of(
                        PolicyDocument.Kind.ROLE,
                        Documents.allow("oss:GetObject", "acs:oss:*:*:examplebucket/${jwt:sub}/*"))
                .filled(Map.of("sub", "a+b@c"));
        Principal user =
                AuthorizerFixtures.user(Documents.parse(PolicyDocument.Kind.IDENTITY, PolicyText.of(List.of(role))));
        BucketFacts bucket = AuthorizerFixtures.bucket(Acl.PRIVATE);
        assertThat(AuthorizerFixtures.allows(user, AuthorizerFixtures.get(bucket, "a+b@c/1")))
                .isTrue();
        assertThat(AuthorizerFixtures.allows(user, AuthorizerFixtures.get(bucket, "a+b@d/1")))
                .isFalse();
    }

    @Property(edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void theTextDecidesAsTheDocumentsDo(
            @ForAll("roles") List<PolicyDocument> role,
            @ForAll("keys") String key,
            @ForAll("conditions") Conditions conditions)
            throws Exception {
        String text;
        try {
            text = PolicyText.of(role);
        } catch (PolicyText.InexpressiblePolicyException nothingLeft) {
            assertThat(role).noneMatch(PolicyDocument::canAllow);
            return;
        }
        PolicyDocument written = PolicyDocument.parse(Values.parse(text), PolicyDocument.Kind.ROLE);
        assertThat(written.variables()).isEmpty();
        NeededRight right = AuthorizerFixtures.get(AuthorizerFixtures.bucket(Acl.PRIVATE), key);
        assertThat(allows(List.of(written), right, conditions)).as(text).isEqualTo(allows(role, right, conditions));
    }

    @Provide
    Arbitrary<List<PolicyDocument>> roles() {
        return StatementTexts.documents(PolicyDocument.Kind.ROLE)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.of(StatementTexts.KEYS);
    }

    @Provide
    Arbitrary<Conditions> conditions() {
        return StatementTexts.conditions();
    }

    private static boolean allows(List<PolicyDocument> role, NeededRight right, Conditions conditions) {
        Principal session =
                new Principal.AssumedRole(AuthorizerFixtures.OWNER, "mobile-app", "phone-7", role, Optional.empty());
        return Authorizer.decide(session, List.of(right), conditions) instanceof Decision.Allowed;
    }

    private static String condition(String effect, String operator, String value) {
        return Documents.statement(
                effect, "oss:*", "*", ",'Condition':{'" + operator + "':{'acs:UserAgent':'" + value + "'}}");
    }

    private static String text(Map<String, String> claims, String... statements) throws Exception {
        return PolicyText.of(
                List.of(Documents.of(PolicyDocument.Kind.ROLE, statements).filled(claims)));
    }
}
