package io.countersign.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.policy.PolicyNote;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Fixture;
import io.countersign.registry.store.ItemKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies that name a missing principal: a Deny without effect is refused, an Allow without effect is noted. */
class ApplyPrincipalsTest {
    private static final String UID = "20214760404935001";

    private final Fixture fixture = new Fixture();

    private static String manifest(String bucket) {
        return """
                accounts:
                  - id: "7"
                    users: [{name: alice, uid: "%s"}, {name: bob}]
                    roles:
                      - name: app
                        trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {RAM: "acs:ram::7:user/alice"}}]}
                    buckets: [%s]
                """.formatted(UID, bucket);
    }

    private static String bucket(String effect, String principal) {
        return "{name: examplebucket, region: cn-hangzhou, policy: {Version: \"1\", Statement: [{Effect: " + effect
                + ", Principal: " + principal + ", Action: oss:GetObject, Resource: acs:oss:*:*:examplebucket/*}]}}";
    }

    private void refused(String manifest, String reason) throws Exception {
        Map<ItemKey, String> state = fixture.store.payloads();
        assertThatThrownBy(() -> fixture.apply(manifest))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining(reason);
        assertThat(fixture.store.payloads()).isEqualTo(state);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "7",
                UID,
                "acs:ram::7:root",
                "acs:ram::7:user/alice",
                "acs:ram::7:user/b*",
                "acs:ram::7:role/app",
                "arn:sts::7:assumed-role/app/phone-7",
                "arn:sts::*:assumed-role/a?p/*"
            })
    void acceptsAnExistingPrincipalWithoutANote(String principal) throws Exception {
        assertThat(fixture.apply(manifest(bucket("Deny", "[\"" + principal + "\"]")))
                        .notes())
                .isEmpty();
        assertThat(fixture.apply(manifest(bucket("Allow", "[\"" + principal + "\"]")))
                        .notes())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8",
                "20214760404935002",
                "acs:ram::8:root",
                "acs:ram::7:user/alise",
                "acs:ram::8:user/alice",
                "acs:ram::8:user/*",
                "acs:ram::7:role/apps",
                "arn:sts::7:assumed-role/apps/phone-7",
                "arn:sts::8:assumed-role/*/phone-7"
            })
    void refusesAMissingPrincipalInADenyAndNotesItInAnAllow(String principal) throws Exception {
        String list = "[\"*\", \"" + principal + "\"]";
        refused(manifest(bucket("Deny", list)), "this Deny never applies to " + principal);
        refused(manifest(bucket("Deny", list)), "accounts[0].buckets[0].policy.Statement[0].Principal[1], line 7");
        List<PolicyNote> notes = fixture.apply(manifest(bucket("Allow", list))).notes();
        assertThat(notes).hasSize(1);
        assertThat(notes.getFirst().text()).startsWith("this Allow gives nothing to " + principal);
        assertThat(notes.getFirst().at()).hasToString("accounts[0].buckets[0].policy.Statement[0].Principal[1]");
        assertThat(notes.getFirst().at().line()).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acs:ram::7:user/z*", "acs:ram::7:role/z?", "arn:sts::7:assumed-role/z*/phone-7"})
    void notesAPatternWithoutAMatchInAnAllowAndADeny(String principal) throws Exception {
        for (String effect : List.of("Allow", "Deny")) {
            assertThat(fixture.apply(manifest(bucket(effect, "[\"" + principal + "\"]")))
                            .notes())
                    .singleElement()
                    .satisfies(note -> assertThat(note.text()).contains(principal));
        }
    }

    @Test
    void theAdviceSaysWhereAUidIsWritten() throws Exception {
        refused(
                manifest(bucket("Deny", "[\"20214760404935002\"]")),
                "write it as uid of the user that it is the number of, add the account, or take it out");
    }

    @Test
    void otherFormsOfPrincipalAreAcceptedAndNoted() throws Exception {
        assertThat(fixture.apply(manifest(bucket("Allow", "[]"))).notes())
                .extracting(PolicyNote::text)
                .containsExactly(
                        "an empty Principal means everybody, also without a signature; write [\"*\"] to say so");
        assertThat(fixture.apply(manifest(bucket("Allow", "\"7\""))).notes())
                .extracting(PolicyNote::text)
                .containsExactly("one string was taken as a list; write an array of strings");
        refused(manifest(bucket("Deny", "\"[123456790]\"")), "this Deny never applies to 123456790");
    }

    @Test
    void aUserNamedByADenyCannotBePrunedOrLoseItsUid() throws Exception {
        String bucket = bucket("Deny", "[\"" + UID + "\"]");
        fixture.apply(manifest(bucket));
        String without = manifest(bucket).replace("{name: alice, uid: \"" + UID + "\"}, ", "");
        assertThatThrownBy(() -> fixture.prune(without)).isInstanceOf(ApplyRefusal.class);
        refused(manifest(bucket).replace(", uid: \"" + UID + "\"", ""), "this Deny never applies to " + UID);
        assertThat(fixture.apply(without.replace("user/alice", "user/bob")).notes())
                .as("alice is in the registry until she is pruned")
                .isEmpty();
    }

    @Test
    void aBucketThatIsNotNamedKeepsThePrincipalsOfItsDeny() throws Exception {
        fixture.apply(manifest(bucket("Deny", "[\"" + UID + "\"]")));
        refused(
                "accounts: [{id: \"7\", users: [{name: alice}]}]",
                "the policy of the bucket examplebucket has Statement[0].Principal[0], and with this manifest this Deny never applies to "
                        + UID);
        fixture.prune("accounts: [{id: \"7\", users: [{name: alice}]}]");
    }

    @Test
    void acceptsAnotherManifestDespiteAnOlderDenyOfAMissingPrincipal() throws Exception {
        fixture.apply(manifest(bucket("Allow", "[\"8\"]")));
        ItemKey key = BucketItem.key("examplebucket");
        fixture.put(key, fixture.item(key).payload().replace("\\\"Allow\\\"", "\\\"Deny\\\""));
        fixture.apply("accounts: [{id: \"9\"}]");
    }

    @Test
    void acceptsAPrincipalOfAnotherManifest() throws Exception {
        fixture.apply("accounts: [{id: \"8\", users: [{name: carol, uid: \"888\"}]}]");
        assertThat(fixture.apply(manifest(bucket("Deny", "[\"8\", \"888\", \"acs:ram::8:user/carol\"]")))
                        .notes())
                .isEmpty();
        assertThatThrownBy(() -> fixture.prune(manifest(bucket("Deny", "[\"888\"]"))))
                .isInstanceOf(ApplyRefusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RAM: \"acs:ram::7:user/nobody\"",
                "RAM: \"acs:ram::8:root\"",
                "RAM: \"acs:ram::7:role/nobody\"",
                "Federated: \"acs:ram::7:oidc-provider/nobody\""
            })
    void aTrustPolicyIsCheckedAlike(String principal) throws Exception {
        String deny = "{Effect: Deny, Action: sts:AssumeRole, Principal: {" + principal + "}}]";
        String text = manifest("").replace("user/alice\"}}]", "user/alice\"}}, " + deny);
        refused(text, "this Deny never applies to acs:ram::");
        assertThat(fixture.apply(text.replace("Effect: Deny", "Effect: Allow")).notes())
                .singleElement()
                .satisfies(note -> assertThat(note.at())
                        .hasToString("accounts[0].roles[0].trust.Statement[1].Principal."
                                + principal.substring(0, principal.indexOf(':'))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Service: \"ecs.aliyuncs.com\"", "Federated: \"acs:ram::7:saml-provider/corp\""})
    void notesAPrincipalThatNeverCallsThisService(String principal) throws Exception {
        for (String effect : List.of("Allow", "Deny")) {
            String statement = "{Effect: " + effect + ", Action: sts:AssumeRole, Principal: {" + principal + "}}]";
            assertThat(fixture.apply(manifest("").replace("user/alice\"}}]", "user/alice\"}}, " + statement))
                            .notes())
                    .hasSize(1);
        }
    }
}
