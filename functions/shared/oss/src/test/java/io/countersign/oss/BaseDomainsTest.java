package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BaseDomainsTest {
    private static final Optional<BaseDomain.HostMatch> NONE = Optional.empty();

    private static Optional<BaseDomain.HostMatch> match(String bucket, String region) {
        return Optional.of(new BaseDomain.HostMatch(bucket, Optional.of(region)));
    }

    @ParameterizedTest
    @CsvSource({
        "oss-cn-hangzhou.aliyuncs.com,'',cn-hangzhou",
        ".oss-cn-hangzhou.aliyuncs.com,'',cn-hangzhou",
        "oss-cn-hangzhou-internal.aliyuncs.com,'',cn-hangzhou",
        "examplebucket.oss-cn-hangzhou.aliyuncs.com,examplebucket,cn-hangzhou",
        "examplebucket.oss-us-west-1-internal.aliyuncs.com,examplebucket,us-west-1",
        "a.b.oss-cn-hangzhou.aliyuncs.com,a.b,cn-hangzhou",
        "oss-x.oss-cn-hangzhou.aliyuncs.com,oss-x,cn-hangzhou",
    })
    void ossNamesBucketAndRegion(String host, String bucket, String region) throws OssRefusal {
        assertThat(BaseDomains.DEFAULT.match(host)).isEqualTo(match(bucket, region));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aliyuncs.com",
                "oss.aliyuncs.com",
                "oss-.aliyuncs.com",
                "oss-cn-hangzhou.aliyuncs.com.evil.example",
                "oss-cn-hangzhou.evilaliyuncs.com",
                "xoss-cn-hangzhou.aliyuncs.com",
                "b.oss-a.b.aliyuncs.com",
                "bucketoss-cn-hangzhou.aliyuncs.com",
                "oss-cn-hangzhou.sts.aliyuncs.com"
            })
    void lookalikesAreNotOss(String host) throws OssRefusal {
        assertThat(BaseDomains.DEFAULT.match(host)).isEqualTo(NONE);
    }

    @Test
    void accelerationNamesNoRegion() throws OssRefusal {
        assertThat(BaseDomains.DEFAULT.match("b12.oss-accelerate.aliyuncs.com"))
                .contains(new BaseDomain.HostMatch("b12", Optional.empty()));
        assertThat(BaseDomains.DEFAULT.match("oss-accelerate-overseas.aliyuncs.com"))
                .contains(new BaseDomain.HostMatch("", Optional.empty()));
    }

    @Test
    void aDomainWithoutAStarNamesNoRegion() throws OssRefusal {
        BaseDomains own = BaseDomains.of(List.of("OSS.Example.com"));
        assertThat(own.match("oss.example.com")).contains(new BaseDomain.HostMatch("", Optional.empty()));
        assertThat(own.match("photos.oss.example.com")).contains(new BaseDomain.HostMatch("photos", Optional.empty()));
        assertThat(own.match("xoss.example.com")).isEmpty();
        assertThat(own.match("example.com")).isEmpty();
    }

    @Test
    void theStarMayBeTheWholeLabel() throws OssRefusal {
        BaseDomains own = BaseDomains.of(List.of("*.oss.example.com"));
        assertThat(own.match("photos.eu-1.oss.example.com")).isEqualTo(match("photos", "eu-1"));
        assertThat(own.match("eu-1.oss.example.com")).isEqualTo(match("", "eu-1"));
        assertThat(own.match("oss.example.com")).isEmpty();
    }

    @Test
    void theDomainThatLeavesTheShortestBucketIsMeant() throws OssRefusal {
        BaseDomains nested = BaseDomains.of(List.of("example.com", "oss.example.com"));
        assertThat(nested.match("photos.oss.example.com"))
                .contains(new BaseDomain.HostMatch("photos", Optional.empty()));
        assertThat(nested.match("oss.example.com")).contains(new BaseDomain.HostMatch("", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "oss-*",
                "a..b",
                ".a.b",
                "oss.*.example.com",
                "oss-*-*.example.com",
                "a b",
                "http://a",
                "a:80",
                "a/"
            })
    void patternsThatAreNoDomainsAreRefused(String pattern) {
        assertThatIllegalArgumentException().isThrownBy(() -> BaseDomains.of(List.of(pattern)));
    }
}
