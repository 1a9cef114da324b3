package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.policy.Conditions;
import io.countersign.signing.Presented;
import io.countersign.signing.SignatureVersion;
import org.junit.jupiter.api.Test;

class RequestConditionsTest {
    private static Conditions of(VerifyRequest request) throws OssRefusal {
        OssRequest oss = RequestParser.parse(
                request.method(), request.url(), request.headers(), BaseDomains.DEFAULT, DomainBinding.NONE);
        return RequestConditions.of(request, oss, Credentials.of(Presented.parse(oss)), TestRegistry.NOW);
    }

    @Test
    void whatTheRequestSaysIsThere() throws OssRefusal {
        Conditions conditions = of(Asked.put("bucket", "k")
                .header("User-Agent", "curl")
                .header("x-oss-object-acl", " private ")
                .header("x-oss-tagging", "team=a%20b&stage=")
                .signed(SignatureVersion.V4, TestRegistry.USER));
        assertThat(conditions.values(Conditions.SOURCE_IP)).containsExactly("203.0.113.7");
        assertThat(conditions.values(Conditions.USER_AGENT)).containsExactly("curl");
        assertThat(conditions.values(Conditions.CURRENT_TIME)).containsExactly("2026-11-22T03:00:00Z");
        assertThat(conditions.values(Conditions.ACCESS_ID)).containsExactly(TestRegistry.USER.id());
        assertThat(conditions.values(Conditions.OBJECT_ACL)).containsExactly("private");
        assertThat(conditions.values(Conditions.requestObjectTag("team"))).containsExactly("a b");
        assertThat(conditions.values(Conditions.requestObjectTag("stage"))).containsExactly("");
    }

    @Test
    void whatItDoesNotSayIsAbsent() throws OssRefusal {
        Conditions conditions = of(Requests.fromNowhere(
                Asked.get("bucket", "").query("list-type=2").anonymous()));
        for (String key : new String[] {
            Conditions.SOURCE_IP,
            Conditions.USER_AGENT,
            Conditions.ACCESS_ID,
            Conditions.PREFIX,
            Conditions.DELIMITER,
            Conditions.BUCKET_ACL,
            Conditions.OBJECT_ACL
        }) {
            assertThat(conditions.values(key)).as(key).isEmpty();
        }
    }

    @Test
    void anEmptyPrefixIsNotAnAbsentOne() throws OssRefusal {
        Conditions conditions =
                of(Asked.get("bucket", "").query("prefix=&delimiter=/").anonymous());
        assertThat(conditions.values(Conditions.PREFIX)).containsExactly("");
        assertThat(conditions.values(Conditions.DELIMITER)).containsExactly("/");
    }

    @Test
    void theSchemeTellsTheTransportWhereNothingElseDoes() throws OssRefusal {
        VerifyRequest plain = Asked.get("bucket", "k").anonymous();
        assertThat(of(plain).values(Conditions.SECURE_TRANSPORT)).containsExactly("false");
        assertThat(of(Requests.url(plain, "https://localhost/bucket/k")).values(Conditions.SECURE_TRANSPORT))
                .containsExactly("true");
        VerifyRequest target =
                Requests.headers(Requests.url(plain, "/bucket/k"), Headers.NONE.and("Host", "localhost"));
        assertThat(of(target).values(Conditions.SECURE_TRANSPORT)).isEmpty();
    }

    @Test
    void tagsThatCannotBeReadAreRefused() {
        for (String tags : new String[] {"a=%zz", "a=1&a=2"}) {
            assertThatThrownBy(() -> of(Asked.put("bucket", "k")
                            .header("x-oss-tagging", tags)
                            .anonymous()))
                    .isInstanceOf(OssRefusal.class)
                    .hasMessageContaining("x-oss-tagging")
                    .hasMessageNotContaining("URL");
        }
    }
}
