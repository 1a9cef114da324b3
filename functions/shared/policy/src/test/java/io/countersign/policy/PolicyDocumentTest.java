package io.countersign.policy;

import static io.countersign.policy.AuthorizerFixtures.allows;
import static io.countersign.policy.AuthorizerFixtures.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.oss.Acl;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolicyDocumentTest {
    private static final BucketFacts BUCKET = AuthorizerFixtures.bucket(Acl.PRIVATE);

    @Test
    void aThousandStatementsAreJudgedToTheLast() {
        String[] statements = IntStream.range(0, 1_000)
                .mapToObj(i -> Documents.allow("oss:GetObject", "acs:oss:*:*:examplebucket/folder-" + i + "/*"))
                .toArray(String[]::new);
        Principal user = AuthorizerFixtures.user(Documents.of(PolicyDocument.Kind.IDENTITY, statements));
        assertThat(allows(user, get(BUCKET, "folder-999/k"))).isTrue();
        assertThat(allows(user, get(BUCKET, "folder-1000/k"))).isFalse();
        assertThat(AuthorizerFixtures.decide(user, get(BUCKET, "folder-999/k"))
                        .trace()
                        .getLast()
                        .detail())
                .startsWith("Statement[999] of RAM policy 0");
    }

    @Test
    void statementsOnTheSameThingAreAllAsked() {
        String[] statements = IntStream.range(0, 4)
                .mapToObj(i -> Documents.statement(
                        "Allow",
                        "oss:GetObject",
                        "acs:oss:*:*:examplebucket/k",
                        ",'Condition':{'StringEquals':{'acs:UserAgent':'app-" + i + "'}}"))
                .toArray(String[]::new);
        Principal user = AuthorizerFixtures.user(Documents.of(PolicyDocument.Kind.IDENTITY, statements));
        for (int i = 0; i < 4; i++) {
            Conditions from = Conditions.builder()
                    .tell(ConditionKey.USER_AGENT, "app-" + i)
                    .build();
            assertThat(Authorizer.decide(user, List.of(get(BUCKET, "k")), from)
                            .trace()
                            .getLast()
                            .detail())
                    .startsWith("Statement[" + i + "] of RAM policy 0");
        }
        assertThat(allows(user, get(BUCKET, "k"))).isFalse();
    }

    @Test
    void theTextIsTheDocumentWithoutWhiteSpace() throws InvalidDocumentException {
        PolicyDocument policy = Documents.parse(
                PolicyDocument.Kind.ROLE,
                "{ 'Version': '1', 'Statement': [ { 'Resource': '*', 'Action': ['oss:*'], 'Effect': 'Allow' } ] }");
        assertThat(policy.json())
                .isEqualTo(
                        "{\"Version\":\"1\",\"Statement\":[{\"Resource\":\"*\",\"Action\":[\"oss:*\"],\"Effect\":\"Allow\"}]}");
        assertThat(policy.variables()).isEmpty();
        assertThat(policy.canAllow()).isTrue();
    }

    @Test
    void documentsAreEqualByKindTextAndClaims() throws IllFormedClaimException {
        PolicyDocument role = Documents.of(PolicyDocument.Kind.ROLE, Documents.allow("*", "acs:oss:*:*:b/${jwt:sub}"));
        assertThat(role.filled(Map.of("sub", "a")))
                .isEqualTo(role.filled(Map.of("sub", "a")))
                .hasSameHashCodeAs(role.filled(Map.of("sub", "a")))
                .isNotEqualTo(role.filled(Map.of("sub", "b")))
                .isNotEqualTo(role);
        assertThat(role.hashCode())
                .isNotEqualTo(Documents.of(PolicyDocument.Kind.ROLE, Documents.allow("*", "*"))
                        .hashCode());
        String statement = Documents.allow("*", "*");
        assertThat(Documents.of(PolicyDocument.Kind.IDENTITY, statement))
                .isEqualTo(Documents.of(PolicyDocument.Kind.IDENTITY, statement))
                .isNotEqualTo(Documents.of(PolicyDocument.Kind.ROLE, statement));
    }

    @Test
    void aPolicyOfOnlyDeniesCannotAllow() {
        assertThat(Documents.of(PolicyDocument.Kind.ROLE, Documents.deny("*", "*"))
                        .canAllow())
                .isFalse();
    }
}
