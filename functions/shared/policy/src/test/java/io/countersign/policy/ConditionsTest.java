package io.countersign.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The known condition values of a request. */
class ConditionsTest {
    private static final Conditions FROM_A =
            Conditions.builder().tell(ConditionKey.PREFIX, "a").build();

    private static KeyState told(String value) {
        return new KeyState.Told(value);
    }

    @Test
    void treatsAKeyWithoutAValueAsUnknown() {
        for (ConditionKey key : ConditionKey.values()) {
            assertThat(Conditions.NONE.state(key)).as(key.text()).isEqualTo(KeyState.unknown());
        }
        assertThat(Conditions.NONE.requestObjectTags()).isEqualTo(PlaceTags.Tags.UNKNOWN);
    }

    @Test
    void momentTransportAndSecondFactorAreWrittenAsPoliciesWriteThem() {
        Conditions conditions = Conditions.builder()
                .currentTime(Instant.parse("2026-11-22T02:00:00Z"))
                .secureTransport(Optional.of(true))
                .mfaPresent(false)
                .build();
        assertThat(conditions.state(ConditionKey.CURRENT_TIME)).isEqualTo(told("2026-11-22T02:00:00Z"));
        assertThat(conditions.state(ConditionKey.SECURE_TRANSPORT)).isEqualTo(told("true"));
        assertThat(conditions.state(ConditionKey.MFA_PRESENT)).isEqualTo(told("false"));
    }

    @Test
    void theMomentIsAKeyLikeEveryOther() {
        Instant moment = Instant.parse("2026-11-22T02:00:00.5Z");
        Conditions told = Conditions.builder()
                .tell(ConditionKey.CURRENT_TIME, moment.toString())
                .build();
        Conditions set = Conditions.builder().currentTime(moment).build();

        assertThat(set).isEqualTo(told).hasSameHashCodeAs(told);
        assertThat(set.more().build()).isEqualTo(told);
        assertThat(set.more().absent(ConditionKey.CURRENT_TIME).build().state(ConditionKey.CURRENT_TIME))
                .isEqualTo(KeyState.absent());
        assertThat(told.more().currentTime(Instant.EPOCH).build().state(ConditionKey.CURRENT_TIME))
                .isEqualTo(told("1970-01-01T00:00:00Z"));
        assertThat(set.state(ConditionKey.CURRENT_TIME)).isEqualTo(told("2026-11-22T02:00:00.500Z"));
    }

    @Test
    void distinguishesAnAbsentKeyFromAnUnknownOne() {
        Conditions conditions = Conditions.builder()
                .found(ConditionKey.PREFIX, Optional.of("a"))
                .found(ConditionKey.DELIMITER, Optional.empty())
                .known(ConditionKey.USER_AGENT, Optional.of("app"))
                .known(ConditionKey.SOURCE_IP, Optional.empty())
                .absent(ConditionKey.ACCESS_ID)
                .build();
        assertThat(conditions.state(ConditionKey.PREFIX)).isEqualTo(told("a"));
        assertThat(conditions.state(ConditionKey.DELIMITER)).isEqualTo(KeyState.absent());
        assertThat(conditions.state(ConditionKey.USER_AGENT)).isEqualTo(told("app"));
        assertThat(conditions.state(ConditionKey.SOURCE_IP)).isEqualTo(KeyState.unknown());
        assertThat(conditions.state(ConditionKey.ACCESS_ID)).isEqualTo(KeyState.absent());
    }

    @Test
    void tellingAKeyAgainReplacesItAndTellingMoreKeepsTheRest() {
        Conditions again = Conditions.builder()
                .tell(ConditionKey.PREFIX, "a")
                .tell(ConditionKey.PREFIX, "b")
                .build();
        assertThat(again.state(ConditionKey.PREFIX)).isEqualTo(told("b"));
        Conditions more = FROM_A.more()
                .tell(ConditionKey.DELIMITER, "/")
                .requestObjectTags(PlaceTags.Tags.NONE)
                .build();
        assertThat(more.state(ConditionKey.PREFIX)).isEqualTo(told("a"));
        assertThat(more.more().build()).isEqualTo(more);
        assertThat(FROM_A.state(ConditionKey.DELIMITER)).isEqualTo(KeyState.unknown());
    }

    @Test
    void aBuilderGoesOnWithoutChangingWhatItMade() {
        Conditions.Builder builder = Conditions.builder().tell(ConditionKey.PREFIX, "a");
        Conditions first = builder.build();
        builder.tell(ConditionKey.PREFIX, "b");
        assertThat(first).isEqualTo(FROM_A);
    }

