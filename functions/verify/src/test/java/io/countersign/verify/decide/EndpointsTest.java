package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.explain.ExplainedAnswer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets asked for at every kind of endpoint that OSS has, and at what looks like one. */
class EndpointsTest {
    private static final String MANIFEST = """
            {"accounts": [{"id": "1000000000000001", "accessKeys": [{"id": "LTAI5tEndpointsTest00001", "secret": "endpoints-secret"}],
             "buckets": [
              {"name": "hangzhou", "region": "cn-hangzhou", "acl": "public-read"},
              {"name": "finance", "region": "cn-shanghai-finance-1", "acl": "public-read"},
              {"name": "hz-finance", "region": "cn-hangzhou-finance", "acl": "public-read"},
              {"name": "old-finance", "region": "cn-hzfinance", "acl": "public-read"}]}]}""";

    private final Verifier verifier = new Verifier(
            ManifestRegistry.of(MANIFEST, SampleRegistry.NOW),
            SessionOpener.NONE,
            new SigningKeys(16),
            BaseDomains.DEFAULT);

    private VerifyAnswer ask(String url) throws StoreUnavailable {
        return verifier.verify(VerifyRequests.of("GET", url, Headers.NONE), SampleRegistry.NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "hangzhou,oss-cn-hangzhou",
        "hangzhou,oss-cn-hangzhou-internal",
        "hangzhou,cn-hangzhou.oss",
        "hangzhou,vpc100-oss-cn-hangzhou",
        "hangzhou,cn-hangzhou-internal.oss-data-acc",
        "hangzhou,oss-accelerate",
        "hangzhou,oss-accelerate-overseas",
        "finance,oss-cn-shanghai-finance-1-pub",
        "finance,oss-cn-shanghai-finance-1-internal",
        "finance,cn-shanghai-finance.oss",
        "hz-finance,oss-cn-hzfinance",
        "hz-finance,oss-cn-hzjbp-b-internal",
        "old-finance,oss-cn-hzfinance",
    })
    void aBucketIsFoundAtEachOfItsEndpoints(String bucket, String endpoint) throws StoreUnavailable {
        for (String url :
                List.of(bucket + "." + endpoint + ".aliyuncs.com/a/b", endpoint + ".aliyuncs.com/" + bucket + "/a/b")) {
            VerifyAnswer answer = ask("https://" + url);
            assertThat(answer.error()).as(url).isEmpty();
            assertThat(answer.resource()).contains("acs:oss:*:1000000000000001:" + bucket + "/a/b");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "finance,oss-cn-hangzhou,oss-cn-shanghai-finance-1-pub.aliyuncs.com",
        "hz-finance,cn-hangzhou.oss,oss-cn-hzfinance.aliyuncs.com",
        "old-finance,oss-cn-hangzhou,oss-cn-hzfinance.aliyuncs.com",
        "hangzhou,oss-cn-shanghai-finance-1-pub,oss-cn-hangzhou.aliyuncs.com",
        "hangzhou,cn-beijing-h-internal.oss-data-acc,oss-cn-hangzhou.aliyuncs.com",
        "hangzhou,vpc100-oss-cn-beijing,oss-cn-hangzhou.aliyuncs.com",
    })
    void aHostOfAnotherRegionIsAnsweredWithTheBucketsEndpoint(String bucket, String endpoint, String advice)
            throws StoreUnavailable {
        VerifyAnswer.AnswerError error = ask("https://" + bucket + "." + endpoint + ".aliyuncs.com/a")
                .error()
                .orElseThrow();
        assertThat(error.code()).isEqualTo("AccessDenied");
        assertThat(error.details()).contains(Map.entry("Bucket", bucket), Map.entry("Endpoint", advice));
    }

    @Test
    void anAliasOfAnAccessPointIsNoBucket() throws StoreUnavailable {
        for (String alias :
                List.of("ap-01-3b00521f653d2b3223680ec39dbbe2-ossalias", "fc-ap-01-3b00521f653d2b32-opapalias")) {
            VerifyAnswer.AnswerError error = ask("https://" + alias + ".oss-cn-hangzhou.aliyuncs.com/a")
                    .error()
                    .orElseThrow();
            assertThat(error.code()).isEqualTo("NoSuchBucket");
            assertThat(error.message()).contains("alias of an access point", "name the bucket");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ap-01-1000000000000001.oss-cn-hangzhou.oss-accesspoint",
                "fc-01-1000000000000001.oss-cn-hangzhou.oss-object-process",
                "hangzhou.s3.oss-cn-hangzhou",
                "s3.oss-cn-hangzhou",
                "hangzhou.cn-hangzhou.oss-dls"
            })
    void refusesAHostOfAnotherServiceByName(String host) throws StoreUnavailable {
        ExplainedAnswer answer = ExplainedAnswer.of(
                verifier, VerifyRequests.of("GET", "https://" + host + ".aliyuncs.com/a", Headers.NONE));
        VerifyAnswer.AnswerError error = answer.error().orElseThrow();
        assertThat(error.code()).isEqualTo("AccessDenied");
        assertThat(error.message()).startsWith("The host is ");
        assertThat(error.details()).isEmpty();
        assertThat(answer.explained().cause().orElseThrow().sentence()).isEqualTo(error.message());
    }
}
