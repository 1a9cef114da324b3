package io.countersign.oss;

import static io.countersign.oss.ParsedRequests.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserTest {
    private static final DomainBinding IMAGES =
            host -> host.equals("img.example.com") ? Optional.of("images") : Optional.empty();

    @Test
    void aVirtualHostNamesBucketAndRegion() throws OssRefusal {
        OssRequest request = get("https://examplebucket.oss-cn-hangzhou.aliyuncs.com/dir/a.txt?acl");
        assertThat(request.address())
                .isEqualTo(new Address(
                        Target.object("examplebucket", "dir/a.txt"),
                        Address.Style.VIRTUAL_HOST,
                        "examplebucket.oss-cn-hangzhou.aliyuncs.com",
                        Optional.of("cn-hangzhou")));
        assertThat(request.method()).isEqualTo(HttpMethod.GET);
        assertThat(request.query().has("acl")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://oss-cn-hangzhou.aliyuncs.com",
        "http://oss-cn-hangzhou.aliyuncs.com/",
        "http://oss-cn-hangzhou.aliyuncs.com?max-keys=1",
        "http://.oss-cn-hangzhou.aliyuncs.com/",
        "http://127.0.0.1:9000/",
        "http://localhost",
        "http://[::1]:9000/",
    })
    void readsTheBaseDomainAsTheService(String url) throws OssRefusal {
        assertThat(get(url).target()).isEqualTo(Target.service());
        assertThat(get(url).address().style()).isEqualTo(Address.Style.PATH);
    }

    @ParameterizedTest
    @CsvSource({
        "http://oss-cn-hangzhou.aliyuncs.com/photos",
        "http://oss-cn-hangzhou.aliyuncs.com/photos/",
        "http://.oss-cn-hangzhou.aliyuncs.com/photos/",
        "http://127.0.0.1:9000/photos?acl",
        "http://localhost/photos/?acl",
        "http://photos.oss-cn-hangzhou.aliyuncs.com",
        "http://photos.oss-cn-hangzhou.aliyuncs.com/",
        "http://photos.oss-cn-hangzhou.aliyuncs.com?acl",
        "http://PHOTOS.OSS-cn-hangzhou.aliyuncs.com:80/",
    })
    void aBucketIsNamedByHostOrFirstSegment(String url) throws OssRefusal {
        assertThat(get(url).target()).isEqualTo(Target.bucket("photos"));
    }

    @ParameterizedTest
    @CsvSource({
        "/photos/a/b,a/b",
        "/photos//a,/a",
        "/photos///,//",
        "/photos/../x,../x",
        "/photos/./x,./x",
        "/photos/a%2Fb,a/b",
        "/photos/%2e%2e/x,../x",
        "/photos/%2525,%25",
        "/photos/a+b%20c%2Bd,a b c+d",
        "/photos/%3Facl,?acl",
        "/photos/%5Cx,\\x",
        "/photos/%E4%B8%AD,中",
        "/photos/中,中",
        "/photos/http://other/k,http://other/k",
    })
    void keysAreDecodedOnceAndKeptLiterally(String path, String key) throws OssRefusal {
        assertThat(get("http://localhost" + path).target()).isEqualTo(Target.object("photos", key));
        String below = path.substring("/photos".length());
        assertThat(get("http://photos.oss-cn-beijing.aliyuncs.com" + below).target())
                .isEqualTo(Target.object("photos", key));
    }

    /** As oss2, Go v1, ossutil, Ruby and C write slashes; C also the one after the bucket. */
    @ParameterizedTest
    @CsvSource({
        "/photos%2Fa%2Fb,a/b",
        "/photos%2fa,a",
        "/photos%2F%2Fa,/a",
        "/photos%2Fa%2520b,a%20b",
        "/photos%2Fa%252Fb,a%2Fb",
        "/photos%2Fa+b%2Bc,a b+c",
        "/%70hotos/a,a",
    })
    void aPathIsDecodedOnceAndThenSplit(String path, String key) throws OssRefusal {
        assertThat(get("http://127.0.0.1:9000" + path).target()).isEqualTo(Target.object("photos", key));
    }

    @Test
    void acceptsAnEncodedSlashAfterABucket() throws OssRefusal {
        assertThat(get("http://127.0.0.1/photos%2F?acl").target()).isEqualTo(Target.bucket("photos"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"//?marker&max-keys=3", "///?prefix=a", "//", "/%2F", "/%2f/"})
    void readsOnlySlashesAsTheServiceWithoutABucketInTheHost(String target) throws OssRefusal {
        assertThat(get("http://127.0.0.1:9000" + target).target()).isEqualTo(Target.service());
        assertThat(get("http://oss-cn-hangzhou.aliyuncs.com" + target).target()).isEqualTo(Target.service());
        assertThat(get("http://photos.oss-cn-hangzhou.aliyuncs.com" + target).target())
                .isInstanceOf(Target.ObjectKey.class);
    }

    @Test
    void slashesAreAKeyWhereTheHostNamesABucket() throws OssRefusal {
        assertThat(get("http://photos.oss-cn-hangzhou.aliyuncs.com///?acl").target())
                .isEqualTo(Target.object("photos", "//"));
        assertThat(RequestParser.parse("GET", "https://img.example.com//", Headers.NONE, BaseDomains.DEFAULT, IMAGES)
                        .target())
                .isEqualTo(Target.object("images", "/"));
    }

    @Test
    void aTargetIsReadWithItsHostHeader() throws OssRefusal {
        Headers headers = Headers.NONE.and("Host", "photos.oss-cn-hangzhou.aliyuncs.com:8080");
        OssRequest request = RequestParser.parse("PUT", "//a?x=1", headers, BaseDomains.DEFAULT, DomainBinding.NONE);
        assertThat(request.target()).isEqualTo(Target.object("photos", "/a"));
        assertThat(request.headers()).isEqualTo(headers);
    }

    @Test
    void anAbsoluteUrlGivesTheHostHeaderThatIsMissing() throws OssRefusal {
        assertThat(get("http://LOCALHOST:9000/b12/k").headers().all("host")).containsExactly("LOCALHOST:9000");
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost:9000/b12/k,LOCALHOST:9000",
        "http://localhost/b12/k,localhost:80",
        "http://localhost:80/b12/k,localhost",
        "https://localhost:443/b12/k,localhost",
    })
    void acceptsTheSameHostWithAnAbsoluteUrl(String url, String host) throws OssRefusal {
        Headers headers = Headers.NONE.and("Host", host);
        OssRequest request = RequestParser.parse("GET", url, headers, BaseDomains.DEFAULT, DomainBinding.NONE);
        assertThat(request.headers().all("host")).containsExactly(host);
    }

    @Test
    void aCustomDomainNamesItsBucketAndNoRegion() throws OssRefusal {
        OssRequest request =
                RequestParser.parse("GET", "https://IMG.example.com/a/b", Headers.NONE, BaseDomains.DEFAULT, IMAGES);
        assertThat(request.address())
                .isEqualTo(new Address(
                        Target.object("images", "a/b"),
                        Address.Style.CUSTOM_DOMAIN,
                        "img.example.com",
                        Optional.empty()));
    }

    @Test
    void aHostUnderABaseDomainIsNoCustomDomain() throws OssRefusal {
        DomainBinding all = host -> Optional.of("images");
        OssRequest request = RequestParser.parse(
                "GET", "http://photos.oss-cn-hangzhou.aliyuncs.com/k", Headers.NONE, BaseDomains.DEFAULT, all);
        assertThat(request.target()).isEqualTo(Target.object("photos", "k"));
        request = RequestParser.parse(
                "GET", "http://oss-cn-hangzhou.aliyuncs.com/photos/k", Headers.NONE, BaseDomains.DEFAULT, all);
        assertThat(request.target()).isEqualTo(Target.object("photos", "k"));
    }

    @Test
    void aCustomDomainBeatsAddresses() throws OssRefusal {
        DomainBinding all = host -> Optional.of("images");
        for (String host : List.of("127.0.0.1", "localhost")) {
            OssRequest request =
                    RequestParser.parse("GET", "http://" + host + "/k", Headers.NONE, BaseDomains.DEFAULT, all);
            assertThat(request.target()).isEqualTo(Target.object("images", "k"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "POST", "HEAD", "DELETE", "OPTIONS"})
    void everyVerbOfOssIsRead(String method) throws OssRefusal {
        assertThat(ParsedRequests.request(method, "/b12/k").method().name()).isEqualTo(method);
    }

    @Test
    void headerValuesMayHoldTabsAndRawBytes() throws OssRefusal {
        Headers headers = Headers.NONE.and("x-oss-meta-a", "a\tb").and("x-oss-meta-b", "ä中\u0085");
        assertThat(ParsedRequests.request("GET", "/b12/k", headers).headers().fields())
                .containsAll(headers.fields());
    }

    @Property
    void anyKeyComesBackFromItsEncodedPath(@ForAll @StringLength(min = 1, max = 300) String text) throws OssRefusal {
        String key = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8).replace('\0', '0');
        String path = "/" + PercentEncoding.encodePath(key);
        assertThat(get("http://localhost/photos" + path).target()).isEqualTo(Target.object("photos", key));
        assertThat(get("http://photos.oss-cn-hangzhou.aliyuncs.com" + path).target())
                .isEqualTo(Target.object("photos", key));
    }
}
