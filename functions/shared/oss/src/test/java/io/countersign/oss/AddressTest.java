package io.countersign.oss;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {
    private static final DomainBinding IMAGES =
            host -> host.equals("img.example.com") ? Optional.of("images") : Optional.empty();

    private static Address address(String url) throws OssRefusal {
        return RequestParser.parse("GET", url, Headers.NONE, BaseDomains.DEFAULT, IMAGES)
                .address();
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9000/photos/a%20b, 127.0.0.1:9000, 127.0.0.1:9000",
        "http://[::1]:9000/photos/a, [::1]:9000, [::1]:9000",
        "http://PHOTOS.oss-cn-hangzhou.aliyuncs.com:8443/a, photos.oss-cn-hangzhou.aliyuncs.com:8443, oss-cn-hangzhou.aliyuncs.com:8443",
        "http://photos.oss-cn-hangzhou.aliyuncs.com/a, photos.oss-cn-hangzhou.aliyuncs.com, oss-cn-hangzhou.aliyuncs.com",
        "http://oss-cn-hangzhou.aliyuncs.com/, oss-cn-hangzhou.aliyuncs.com, oss-cn-hangzhou.aliyuncs.com",
        "http://img.example.com:81/a, img.example.com:81, img.example.com:81"
    })
    void isTheHostWithItsPort(String url, String authority, String endpoint) throws OssRefusal {
        assertThat(address(url).authority()).isEqualTo(authority);
        assertThat(address(url).endpoint()).isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9000/photos/a%20b%2Fc, http://127.0.0.1:9000/photos/a%20b/c",
        "http://photos.oss-cn-hangzhou.aliyuncs.com/a%2Bb, http://photos.oss-cn-hangzhou.aliyuncs.com/a%2Bb",
        "http://img.example.com:81/a, http://img.example.com:81/a",
        "http://127.0.0.1:9000/photos, http://127.0.0.1:9000/photos/",
        "http://photos.oss-cn-hangzhou.aliyuncs.com, http://photos.oss-cn-hangzhou.aliyuncs.com/",
        "http://oss-cn-hangzhou.aliyuncs.com/, http://oss-cn-hangzhou.aliyuncs.com/"
    })
    void writesTheUrlOfItsTarget(String url, String written) throws OssRefusal {
        assertThat(address(url).url(false)).isEqualTo(written);
        assertThat(address(url).url(true)).isEqualTo(written.replace("http:", "https:"));
        assertThat(address(written)).isEqualTo(address(url));
    }
}
