package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionIdTest {
    @ParameterizedTest
    @CsvSource({
        "https://{bucket}.oss-{region}.aliyuncs.com,cn-hangzhou,https://{bucket}.oss-cn-hangzhou.aliyuncs.com",
        "https://{bucket}.oss-{region}.aliyuncs.com,cn-hangzhou-finance,https://{bucket}.oss-cn-hzfinance.aliyuncs.com",
        "https://{bucket}.oss-{region}.aliyuncs.com,cn-shanghai-finance-1,https://{bucket}.oss-cn-shanghai-finance-1-pub.aliyuncs.com",
        "https://{bucket}.oss-{region}.aliyuncs.com,cn-shenzhen-finance-1,https://{bucket}.oss-cn-szfinance.aliyuncs.com",
        "https://{bucket}.oss-{region}.aliyuncs.com,cn-beijing-finance-1,https://{bucket}.oss-cn-beijing-finance-1-pub.aliyuncs.com",
        "https://{bucket}.oss-{region}.aliyuncs.com,cn-north-2-gov-1,https://{bucket}.oss-cn-north-2-gov-1.aliyuncs.com",
        "http://oss-{region}-internal.aliyuncs.com/{bucket},cn-hangzhou-finance,http://oss-cn-hzfinance-internal.aliyuncs.com/{bucket}",
        "https://{bucket}.{region}.oss.aliyuncs.com,cn-shanghai-finance-1,https://{bucket}.cn-shanghai-finance.oss.aliyuncs.com",
        "https://{bucket}.{region}.oss.aliyuncs.com,cn-hangzhou-finance,https://{bucket}.cn-hangzhou-finance.oss.aliyuncs.com",
        "https://{bucket}.oss-{region}.example.com,cn-hangzhou-finance,https://{bucket}.oss-cn-hangzhou-finance.example.com",
        "http://127.0.0.1:9000/{bucket},cn-hangzhou-finance,http://127.0.0.1:9000/{bucket}",
    })
    void anEndpointIsFilledSoThatItExists(String template, String region, String endpoint) {
        assertThat(RegionId.fill(template, region)).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "cn-hangzhou,cn-hangzhou",
        "cn-hangzhou-internal,cn-hangzhou",
        "cn-shanghai-finance-1-pub,cn-shanghai-finance-1",
        "cn-shanghai-finance-1-pub-internal,cn-shanghai-finance-1",
        "cn-hzfinance,cn-hangzhou-finance",
        "cn-szfinance,cn-shenzhen-finance-1",
        "cn-hangzhou-finance,cn-hangzhou-finance",
        "x-pub,x-pub",
    })
    void anIdIsWhatV4Names(String name, String id) {
        assertThat(RegionId.ofHost(name)).isEqualTo(id);
    }
}
