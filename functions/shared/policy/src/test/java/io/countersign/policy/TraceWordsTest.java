package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A decision as people and error documents read it. */
class TraceWordsTest {
    @ParameterizedTest
    @CsvSource({"PASS, pass", "ALLOW, allow", "DENY, deny", "NO_MATCH, no-match"})
    void anOutcomeIsOneWord(TraceStep.Outcome outcome, String text) {
        assertThat(outcome.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"EXPLICIT_DENY, ExplicitDeny", "IMPLICIT_DENY, ImplicitDeny"})
    void aDenialIsOfTheTypeThatErrorDocumentsName(Decision.DenialReason.Type type, String text) {
        assertThat(type.text()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "IDENTITY, Statement[2] of RAM policy 1",
        "ROLE, Statement[2] of role policy 1",
        "SESSION, Statement[2] of the session policy",
        "BUCKET, Statement[2] of the bucket policy",
    })
    void aStatementIsNamedByItsPlace(PolicyDocument.Kind kind, String name) {
        assertThat(new Statement.Ref(kind, 1, 2)).hasToString(name);
    }

    @Test
    void aRightIsNamedWithThePlaceWhereItIsNeeded() {
        BucketFacts bucket = AuthorizerFixtures.bucket(Acl.PRIVATE);
        assertThat(lastDetail(AuthorizerFixtures.listBuckets())).contains("oss:ListBuckets on the service");
        assertThat(lastDetail(AuthorizerFixtures.list(bucket))).contains("oss:ListObjects on examplebucket,");
        assertThat(lastDetail(AuthorizerFixtures.get(bucket, "k"))).contains("oss:GetObject on examplebucket/k");
        assertThat(lastDetail(AuthorizerFixtures.prefix("oss:PutObject", bucket, "in/")))
                .contains("oss:PutObject on examplebucket/in/*");
    }

    private static String lastDetail(NeededRight right) {
        return AuthorizerFixtures.decide(AuthorizerFixtures.ANONYMOUS, right)
                .trace()
                .getLast()
                .detail();
    }
}
