package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.countersign.json.InvalidDocumentException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrustPolicyTest {
    private static final String PROVIDER = "acs:ram::1:oidc-provider/demo";
    private static final Conditions LOGIN = Conditions.builder()
            .put(Conditions.OIDC_ISSUER, "https://idp.example")
            .put(Conditions.OIDC_AUDIENCE, "app")
            .put(Conditions.OIDC_SUBJECT, "user-7")
            .build();

    private static String statement(String effect, String principal, String more) {
        return "{'Effect':'" + effect + "','Action':'sts:AssumeRole','Principal':" + principal + more + "}";
    }

    private static boolean admits(String principal, TrustPrincipal asking) throws InvalidDocumentException {
        return Documents.trust(statement("Allow", principal, "")).admits(new TrustRequest(asking, Conditions.NONE));
    }

    private static TrustPrincipal of(Principal principal) {
        return TrustPrincipal.of(principal).orElseThrow();
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
        assertThat(admits(principal, new TrustPrincipal.Federated(PROVIDER))).isFalse();
    }

    @Test
    void nobodyInParticularCanAsk() {
        assertThat(TrustPrincipal.of(new Principal.Anonymous())).isEmpty();
    }

    @Test
    void aProviderIsTrustedByItsExactArnAndItsConditions() throws InvalidDocumentException {
        TrustPolicy policy = Documents.trust(
                statement(
                        "Allow",
                        "{'Federated':'" + PROVIDER + "'}",
                        ",'Condition':{'StringEquals':{'oidc:aud':['web','app'],'oidc:iss':'https://idp.example'},'StringLike':{'oidc:sub':'user-*'}}"));
        assertThat(policy.admits(new TrustRequest(new TrustPrincipal.Federated(PROVIDER), LOGIN)))
                .isTrue();
        assertThat(policy.admits(new TrustRequest(new TrustPrincipal.Federated(PROVIDER + "2"), LOGIN)))
                .isFalse();
        assertThat(policy.admits(new TrustRequest(new TrustPrincipal.Ram(PROVIDER, "1"), LOGIN)))
                .isFalse();
        for (String key : new String[] {Conditions.OIDC_AUDIENCE, Conditions.OIDC_ISSUER, Conditions.OIDC_SUBJECT}) {
            TrustRequest without = new TrustRequest(new TrustPrincipal.Federated(PROVIDER), LOGIN.without(key));
            assertThat(policy.admits(without)).as(key).isFalse();
            TrustRequest other = new TrustRequest(new TrustPrincipal.Federated(PROVIDER), LOGIN.with(key, "other"));
            assertThat(policy.admits(other)).as(key).isFalse();
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
                Conditions.builder().put(Conditions.EXTERNAL_ID, "e-1").build();
        TrustPrincipal alice = new TrustPrincipal.Ram("acs:ram::1:user/alice", "1");
        TrustPrincipal bob = new TrustPrincipal.Ram("acs:ram::1:user/bob", "1");
        TrustPrincipal stranger = new TrustPrincipal.Ram("acs:ram::2:user/eve", "2");
        assertThat(policy.judge(new TrustRequest(alice, external))).isEqualTo(new TrustDecision.Admitted(1));
        assertThat(policy.judge(new TrustRequest(bob, external)))
                .isEqualTo(new TrustDecision.Refused(OptionalInt.of(2)));
        assertThat(policy.judge(new TrustRequest(alice, Conditions.NONE)))
                .isEqualTo(new TrustDecision.Refused(OptionalInt.of(3)));
        assertThat(policy.judge(new TrustRequest(stranger, external)))
                .isEqualTo(new TrustDecision.Refused(OptionalInt.empty()));
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
                "'Effect':'Allow','Action':'sts:AssumeRole','Principal':{}        | .Principal | nobody",
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
    void whatIsNoTrustPolicyIsRefused(String statement, String path, String advice) {
        InvalidDocumentException refusal =
                catchThrowableOfType(InvalidDocumentException.class, () -> Documents.trust("{" + statement + "}"));
        assertThat(refusal).as(statement).isNotNull();
        assertThat(refusal.location().path()).as(refusal.getMessage()).isEqualTo("Statement[0]" + path);
        assertThat(refusal.problem()).contains(advice);
    }
}
