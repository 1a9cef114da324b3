package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.policy.ConditionKey;
import io.countersign.policy.Conditions;
import io.countersign.policy.KeyState;
import io.countersign.policy.PlaceTags;
import io.countersign.signing.SignatureVersion;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestConditionsTest {
    private static Conditions of(VerifyRequest request) throws OssRefusal {
        FormatStep format = new FormatStep(BaseDomains.DEFAULT);
        ParsedRequest parsed = format.parse(request, format.address(request, DomainBinding.NONE));
        return RequestConditions.of(request, parsed, SampleRegistry.NOW).own();
    }

    private static KeyState told(String value) {
        return new KeyState.Told(value);
    }

    @Test
    void takesValuesFromTheRequest() throws OssRefusal {
        Conditions conditions = of(ClientRequest.put("bucket", "k")
                .header("User-Agent", "curl")
                .header("x-oss-object-acl", " private ")
                .header("x-oss-tagging", "team=a%20b&stage=")
                .signed(SignatureVersion.V4, SampleRegistry.USER));
        assertThat(conditions.state(ConditionKey.SOURCE_IP)).isEqualTo(told("203.0.113.7"));
        assertThat(conditions.state(ConditionKey.USER_AGENT)).isEqualTo(told("curl"));
        assertThat(conditions.state(ConditionKey.CURRENT_TIME)).isEqualTo(told("2026-11-22T03:00:00Z"));
        assertThat(conditions.state(ConditionKey.ACCESS_ID)).isEqualTo(told(SampleRegistry.USER.id()));
        assertThat(conditions.state(ConditionKey.OBJECT_ACL)).isEqualTo(told("private"));
        assertThat(conditions.requestObjectTags()).isEqualTo(PlaceTags.Tags.of(Map.of("team", "a b", "stage", "")));
    }

    @Test
    void treatsMissingPartsOfTheRequestAsAbsent() throws OssRefusal {
        Conditions conditions =
                of(ClientRequest.get("bucket", "").query("list-type=2").anonymous());
        for (ConditionKey key : EnumSet.of(
                ConditionKey.USER_AGENT,
                ConditionKey.ACCESS_ID,
                ConditionKey.PREFIX,
                ConditionKey.DELIMITER,
                ConditionKey.BUCKET_ACL,
                ConditionKey.OBJECT_ACL,
                ConditionKey.SOURCE_VPC)) {
            assertThat(conditions.state(key)).as(key.text()).isEqualTo(KeyState.absent());
        }
        assertThat(conditions.requestObjectTags()).isEqualTo(PlaceTags.Tags.NONE);
        assertThat(conditions.state(ConditionKey.MFA_PRESENT)).isEqualTo(told("false"));
    }

    @Test
    void treatsPartsThatWereNotSentAsUnknown() throws OssRefusal {
        VerifyRequest target = VerifyRequests.fromNowhere(VerifyRequests.headers(
                VerifyRequests.url(ClientRequest.get("bucket", "k").anonymous(), "/bucket/k"),
                Headers.NONE.and("Host", "localhost")));
        Conditions conditions = of(target);
        Set<ConditionKey> unknown =
                EnumSet.of(ConditionKey.SOURCE_IP, ConditionKey.SOURCE_VPC, ConditionKey.SECURE_TRANSPORT);
        for (ConditionKey key : EnumSet.range(ConditionKey.SOURCE_IP, ConditionKey.OBJECT_ACL)) {
            assertThat(conditions.state(key).equals(KeyState.unknown()))
                    .as(key.text())
                    .isEqualTo(unknown.contains(key));
        }
    }

    @Test
    void aVpcIsThatOfTheContextAndNoneWhereTheAddressIsPublic() throws OssRefusal {
        VerifyRequest request = ClientRequest.get("bucket", "k").anonymous();
        assertThat(of(request).state(ConditionKey.SOURCE_VPC)).isEqualTo(KeyState.absent());
        assertThat(of(VerifyRequests.from(request, "10.0.0.9")).state(ConditionKey.SOURCE_VPC))
                .isEqualTo(KeyState.unknown());
        assertThat(of(VerifyRequests.knowing(request, Context.from(Optional.of("vpc-a"))))
                        .state(ConditionKey.SOURCE_VPC))
                .isEqualTo(told("vpc-a"));
    }

    @Test
    void aSecondFactorIsThatOfTheContext() throws OssRefusal {
        VerifyRequest request = ClientRequest.get("bucket", "k").anonymous();
        Context context = new Context(PlaceTags.UNKNOWN, PlaceTags.Tags.UNKNOWN, Optional.empty(), Optional.of(true));
        assertThat(of(VerifyRequests.knowing(request, context)).state(ConditionKey.MFA_PRESENT))
                .isEqualTo(told("true"));
    }

    @Test
    void anEmptyPrefixIsNotAnAbsentOne() throws OssRefusal {
        Conditions conditions =
                of(ClientRequest.get("bucket", "").query("prefix=&delimiter=/").anonymous());
        assertThat(conditions.state(ConditionKey.PREFIX)).isEqualTo(told(""));
        assertThat(conditions.state(ConditionKey.DELIMITER)).isEqualTo(told("/"));
    }

    @Test
    void theSchemeTellsTheTransportWhereNothingElseDoes() throws OssRefusal {
        VerifyRequest plain = ClientRequest.get("bucket", "k").anonymous();
        assertThat(of(plain).state(ConditionKey.SECURE_TRANSPORT)).isEqualTo(told("false"));
        assertThat(of(VerifyRequests.url(plain, "https://localhost/bucket/k")).state(ConditionKey.SECURE_TRANSPORT))
                .isEqualTo(told("true"));
    }

    @Test
    void tagsOfTheContextAreThoseOfABodyAndNeverAgainstTheHeader() throws OssRefusal {
        PlaceTags.Tags tags = PlaceTags.Tags.of(Map.of("a", "1"));
        Context context = new Context(PlaceTags.UNKNOWN, tags, Optional.empty(), Optional.empty());
        VerifyRequest tagging =
                ClientRequest.put("bucket", "k").query("tagging").anonymous();
        assertThat(of(tagging).requestObjectTags()).isEqualTo(PlaceTags.Tags.UNKNOWN);
        assertThat(of(VerifyRequests.knowing(tagging, context)).requestObjectTags())
                .isEqualTo(tags);
        VerifyRequest same =
                ClientRequest.put("bucket", "k").header("x-oss-tagging", "a=1").anonymous();
        assertThat(of(VerifyRequests.knowing(same, context)).requestObjectTags())
                .isEqualTo(tags);
        VerifyRequest other =
                ClientRequest.put("bucket", "k").header("x-oss-tagging", "a=2").anonymous();
        assertThatThrownBy(() -> of(VerifyRequests.knowing(other, context)))
                .isInstanceOf(OssRefusal.class)
                .hasMessageContaining("requestObjectTags");
    }

    @Test
    void tagsThatCannotBeReadAreRefused() {
        for (String tags : new String[] {"a=%zz", "a=1&a=2"}) {
            assertThatThrownBy(() -> of(ClientRequest.put("bucket", "k")
                            .header("x-oss-tagging", tags)
                            .anonymous()))
                    .isInstanceOf(OssRefusal.class)
                    .hasMessageContaining("x-oss-tagging")
                    .hasMessageNotContaining("URL");
        }
    }
}