    @Test
    void aCallThatIsNoRequestToOssHasNothingOfOss() {
        Conditions call = Conditions.builder().noOssRequest().build();
        List<ConditionKey> absent =
                List.of(ConditionKey.PREFIX, ConditionKey.DELIMITER, ConditionKey.BUCKET_ACL, ConditionKey.OBJECT_ACL);
        for (ConditionKey key : ConditionKey.values()) {
            assertThat(call.state(key))
                    .as(key.text())
                    .isEqualTo(absent.contains(key) ? KeyState.absent() : KeyState.unknown());
        }
        assertThat(call.requestObjectTags()).isEqualTo(PlaceTags.Tags.NONE);
    }

    @Test
    void aCallerWithoutProofHasNone() {
        Conditions call = Conditions.builder().noProof().build();
        List<ConditionKey> absent = Arrays.asList(
                ConditionKey.OIDC_ISSUER,
                ConditionKey.OIDC_AUDIENCE,
                ConditionKey.OIDC_SUBJECT,
                ConditionKey.EXTERNAL_ID,
                ConditionKey.SAML_RECIPIENT);
        for (ConditionKey key : ConditionKey.values()) {
            assertThat(call.state(key))
                    .as(key.text())
                    .isEqualTo(absent.contains(key) ? KeyState.absent() : KeyState.unknown());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "203.0.113.9", "9.255.255.255", "11.0.0.0", "172.15.255.255", "172.32.0.0", "192.167.255.255",
                        "192.169.0.0",
                "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.0", "169.253.255.255", "169.255.0.0",
                        "2001:db8::1",
                "fe00::1", "fec0::1", "fbff::1", "::2", "::ffff:203.0.113.9"
            })
    void aRequestFromAPublicAddressCameThroughNoVpc(String address) {
        assertThat(vpcOf(address)).isEqualTo(KeyState.absent());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.0",
                "10.255.255.255",
                "172.16.0.0",
                "172.31.255.255",
                "192.168.0.0",
                "192.168.255.255",
                "100.64.0.0",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.255",
                "169.254.0.0",
                "169.254.255.255",
                "::1",
                "fe80::1",
                "febf::1",
                "fc00::1",
                "fdff::1",
                "::ffff:10.0.0.1",
                "::ffff:a00:1",
                "::ffff:127.0.0.1",
                "garbage",
                ""
            })
    void ofAnyOtherAddressTheVpcIsUnknown(String address) {
        assertThat(vpcOf(address)).isEqualTo(KeyState.unknown());
    }

    private static KeyState vpcOf(String address) {
        return Conditions.builder()
                .tell(ConditionKey.SOURCE_IP, address)
                .build()
                .state(ConditionKey.SOURCE_VPC);
    }

    @Test
    void aVpcThatIsToldCountsWhateverTheAddressAndWithoutAnAddressNothingFollows() {
        Conditions.Builder builder =
                Conditions.builder().tell(ConditionKey.SOURCE_IP, "203.0.113.9").tell(ConditionKey.SOURCE_VPC, "vpc-a");
        assertThat(builder.build().state(ConditionKey.SOURCE_VPC)).isEqualTo(told("vpc-a"));
        Conditions noAddress =
                Conditions.builder().absent(ConditionKey.SOURCE_IP).build();
        assertThat(noAddress.state(ConditionKey.SOURCE_VPC)).isEqualTo(KeyState.unknown());
        Conditions absent = Conditions.builder().absent(ConditionKey.SOURCE_VPC).build();
        assertThat(absent.state(ConditionKey.SOURCE_VPC)).isEqualTo(KeyState.absent());
    }

    @Test
    void ofTagsAllAreKnownOrNone() {
        PlaceTags.Tags tags = PlaceTags.Tags.of(Map.of("team", "red"));
        assertThat(tags.state("team")).isEqualTo(told("red"));
        assertThat(tags.state("Team")).isEqualTo(KeyState.absent());
        assertThat(PlaceTags.Tags.NONE.state("team")).isEqualTo(KeyState.absent());
        assertThat(PlaceTags.Tags.UNKNOWN.state("team")).isEqualTo(KeyState.unknown());
    }

    @Test
    void theyAreEqualByTheirKeysAndValues() {
        Conditions same = Conditions.builder().tell(ConditionKey.PREFIX, "a").build();
        assertThat(FROM_A)
                .isEqualTo(same)
                .hasSameHashCodeAs(same)
                .isNotEqualTo(
                        Conditions.builder().tell(ConditionKey.PREFIX, "b").build())
                .isNotEqualTo(Conditions.builder().absent(ConditionKey.PREFIX).build())
                .isNotEqualTo(
                        FROM_A.more().requestObjectTags(PlaceTags.Tags.NONE).build())
                .isNotEqualTo(Conditions.NONE);
        assertThat(FROM_A.hashCode()).isNotEqualTo(Conditions.NONE.hashCode());
    }
}
