package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.json.InvalidDocumentException;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustPolicyTest {
    private static final String PROVIDER = "acs:ram::1:oidc-provider/demo";
    private static final Conditions LOGIN = Conditions.builder()
            .tell(ConditionKey.OIDC_ISSUER, "https://idp.example")
            .tell(ConditionKey.OIDC_AUDIENCE, "app")
            .tell(ConditionKey.OIDC_SUBJECT, "user-7")
            .build();

    private static String statement(String effect, String principal, String more) {
        return "{'Effect':'" + effect + "','Action':'sts:AssumeRole','Principal':" + principal + more + "}";
    }

    private static boolean admits(String principal, TrustPolicy.TrustPrincipal asking) throws InvalidDocumentException {
        return Documents.trust(statement("Allow", principal, ""))
                .admits(new TrustPolicy.TrustRequest(asking, Conditions.NONE));
    }

    private static TrustPolicy.TrustPrincipal of(Principal principal) {
        return TrustPolicy.TrustPrincipal.of(principal).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "acs:ram::1:root, true, true, true, false",
        "acs:ram::1:user/alice, false, true, false, false",
        "acs:ram::1:user/bob, false, false, false, false",
        "acs:ram::1:role/app, false, false, true, false",
        "acs:ram::2:root, false, false, false, true",
    })
    void ramNamesAnAccountAUserOrARole(String arn, boolean root, boolean user, boolean session, boolean other)
            throws InvalidDocumentException {
        String principal = "{'RAM':['" + arn + "']}";
        assertThat(admits(principal, of(new Principal.Account("1")))).isEqualTo(root);
        assertThat(admits(principal, of(new Principal.RamUser("1", "alice", java.util.List.of()))))
                .isEqualTo(user);
        assertThat(admits(
                        principal,
                        of(new Principal.AssumedRole(
                                "1", "app", "s1", java.util.List.of(), java.util.Optional.empty()))))
                .isEqualTo(session);
        assertThat(admits(principal, of(new Principal.Account("2")))).isEqualTo(other);
        assertThat(admits(principal, new TrustPolicy.TrustPrincipal.Federated(PROVIDER)))
                .isFalse();
    }

    @Test
    void hasNoTrustPrincipalForAnAnonymousCaller() {
        assertThat(TrustPolicy.TrustPrincipal.of(new Principal.Anonymous())).isEmpty();
    }

    @Test
    void aProviderIsTrustedByItsExactArnAndItsConditions() throws InvalidDocumentException {
        TrustPolicy policy = Documents.trust(
                statement(
                        "Allow",
                        "{'Federated':'" + PROVIDER + "'}",
                        ",'Condition':{'StringEquals':{'oidc:aud':['web','app'],'oidc:iss':'https://idp.example'},'StringLike':{'oidc:sub':'user-*'}}"));
        assertThat(policy.admits(
                        new TrustPolicy.TrustRequest(new TrustPolicy.TrustPrincipal.Federated(PROVIDER), LOGIN)))
                .isTrue();
        assertThat(policy.admits(
                        new TrustPolicy.TrustRequest(new TrustPolicy.TrustPrincipal.Federated(PROVIDER + "2"), LOGIN)))
                .isFalse();
        assertThat(policy.admits(
                        new TrustPolicy.TrustRequest(new TrustPolicy.TrustPrincipal.Ram(PROVIDER, "1"), LOGIN)))
                .isFalse();
        List<KeyState> others = List.of(new KeyState.Told("other"), KeyState.absent(), KeyState.unknown());
        for (ConditionKey key :
                List.of(ConditionKey.OIDC_AUDIENCE, ConditionKey.OIDC_ISSUER, ConditionKey.OIDC_SUBJECT)) {
            for (KeyState other : others) {
                Conditions known = LOGIN.more().tell(key, other).build();
                assertThat(policy.admits(new TrustPolicy.TrustRequest(
                                new TrustPolicy.TrustPrincipal.Federated(PROVIDER), known)))
                        .as(key.text())
                        .isFalse();
            }
        }
    }

    @Test
    void anExplicitDenyWinsAndIsNamed() throws InvalidDocumentException {
        String everybody = "{'RAM':'acs:ram::1:root','Federated':'" + PROVIDER + "'}";
        TrustPolicy policy = Documents.trust(
                statement("Allow", "{'Service':['ecs.aliyuncs.com']}", ""),
                statement("Allow", everybody, ""),
                statement("Deny", "{'RAM':'acs:ram::1:user/bob'}", ""),
                statement("Deny", everybody, ",'Condition':{'StringNotEquals':{'sts:ExternalId':'e-1'}}"));
        Conditions external =
                Conditions.builder().tell(ConditionKey.EXTERNAL_ID, "e-1").build();
        Conditions without =
                Conditions.builder().absent(ConditionKey.EXTERNAL_ID).build();
        TrustPolicy.TrustPrincipal alice = new TrustPolicy.TrustPrincipal.Ram("acs:ram::1:user/alice", "1");
        TrustPolicy.TrustPrincipal bob = new TrustPolicy.TrustPrincipal.Ram("acs:ram::1:user/bob", "1");
        TrustPolicy.TrustPrincipal stranger = new TrustPolicy.TrustPrincipal.Ram("acs:ram::2:user/eve", "2");
        assertThat(policy.judge(new TrustPolicy.TrustRequest(alice, external)))
                .isEqualTo(new TrustPolicy.TrustDecision.Admitted(1));
        assertThat(policy.judge(new TrustPolicy.TrustRequest(bob, external)))
                .isEqualTo(new TrustPolicy.TrustDecision.Refused(OptionalInt.of(2)));
        for (Conditions other : List.of(without, Conditions.NONE)) {
            assertThat(policy.judge(new TrustPolicy.TrustRequest(alice, other)))
                    .isEqualTo(new TrustPolicy.TrustDecision.Refused(OptionalInt.of(3)));
        }
        assertThat(policy.judge(new TrustPolicy.TrustRequest(stranger, external)))
                .isEqualTo(new TrustPolicy.TrustDecision.Refused(OptionalInt.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "Allow, StringEquals, e-1, false, false",
        "Allow, StringNotEquals, e-1, true, false",
        "Deny, StringEquals, e-1, true, false",
        "Deny, StringNotEquals, e-1, false, false",
    })
    void aKeyThatIsAbsentOrUnknownCountsAsInOtherPolicies(
            String effect, String operator, String value, boolean absent, boolean unknown)
            throws InvalidDocumentException {
        String everybody = "{'RAM':'acs:ram::1:root'}";
        String condition = ",'Condition':{'" + operator + "':{'sts:ExternalId':'" + value + "'}}";
        TrustPolicy policy = effect.equals("Allow")
                ? Documents.trust(statement("Allow", everybody, condition))
                : Documents.trust(statement("Allow", everybody, ""), statement("Deny", everybody, condition));
        TrustPolicy.TrustPrincipal alice = new TrustPolicy.TrustPrincipal.Ram("acs:ram::1:user/alice", "1");
        Conditions known = Conditions.builder().noProof().build();
        assertThat(policy.admits(new TrustPolicy.TrustRequest(alice, known))).isEqualTo(absent);
        assertThat(policy.admits(new TrustPolicy.TrustRequest(alice, Conditions.NONE)))
                .isEqualTo(unknown);
    }

    @Test
    void thePrincipalsArnIsItsOwnAndAnExternalCallerHasNone() throws InvalidDocumentException {
        String everybody = "{'RAM':'acs:ram::1:root','Federated':'" + PROVIDER + "'}";
        TrustPolicy alices = Documents.trust(statement(
                "Allow", everybody, ",'Condition':{'StringEquals':{'acs:PrincipalARN':'acs:ram::1:user/alice'}}"));
        assertThat(alices.admits(new TrustPolicy.TrustRequest(
                        new TrustPolicy.TrustPrincipal.Ram("acs:ram::1:user/alice", "1"), LOGIN)))
                .isTrue();
        assertThat(alices.admits(new TrustPolicy.TrustRequest(
                        new TrustPolicy.TrustPrincipal.Ram("acs:ram::1:user/bob", "1"), LOGIN)))
                .isFalse();
        assertThat(alices.admits(
                        new TrustPolicy.TrustRequest(new TrustPolicy.TrustPrincipal.Federated(PROVIDER), LOGIN)))
                .isFalse();
        TrustPolicy outsiders = Documents.trust(
                statement("Allow", everybody, ",'Condition':{'StringNotLike':{'acs:PrincipalARN':'*'}}"));
        assertThat(outsiders.admits(
                        new TrustPolicy.TrustRequest(new TrustPolicy.TrustPrincipal.Federated(PROVIDER), LOGIN)))
                .isTrue();
    }

    @Test
    void theTextIsTheDocumentWithoutWhiteSpaceAndMakesTrustPoliciesEqual() throws InvalidDocumentException {
        String everybody = statement("Allow", "{'RAM':'acs:ram::1:root'}", "");
        TrustPolicy policy = Documents.trust(everybody);
        assertThat(policy.json()).isEqualTo("{\"Version\":\"1\",\"Statement\":[" + everybody.replace('\'', '"') + "]}");
        assertThat(Documents.trust(" " + everybody + " "))
                .isEqualTo(policy)
                .hasSameHashCodeAs(policy)
                .isNotEqualTo(Documents.trust(everybody, everybody));
        assertThat(policy.hashCode())
                .isNotEqualTo(Documents.trust(everybody, everybody).hashCode());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'Effect':'Allow','Action':'sts:AssumeRole'                       | ~~ | Principal",
                "'Effect':'Allow','Principal':{'RAM':'acs:ram::1:root'}           | ~~ | Action",
                "'Effect':'Allow','Action':'sts:*','Principal':{'RAM':'acs:ram::1:root'} | .Action | sts:AssumeRole",
                "'Effect':'Allow','Action':'\u017fts:AssumeRole','Principal':{'RAM':'acs:ram::1:root'} | .Action | sts:AssumeRole",
                "'Effect':'Allow','Action':['sts:AssumeRole','*'],'Principal':{'RAM':'acs:ram::1:root'} | .Action[1] | sts:AssumeRole",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':'*'       | .Principal | an object",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{}        | .Principal | no principal is named",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'AWS':'x'} | .Principal.AWS | not known",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':'*'} | .Principal.RAM | acs:ram::ID:root",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':['acs:ram::1:root','acs:ram::1:user/*']} | .Principal.RAM[1] | acs:ram::ID:root",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':[]} | .Principal.RAM | empty",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Service':'ecs'} | .Principal.Service | ecs.aliyuncs.com",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Federated':'acs:ram::1:user/x'} | .Principal.Federated | oidc-provider",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'Federated':'acs:ram::1:oidc-provider/${jwt:a}'} | .Principal.Federated | variables",
                "'Effect':'Allow','Action':'sts:AssumeRole','Resource':'*','Principal':{'RAM':'acs:ram::1:root'} | .Resource | not known",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':'acs:ram::1:root'},'Condition':{'StringEquals':{'oss:Prefix':'a'}} | .Condition.StringEquals.oss:Prefix | trust policies know",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':'acs:ram::1:root'},'Condition':{'StringEquals':{'oss:BucketTag/a':'a'}} | .Condition.StringEquals.oss:BucketTag/a | trust policies know",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':'acs:ram::1:root'},'Condition':{'StringEquals':{'OIDC:sub':'a'}} | .Condition.StringEquals.OIDC:sub | write oidc:sub",
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{'RAM':'acs:ram::1:root'},'Condition':{'StringEquals':{'oidc:sub':'${jwt:sub}'}} | .Condition.StringEquals.oidc:sub | variables",
            })
    void refusesAnInvalidTrustPolicy(String statement, String path, String advice) {
        InvalidDocumentException refusal =
                catchThrowableOfType(InvalidDocumentException.class, () -> Documents.trust("{" + statement + "}"));
        assertThat(refusal).as(statement).isNotNull();
        assertThat(refusal.location().path()).as(refusal.getMessage()).isEqualTo("Statement[0]" + path);
        assertThat(refusal.problem()).contains(advice);
    }
}
