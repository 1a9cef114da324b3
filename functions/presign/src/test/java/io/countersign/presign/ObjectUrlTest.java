package io.countersign.presign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.registry.Bucket;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectUrlTest {
    private static Bucket in(String region) {
        return new Bucket(
                "examplebucket",
                "1234567890123456",
                region,
                Acl.PRIVATE,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Bucket.DEFAULT_ENDPOINT,
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "cn-hangzhou,oss-cn-hangzhou",
        "cn-hangzhou-finance,oss-cn-hzfinance",
        "cn-shanghai-finance-1,oss-cn-shanghai-finance-1-pub",
        "cn-shenzhen-finance-1,oss-cn-szfinance",
        "cn-north-2-gov-1,oss-cn-north-2-gov-1"
    })
    void theUsualEndpointIsTheRegionsPublicOne(String region, String endpoint) {
        assertThat(ObjectUrl.of(in(region), "a b+c/%2F"))
                .contains("https://examplebucket." + endpoint + ".aliyuncs.com/a%20b%2Bc/%252F");
    }
}
