package io.countersign.policy;

import static io.countersign.policy.AuthorizerFixtures.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FillingTest {
    private static final BucketFacts BUCKET = AuthorizerFixtures.bucket(Acl.PRIVATE);
    private static final PolicyDocument OWN_FOLDER = Documents.of(
            PolicyDocument.Kind.ROLE, Documents.allow("oss:GetObject", "acs:oss:*:*:examplebucket/${jwt:sub}/*"));

    private static PolicyDocument filled(PolicyDocument policy, Map<String, String> claims) {
        try {
            return policy.filled(claims);
        } catch (IllFormedClaimException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static boolean allows(PolicyDocument role, Map<String, String> claims, String key) {
        return AuthorizerFixtures.allows(AuthorizerFixtures.session(filled(role, claims)), get(BUCKET, key));
    }

    /** A role that may do everything but what the statement denies. */
    private static PolicyDocument allBut(String denied) {
        return Documents.of(PolicyDocument.Kind.ROLE, Documents.allow("*", "*"), denied);
    }

    @Test
    void aClaimNamesTheFolder() {
        assertThat(OWN_FOLDER.variables()).containsExactly("sub");
        assertThat(allows(OWN_FOLDER, Map.of("sub", "alice"), "alice/1.jpg")).isTrue();
        assertThat(allows(OWN_FOLDER, Map.of("sub", "alice"), "bob/1.jpg")).isFalse();
        assertThat(allows(OWN_FOLDER, Map.of("sub", "a:b"), "a:b/1.jpg")).isTrue();
    }

    @Test
    void aClaimMayOccurInAnyPartOfAResource() {
        PolicyDocument role = Documents.of(
                PolicyDocument.Kind.ROLE,
                Documents.allow("*", "acs:oss:${jwt:region}:${jwt:account}:${jwt:bucket}/${jwt:x-y.z:w/v}"));
        Map<String, String> claims = Map.of(
                "region",
                "oss-cn-hangzhou",
                "account",
                AuthorizerFixtures.OWNER,
                "bucket",
                AuthorizerFixtures.BUCKET,
                "x-y.z:w/v",
                "key");
        assertThat(role.variables()).containsExactlyInAnyOrderElementsOf(claims.keySet());
        assertThat(allows(role, claims, "key")).isTrue();
        assertThat(allows(role, claims, "other")).isFalse();
    }

    @Test
    void aColonInAClaimStaysInItsPart() {
        PolicyDocument role =
                Documents.of(PolicyDocument.Kind.ROLE, Documents.allow("*", "acs:oss:*:${jwt:account}:otherbucket/*"));
        assertThat(allows(role, Map.of("account", AuthorizerFixtures.OWNER + ":examplebucket"), "key"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                "*",
                "?",
                "a*",
                "a?",
                "a/b",
                "a b",
                "a\nb",
                "é",
                "$",
                "${jwt:sub}",
                "%2F",
                "a\\b",
                "\u0000",
                "[",
                "`",
                "{"
            })
    void refusesAnInvalidClaimOnlyByName(String value) {
        assertThatThrownBy(() -> OWN_FOLDER.filled(Map.of("sub", value)))
                .isInstanceOfSatisfying(
                        IllFormedClaimException.class,
                        refusal -> assertThat(refusal.claim()).isEqualTo("sub"))
                .hasMessageContaining("\"sub\"");
        assertThatThrownBy(() -> OWN_FOLDER.filled(Map.of("sub", "hunter2/" + value)))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aClaimMayHoldEveryLetterAndDigit() {
        for (String claim : List.of("azAZ09", ".-_@|:+=~", "...", "a.", "-")) {
            assertThat(allows(OWN_FOLDER, Map.of("sub", claim), claim + "/1.jpg"))
                    .as(claim)
                    .isTrue();
        }
    }

    @Test
    void theNameOfAVariableMayHoldEveryLetterAndDigit() {
        PolicyDocument role = Documents.of(
                PolicyDocument.Kind.ROLE, Documents.allow("*", "acs:oss:*:*:examplebucket/${jwt:azAZ09_-.:/}"));
        assertThat(allows(role, Map.of("azAZ09_-.:/", "key"), "key")).isTrue();
    }

    @Test
    void lengthIsBounded() throws IllFormedClaimException {
        assertThat(OWN_FOLDER.filled(Map.of("sub", "a".repeat(256))).canAllow()).isTrue();
        assertThatThrownBy(() -> OWN_FOLDER.filled(Map.of("sub", "a".repeat(257))))
                .isInstanceOf(IllFormedClaimException.class);
    }

    @Test
    void aClaimThatIsNotUsedIsNotLookedAt() throws IllFormedClaimException {
        assertThat(OWN_FOLDER.filled(Map.of("sub", "alice", "name", "?*")))
                .isEqualTo(filled(OWN_FOLDER, Map.of("sub", "alice")));
    }

    @Test
    void withoutItsClaimAnAllowNeverMatches() {
        assertThat(OWN_FOLDER.canAllow()).isFalse();
        assertThat(filled(OWN_FOLDER, Map.of()).canAllow()).isFalse();
        assertThat(filled(OWN_FOLDER, Map.of("sub", "alice")).canAllow()).isTrue();
        assertThat(allows(OWN_FOLDER, Map.of(), "*/1.jpg")).isFalse();
        PolicyDocument except = Documents.of(
                PolicyDocument.Kind.ROLE,
                "{'Effect':'Allow','Action':'*','NotResource':'acs:oss:*:*:examplebucket/${jwt:sub}/*'}");
        assertThat(except.canAllow()).isFalse();
        assertThat(allows(except, Map.of(), "bob/1.jpg")).isFalse();
        PolicyDocument conditional = Documents.of(
                PolicyDocument.Kind.ROLE,
                Documents.statement("Allow", "*", "*", ",'Condition':{'StringNotEquals':{'oss:Prefix':'${jwt:sub}'}}"));
        assertThat(conditional.canAllow()).isFalse();
        assertThat(conditional.variables()).containsExactly("sub");
    }

    @Test
    void withoutItsClaimADenyMatchesAsIfTheVariableWereAStar() {
        PolicyDocument role = allBut(Documents.deny("*", "acs:oss:*:*:examplebucket/${jwt:sub}/secret/*"));
        assertThat(allows(role, Map.of("sub", "alice"), "bob/secret/1")).isTrue();
        assertThat(allows(role, Map.of(), "bob/secret/1")).isFalse();
        assertThat(allows(role, Map.of(), "bob/public/1")).isTrue();
    }

    @Test
    void withoutItsClaimADenyExemptsNothing() {
        PolicyDocument role =
                allBut("{'Effect':'Deny','Action':'*','NotResource':'acs:oss:*:*:examplebucket/${jwt:sub}/*'}");
        assertThat(allows(role, Map.of("sub", "alice"), "alice/1")).isTrue();
        assertThat(allows(role, Map.of("sub", "alice"), "bob/1")).isFalse();
        assertThat(allows(role, Map.of(), "alice/1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "StringEquals",
                "StringLike",
                "StringEqualsIgnoreCase",
                "StringNotEquals",
                "StringNotLike",
                "StringNotEqualsIgnoreCase"
            })
    void withoutItsClaimAConditionOfADenyHoldsForWhateverTheClaimMightHaveBeen(String operator) {
        PolicyDocument role = allBut(Documents.statement(
                "Deny", "*", "*", ",'Condition':{'" + operator + "':{'acs:UserAgent':'app-${jwt:sub}'}}"));
        Conditions anyone =
                Conditions.builder().tell(ConditionKey.USER_AGENT, "app-bob").build();
        Decision decision = Authorizer.decide(
                AuthorizerFixtures.session(filled(role, Map.of())), List.of(get(BUCKET, "k")), anyone);
        assertThat(decision).isInstanceOf(Decision.Denied.class);
    }

    @Test
    void behindAnAbsentClaimCaseIsStillIgnored() {
        PolicyDocument role = allBut(Documents.statement(
                "Deny", "*", "*", ",'Condition':{'StringEqualsIgnoreCase':{'acs:UserAgent':'${jwt:sub}-App'}}"));
        for (String agent : List.of("bob-app", "bob-APP")) {
            Conditions from =
                    Conditions.builder().tell(ConditionKey.USER_AGENT, agent).build();
            Decision decision = Authorizer.decide(AuthorizerFixtures.session(role), List.of(get(BUCKET, "k")), from);
            assertThat(decision).as(agent).isInstanceOf(Decision.Denied.class);
        }
        Conditions other =
                Conditions.builder().tell(ConditionKey.USER_AGENT, "bob-web").build();
        assertThat(Authorizer.decide(AuthorizerFixtures.session(role), List.of(get(BUCKET, "k")), other))
                .isInstanceOf(Decision.Allowed.class);
    }

    @Test
    void inAnExactComparisonOnlyTheVariableIsAStar() {
        PolicyDocument role = allBut(Documents.statement(
                "Deny", "*", "*", ",'Condition':{'StringEquals':{'acs:UserAgent':'*-${jwt:sub}'}}"));
        Conditions literal =
                Conditions.builder().tell(ConditionKey.USER_AGENT, "app-bob").build();
        Decision decision = Authorizer.decide(AuthorizerFixtures.session(role), List.of(get(BUCKET, "k")), literal);
        assertThat(decision).isInstanceOf(Decision.Allowed.class);
    }

    @Property
    void aFilledAllowIsNeverWiderThanItsClaim(@ForAll("claims") String claim, @ForAll("keys") String key) {
        assertThat(allows(OWN_FOLDER, Map.of("sub", claim), key)).isEqualTo(key.startsWith(claim + "/"));
    }

    @Property
    void whateverTheClaimADenyWithoutItDeniesAtLeastAsMuch(
            @ForAll("claims") String claim, @ForAll("keys") String key, @ForAll("denies") String denied) {
        PolicyDocument role = allBut(denied);
        if (allows(role, Map.of(), key)) {
            assertThat(allows(role, Map.of("sub", claim), key)).isTrue();
        }
    }

    @Provide
    Arbitrary<String> claims() {
        return Arbitraries.strings()
                .withChars("ab.-_@|:+=~")
                .ofMinLength(1)
                .ofMaxLength(4)
                .filter(text -> !text.equals(".") && !text.equals(".."));
    }

    @Provide
    Arbitrary<String> keys() {
        return Arbitraries.strings().withChars("ab.:/*").ofMinLength(1).ofMaxLength(8);
    }

    @Provide
    Arbitrary<String> denies() {
        Arbitrary<String> path = Arbitraries.of("${jwt:sub}", "${jwt:sub}/*", "a*${jwt:sub}", "${jwt:sub}?", "a/*");
        return path.flatMap(own -> Arbitraries.of("Resource", "NotResource")
                .map(member -> "{'Effect':'Deny','Action':'*','" + member + "':['acs:oss:*:*:examplebucket/" + own
                        + "','acs:oss:*:*:examplebucket/b/*']}"));
    }
}
