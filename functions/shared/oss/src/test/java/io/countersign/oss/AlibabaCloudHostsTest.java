package io.countersign.oss;

import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of host of the pages "Regions and endpoints", "OSS accelerator", "Access points" and "Access OSS using AWS SDKs". */
class AlibabaCloudHostsTest {
    private static Optional<BaseDomain.HostMatch> match(String host) throws OssRefusal {
        return BaseDomains.DEFAULT.match(host);
    }

    @ParameterizedTest
    @CsvSource({
        "oss-cn-hangzhou,cn-hangzhou",
        "oss-cn-hangzhou-internal,cn-hangzhou",
        "oss-cn-wuhan-lr,cn-wuhan-lr",
        "oss-rg-china-mainland,rg-china-mainland",
        "cn-hangzhou.oss,cn-hangzhou",
        "eu-central-1.oss,eu-central-1",
        "vpc100-oss-cn-beijing,cn-beijing",
        "cn-hangzhou-internal.oss-data-acc,cn-hangzhou",
        "cn-hangzhou-j-internal.oss-data-acc,cn-hangzhou",
        "cn-beijing-h-internal.oss-data-acc,cn-beijing",
        "ap-southeast-1c-internal.oss-data-acc,ap-southeast-1",
        "cn-hangzhou.oss-data-acc,cn-hangzhou",
        "oss-cache-cn-beijing-h,cn-beijing",
        "oss-cn-hzfinance,cn-hangzhou-finance",
        "oss-cn-hzfinance-internal,cn-hangzhou-finance",
        "oss-cn-hzjbp-a-internal,cn-hangzhou-finance",
        "oss-cn-hzjbp-b-internal,cn-hangzhou-finance",
        "cn-hangzhou-finance.oss,cn-hangzhou-finance",
        "oss-cn-shanghai-finance-1-internal,cn-shanghai-finance-1",
        "oss-cn-shanghai-finance-1-pub,cn-shanghai-finance-1",
        "oss-cn-shanghai-finance-1-pub-internal,cn-shanghai-finance-1",
        "cn-shanghai-finance.oss,cn-shanghai-finance-1",
        "oss-cn-shenzhen-finance-1-internal,cn-shenzhen-finance-1",
        "oss-cn-szfinance,cn-shenzhen-finance-1",
        "oss-cn-szfinance-internal,cn-shenzhen-finance-1",
        "cn-shenzhen-finance.oss,cn-shenzhen-finance-1",
        "oss-cn-beijing-finance-1-internal,cn-beijing-finance-1",
        "oss-cn-beijing-finance-1-pub,cn-beijing-finance-1",
        "oss-cn-beijing-finance-1-pub-internal,cn-beijing-finance-1",
        "oss-cn-north-2-gov-1,cn-north-2-gov-1",
        "oss-cn-north-2-gov-1-internal,cn-north-2-gov-1",
        "cn-north-2-gov-1.oss,cn-north-2-gov-1",
    })
    void everyKindOfEndpointNamesItsRegionByItsId(String endpoint, String region) throws OssRefusal {
        String host = endpoint + ".aliyuncs.com";
        for (String service : List.of(host, "." + host)) {
            assertThat(match(service)).contains(new BaseDomain.HostMatch("", Optional.of(region)));
        }
        assertThat(match("examplebucket." + host))
                .contains(new BaseDomain.HostMatch("examplebucket", Optional.of(region)));
        assertThat(match("a.b." + host)).contains(new BaseDomain.HostMatch("a.b", Optional.of(region)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"oss-accelerate", "oss-accelerate-overseas"})
    void accelerationIsForEveryRegion(String endpoint) throws OssRefusal {
        assertThat(match(endpoint + ".aliyuncs.com")).contains(new BaseDomain.HostMatch("", Optional.empty()));
        assertThat(match("b12." + endpoint + ".aliyuncs.com"))
                .contains(new BaseDomain.HostMatch("b12", Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource({
        "ap-01-1234567890123456.oss-cn-hangzhou.oss-accesspoint,access point",
        "ap-01.oss-cn-hangzhou-internal.oss-accesspoint,access point",
        "fc-ap-01-1234567890123456.oss-cn-qingdao.oss-object-process,Object FC access point",
        "b12.cn-hangzhou.oss-dls,OSS-HDFS",
        "cb-f8z7yvzgwfkl9q0h.cn-hangzhou.oss-cloudbox,CloudBox",
        "b12.cb-f8z7yvzgwfkl9q0h.cn-hangzhou.oss-cloudbox,CloudBox",
        "cb-f8z7yvzgwfkl9q0h.cn-hangzhou.oss-cloudbox-control,CloudBox",
        "b12-1234567890123456.cn-hangzhou.oss-vectors,OSS Vectors",
        "b12-1234567890123456.cn-hangzhou-internal.oss-tables,OSS Tables",
        "s3.oss-cn-hangzhou,S3-compatible",
        "b12.s3.oss-cn-hangzhou,S3-compatible",
        "b12.s3.oss-cn-hangzhou-internal,S3-compatible",
        "s3.oss-accelerate,S3-compatible",
        "b12.s3.cn-hangzhou.oss,S3-compatible",
    })
    void namesTheServiceOfAHostThatIsNotAnOssEndpoint(String host, String what) {
        assertThat(refused(OssError.OTHER_ENDPOINT, () -> match(host + ".aliyuncs.com"))
                        .text())
                .contains(what)
                .doesNotContain("aliyuncs");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "oss.aliyuncs.com",
                "b12.oss.aliyuncs.com",
                "oss-data-acc.aliyuncs.com",
                "b12.oss-data-acc.aliyuncs.com",
                "vpc100-oss-.aliyuncs.com",
                "vpc100.aliyuncs.com",
                "cn-hangzhou.oss.aliyuncs.com.example",
                "cn-hangzhou.oss.evilaliyuncs.com",
                "cn-hangzhou.xoss.aliyuncs.com"
            })
    void lookalikesAreNone(String host) throws OssRefusal {
        assertThat(match(host)).isEmpty();
    }

    @Test
    void matchesOnlyTheHostsOfAnOwnBaseDomain() throws OssRefusal {
        BaseDomains own = BaseDomains.of(List.of("oss-*.example.com"));
        assertThat(own.match("cn-hangzhou.oss.example.com")).isEmpty();
        assertThat(own.match("vpc100-oss-cn-hangzhou.example.com")).isEmpty();
        assertThat(own.match("b12.oss-cn-hzfinance.example.com"))
                .contains(new BaseDomain.HostMatch("b12", Optional.of("cn-hzfinance")));
        BaseDomains one = BaseDomains.of(List.of("oss-cn-hangzhou.aliyuncs.com"));
        assertThat(one.match("b12.cn-hangzhou.oss.aliyuncs.com")).isEmpty();
    }

    @Test
    void acceptsHostsOfOssAndOfAnOwnBaseDomain() throws OssRefusal {
        BaseDomains both = BaseDomains.of(List.of("OSS-*.aliyuncs.com", "oss.example.com"));
        assertThat(both.match("b12.cn-hangzhou.oss.aliyuncs.com"))
                .contains(new BaseDomain.HostMatch("b12", Optional.of("cn-hangzhou")));
        assertThat(both.match("b12.oss.example.com")).contains(new BaseDomain.HostMatch("b12", Optional.empty()));
    }
}
