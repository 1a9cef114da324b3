package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The notes on accepted documents. */
class PolicyReviewTest {
    private static final BucketFacts BUCKET =
            new BucketFacts("examplebucket", "cn-hangzhou", "7", Acl.PRIVATE, Optional.empty());

    private static List<String> notes(PolicyDocument.Kind kind, String statement) throws InvalidDocumentException {
        byte[] text = ("{'Version':'1','Statement':[" + statement + "]}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);
        PolicyDocument.parse(Values.parse(text), kind);
        PolicyReview review = kind == PolicyDocument.Kind.BUCKET
                ? PolicyReview.ofBucket(Values.parse(text), BUCKET)
                : PolicyReview.of(Values.parse(text), kind);
        return review.notes().stream()
                .map(note -> note.at() + ": " + note.text())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Action':'vpc:*','Resource':'*'",
                "'Action':['ecs:Describe*','*:Describe*x'],'Resource':'acs:ecs:*:*:*'",
                "'Action':'oss:GetTable','Resource':'acs:osstables:*:*:*'",
                "'NotAction':['oss:*','sts:*'],'Resource':'*'",
                "'Action':'*','Resource':'acs:log:*:*:*'",
                "'Action':'sts:AssumeRole','Resource':'acs:oss:*:*:b'"
            })
    void aStatementAboutOtherServicesIsReported(String rest) throws Exception {
        assertThat(notes(PolicyDocument.Kind.IDENTITY, "{'Effect':'Allow'," + rest + "}"))
                .first()
                .asString()
                .startsWith("Statement[0]: this statement has no effect on oss");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'Action':'oss:*','Resource':'*'",
                "'Action':'*','Resource':'*'",
                "'Action':'*:Get*','Resource':'*'",
                "'Action':'sts:AssumeRole','Resource':'acs:ram:*:*:role/app'",
                "'NotAction':'oss:Delete*','Resource':'*'",
                "'NotAction':['oss:Delete*','ram:*'],'NotResource':'acs:oss:*:*:b/*'"
            })
    void aStatementAboutOssIsAcceptedWithoutANote(String rest) throws Exception {
        for (String effect : List.of("Allow", "Deny")) {
            assertThat(notes(PolicyDocument.Kind.IDENTITY, "{'Effect':'" + effect + "'," + rest + "}"))
                    .isEmpty();
        }
    }

    @Test
    void notesActionsOfOtherServicesInAdditionToOss() throws Exception {
        assertThat(
                        notes(
                                PolicyDocument.Kind.SESSION,
                                "{'Effect':'Deny','Action':['oss:Get*','vpc:*','ecs:Stop*'],'Resource':['acs:oss:*:*:b','acs:vpc:*:*:*']}"))
                .containsExactly("Statement[0].Action: these actions have no effect on oss: vpc:*, ecs:Stop*");
    }

    @Test
    void notesThatNotActionWithOnlyOtherServicesCoversAllOfOss() throws Exception {
        assertThat(notes(PolicyDocument.Kind.ROLE, "{'Effect':'Allow','NotAction':['ram:*'],'Resource':'*'}"))
                .singleElement()
                .asString()
                .contains("Statement[0].NotAction: ", "every action of oss");
    }

    @Test
    void aResourceThatNoActionIsAboutIsReported() throws Exception {
        assertThat(
                        notes(
                                PolicyDocument.Kind.IDENTITY,
                                "{'Effect':'Allow','Action':'oss:GetObject','Resource':['acs:oss:*:*:b/*','acs:osss:*:*:b/*']}"))
                .singleElement()
                .asString()
                .contains("Statement[0].Resource[1]: matches nothing");
    }

    @Test
    void notesThatNotResourceWithOnlyOtherServicesCoversAllOfOss() throws Exception {
        for (String effect : List.of("Allow", "Deny")) {
            assertThat(notes(
                            PolicyDocument.Kind.IDENTITY,
                            "{'Effect':'" + effect + "','Action':'oss:*','NotResource':['acs:ecs:*:*:*']}"))
                    .singleElement()
                    .asString()
                    .contains("Statement[0].NotResource: ", "every resource of oss");
        }
    }

    @Test
    void notResourceWithEverythingSaysNothing() throws Exception {
        assertThat(notes(PolicyDocument.Kind.IDENTITY, "{'Effect':'Deny','Action':'oss:*','NotResource':'*'}"))
                .containsExactly(
                        "Statement[0]: this statement has no effect on oss: its NotResource leaves out everything");
        String bucket = "{'Effect':'Deny','Principal':['*'],'Action':'oss:*','";
        assertThat(notes(PolicyDocument.Kind.BUCKET, bucket + "NotResource':['*']}"))
                .hasSize(1);
        assertThat(notes(PolicyDocument.Kind.BUCKET, bucket + "Resource':['*']}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "hangzhou,hangzhou",
        "oss-hangzhou,oss-hangzhou",
        "oss-cn-hangzhou-internal,oss-cn-hangzhou-internal",
        "oss-oss-cn-hangzhou,oss-oss-cn-hangzhou",
        "cn-hangzhou,''",
        "oss-cn-hangzhou,''",
        "rg-china-mainland,''",
        "cn-north-2-gov-1,''",
        "*,''",
        "*hangzhou,''",
        "cn?hangzhou,''",
    })
    void aRegionThatIsNoneIsReported(String region, String none) throws Exception {
        for (String effect : List.of("Allow", "Deny")) {
            List<String> notes = notes(
                    PolicyDocument.Kind.IDENTITY,
                    "{'Effect':'" + effect + "','Action':'oss:*','Resource':['acs:oss:" + region + ":*:b/*']}");
            if (none.isEmpty()) {
                assertThat(notes).isEmpty();
            } else {
                assertThat(notes)
                        .singleElement()
                        .asString()
                        .startsWith("Statement[0].Resource[0]: matches nothing: no region of Alibaba Cloud is called "
                                + none + ";");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "acs:oss:*:*:examplebucket               | -",
                "acs:oss:*:*:examplebucket/*             | -",
                "acs:oss:*:*:examplebucket/a/b           | -",
                "acs:oss:cn-hangzhou:7:examplebucket/*   | -",
                "acs:oss:oss-cn-hangzhou:7:example*      | -",
                "acs:oss:*:*:*/public/*                  | -",
                "acs:oss:*:8:examplebucket/*             | the bucket belongs to the account 7",
                "acs:oss:cn-shanghai:*:examplebucket/*   | the bucket is in cn-hangzhou",
                "acs:oss:*:*:otherbucket                 | nothing of the bucket examplebucket; write acs:oss:*:*:examplebucket",
                "acs:oss:*:*:otherbucket/*               | nothing of the bucket examplebucket; write acs:oss:*:*:examplebucket",
                "acs:oss:*:*:examplebucket2/*            | nothing of the bucket examplebucket",
                "acs:oss:*:*:example                     | nothing of the bucket examplebucket",
            })
    void aBucketPolicyIsAboutItsBucket(String resource, String problem) throws Exception {
        for (String member : List.of("Resource", "NotResource")) {
            List<String> notes = notes(
                    PolicyDocument.Kind.BUCKET,
                    "{'Effect':'Deny','Principal':['*'],'Action':'oss:*','" + member + "':['" + resource + "']}");
            if (problem.equals("-")) {
                assertThat(notes).isEmpty();
            } else {
                assertThat(notes)
                        .singleElement()
                        .asString()
                        .startsWith("Statement[0]." + member + "[0]: "
                                + (member.equals("Resource") ? "matches nothing: " : "leaves out nothing: "))
                        .contains(problem);
            }
        }
    }

    @Test
    void thePlaceHasTheLineOfTheText() throws Exception {
        String text = """
                {"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "oss:*", "Resource": "*"},
                  {"Effect": "Allow", "Action": "vpc:*", "Resource": "*"}]}""";
        PolicyNote note = PolicyReview.of(Values.parse(text), PolicyDocument.Kind.IDENTITY)
                .notes()
                .getFirst();
        assertThat(note.at()).hasToString("Statement[1]");
        assertThat(note.at().line()).isEqualTo(3);
    }

    @Test
    void everyDocumentThatIsAcceptedCanBeReviewed() throws Exception {
        Corpus corpus = Corpus.of("accepted");
        for (String name : corpus.names()) {
            String kind = Corpus.kind(name);
            byte[] text = corpus.bytes(name);
            PolicyReview review = kind.equals("trust")
                    ? PolicyReview.ofTrust(Values.parse(text))
                    : PolicyReview.of(Values.parse(text), PolicyDocument.Kind.valueOf(kind.toUpperCase(Locale.ROOT)));
            assertThat(review.notes())
                    .allSatisfy(note -> assertThat(note.text()).isNotBlank());
        }
    }
}
