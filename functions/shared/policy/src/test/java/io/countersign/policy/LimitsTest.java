package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import java.util.Collections;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every bound is taken in full, and not one more. */
class LimitsTest {
    private static void assertBound(int most, PolicyDocument.Kind kind, IntFunction<String> statements) {
        assertThatCode(() -> Documents.parse(kind, document(statements.apply(most))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> Documents.parse(kind, document(statements.apply(most + 1))))
                .isInstanceOf(InvalidDocumentException.class);
    }

    private static String document(String statements) {
        return "{'Version':'1','Statement':[" + statements + "]}";
    }

    private static String key(String key) {
        return Documents.allow("*", "acs:oss:*:*:b/" + key);
    }

    private static String condition(String keys) {
        return Documents.statement("Allow", "*", "*", ",'Condition':{'StringEquals':{" + keys + "}}");
    }

    private static String several(int count, IntFunction<String> text) {
        return IntStream.range(0, count).mapToObj(text).collect(Collectors.joining(","));
    }

    @Test
    void ofStatements() {
        assertBound(2_000, PolicyDocument.Kind.IDENTITY, count -> several(count, i -> Documents.allow("*", "*")));
    }

    @Test
    void ofEntriesOfOneList() {
        assertBound(
                500,
                PolicyDocument.Kind.IDENTITY,
                count -> "{'Effect':'Allow','Resource':'*','Action':[" + several(count, i -> "'oss:*'") + "]}");
    }

    @Test
    void ofKeysOfOneOperator() {
        assertBound(
                50,
                PolicyDocument.Kind.IDENTITY,
                count -> condition(several(count, i -> "'oss:BucketTag/" + i + "':'a'")));
    }

    @Test
    void ofTheNameOfATag() {
        assertBound(
                128,
                PolicyDocument.Kind.IDENTITY,
                length -> condition("'oss:ExistingObjectTag/" + "t".repeat(length) + "':'a'"));
    }

    @Test
    void ofThePatternOfAResource() {
        int before = "acs:oss:*:*:b/".length();
        assertBound(1_280, PolicyDocument.Kind.IDENTITY, length -> key("k".repeat(length - before)));
    }

    @Test
    void ofStarsInOnePattern() {
        assertBound(14, PolicyDocument.Kind.IDENTITY, besidesRegionAndOwner -> key("k*".repeat(besidesRegionAndOwner)));
    }

    @Test
    void ofVariablesInOnePattern() {
        assertBound(8, PolicyDocument.Kind.ROLE, count -> key("${jwt:sub}".repeat(count)));
    }

    @Test
    void ofTheNameOfAClaim() {
        assertBound(128, PolicyDocument.Kind.ROLE, length -> key("${jwt:" + "c".repeat(length) + "}"));
    }

    @Test
    void ofTheWholeText() {
        int around = document("{'Effect':'Allow','Resource':'*','Action':[]}").length();
        int entries = 500;
        assertBound(512 * 1024, PolicyDocument.Kind.IDENTITY, length -> {
            // Each action has its quotes, and a comma before it but for the first.
            int characters = length - around - 3 * entries + 1;
            String even = "'oss:" + "a".repeat(characters / entries - 4) + "'";
            String last = "'oss:" + "a".repeat(characters / entries - 4 + characters % entries) + "'";
            String actions = String.join(",", Collections.nCopies(entries - 1, even)) + "," + last;
            return "{'Effect':'Allow','Resource':'*','Action':[" + actions + "]}";
        });
    }
}
