package io.countersign.oss;

import static io.countersign.oss.ParsedRequests.get;
import static io.countersign.oss.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestParserRefusalsTest {
    private static OssRequest parse(String url, Headers headers) throws OssRefusal {
        return RequestParser.parse("GET", url, headers, BaseDomains.DEFAULT, DomainBinding.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "PATCH", "TRACE", "CONNECT", "PROPFIND", "", "GET "})
    void verbsThatOssLacksAreNotAllowed(String method) {
        refused(OssError.METHOD_NOT_ALLOWED, () -> ParsedRequests.request(method, "/b12/k"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "b12/k",
                "ftp://localhost/b12",
                "file:///etc/passwd",
                "//localhost",
                "http:/localhost/b12",
                "http:localhost",
                "javascript:alert(1)",
                "http//localhost/"
            })
    void urlsOfOtherFormsAreRefused(String url) {
        refused(OssError.INVALID_ARGUMENT, () -> get(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://",
                "http:///b12/k",
                "http://:80/",
                "http://user@localhost/",
                "http://user:pw@localhost/b12/k",
                "http://localhost:/",
                "http://localhost:x/",
                "http://localhost:65536/",
                "http://localhost:123456/",
                "http://localhost:-1/",
                "http://photos%2eoss-cn-hangzhou.aliyuncs.com/",
                "http://a..b/",
                "http://../",
                "http://localhost./",
                "http://..oss-cn-hangzhou.aliyuncs.com/",
                "http://[::1/",
                "http://[::1%25lo]/",
                "http://[::1]x/",
                "http://photos.oss-cn-hangzhou.aliyuncs.com,evil/",
                "http://ｌocalhost/",
                "http://evil.example@oss-cn-hangzhou.aliyuncs.com/"
            })
    void hostTricksAreRefused(String url) {
        refused(OssError.INVALID_ARGUMENT, () -> get(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/b12/a b",
                "http://localhost/b12/a\nb",
                "http://localhost/b12/a\r\nHost: x",
                "http://localhost/b12/a\0b",
                "http://localhost/b12/\u007F",
                "http://localhost/b12\\k",
                "http://localhost\\@evil/",
                "http://localhost/b12/k#x",
                "http://localhost/b12/k?a=\tb",
                " http://localhost/",
                "http://localhost/b12/%zz",
                "http://localhost/b12/%C3",
                "http://localhost/%80/k",
                "http://localhost/b12?prefix=%g1"
            })
    void malformedUrlsAreRefused(String url) {
        refused(OssError.INVALID_ARGUMENT, () -> get(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com/b12/k",
                "http://aliyuncs.com/",
                "http://oss.aliyuncs.com/",
                "http://127.1/b12/k",
                "http://0x7f.0.0.1/",
                "http://localhost.evil.example/b12/k",
                "http://photos.oss-cn-hangzhou.aliyuncs.com.evil.example/k"
            })
    void hostsThatAreNotServedAreRefused(String url) {
        OssRefusal refusal = refused(OssError.WRONG_ENDPOINT, () -> get(url));
        assertThat(refusal.text()).contains("endpoint");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost//k",
                "http://localhost/%2Fphotos/k",
                "http://localhost/pho+tos/k",
                "http://localhost/pho%20tos",
                "http://localhost/photos%00",
                "http://localhost/Photos%2Fk",
                "http://localhost/../b12",
                "http://localhost/UPPER/k",
                "http://localhost/ab",
                "http://a.b.oss-cn-hangzhou.aliyuncs.com/",
                "http://-ab.oss-cn-hangzhou.aliyuncs.com/",
                "http://ab.oss-cn-hangzhou.aliyuncs.com/k"
            })
    void namesThatAreNoBucketsAreRefused(String url) {
        refused(OssError.INVALID_BUCKET_NAME, () -> get(url));
    }

    @Test
    void keysThatOssCannotHoldAreRefused() {
        refused(OssError.INVALID_OBJECT_NAME, () -> get("http://localhost/b12/a%00b"));
        refused(OssError.INVALID_OBJECT_NAME, () -> get("http://localhost/b12/" + "%61".repeat(1_024)));
    }

    @Test
    void aTargetNeedsExactlyOneHost() {
        refused(OssError.INVALID_ARGUMENT, () -> parse("/b12/k", Headers.NONE));
        Headers twice = Headers.NONE.and("Host", "localhost").and("host", "localhost");
        refused(OssError.INVALID_ARGUMENT, () -> parse("/b12/k", twice));
        refused(OssError.INVALID_ARGUMENT, () -> parse("http://localhost/b12/k", twice));
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/b12/k,127.0.0.1",
        "http://localhost/b12/k,localhost:8080",
        "http://localhost:8080/b12/k,localhost",
        "https://localhost/b12/k,localhost:80",
        "http://localhost/b12/k,localhost.",
        "http://localhost/b12/k,''",
        "http://localhost/b12/k,user@localhost",
        "/b12/k,user@localhost",
        "/b12/k,'localhost, localhost'",
        "/b12/k,localhost/b12",
    })
    void aHostThatDiffersOrIsNoneIsRefused(String url, String host) {
        refused(OssError.INVALID_ARGUMENT, () -> parse(url, Headers.NONE.and("Host", host)));
    }

    @Test
    void longUrlsAreRefused() throws OssRefusal {
        String url = "http://localhost/b12?prefix=";
        assertThat(get(url + "a".repeat(RequestParser.MAX_URL - url.length()))).isNotNull();
        refused(OssError.INVALID_ARGUMENT, () -> get(url + "a".repeat(RequestParser.MAX_URL - url.length() + 1)));
    }

    @Test
    void tooManyOrTooLongHeadersAreRefused() throws OssRefusal {
        List<Headers.HeaderField> many = new ArrayList<>();
        for (int i = 0; i < RequestParser.MAX_HEADERS; i++) {
            many.add(new Headers.HeaderField("a", "b"));
        }
        assertThat(ParsedRequests.request("GET", "/b12", new Headers(many))).isNotNull();
        many.add(new Headers.HeaderField("a", "b"));
        refused(OssError.INVALID_ARGUMENT, () -> ParsedRequests.request("GET", "/b12", new Headers(many)));
        Headers longest = Headers.NONE.and("a", "b".repeat(RequestParser.MAX_HEADER_BLOCK - 5));
        assertThat(ParsedRequests.request("GET", "/b12", longest)).isNotNull();
        Headers tooLong = Headers.NONE.and("ab", "b".repeat(RequestParser.MAX_HEADER_BLOCK - 5));
        refused(OssError.INVALID_ARGUMENT, () -> ParsedRequests.request("GET", "/b12", tooLong));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\nb", "ä", "a(b)", "a,b", "{a}", "a/b", "a\"b"})
    void headerNamesAreTokens(String name) {
        refused(OssError.INVALID_ARGUMENT, () -> ParsedRequests.request("GET", "/b12", Headers.NONE.and(name, "v")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\r", "\0", "\u001B[31m", "\u007F"})
    void headerValuesHoldNoControlCharacters(String value) {
        OssRefusal refusal = refused(
                OssError.INVALID_ARGUMENT,
                () -> ParsedRequests.request("GET", "/b12", Headers.NONE.and("x-oss-meta-a", value)));
        assertThat(refusal.text()).contains("x-oss-meta-a").doesNotContain(value);
    }

    @Property
    void anyTextIsParsedOrRefused(@ForAll String method, @ForAll String url, @ForAll String host) {
        try {
            parse(url, Headers.NONE.and("host", host));
        } catch (OssRefusal e) {
            assertThat(e.text()).isNotBlank();
        }
    }

    @Property
    void anyPathAndQueryIsParsedOrRefused(@ForAll String tail) {
        try {
            assertThat(get("http://localhost/" + tail).address().host()).isEqualTo("localhost");
        } catch (OssRefusal e) {
            assertThat(e.text()).isNotBlank();
        }
    }

    @Property
    void noHostLeadsOutOfItsOwnBucket(@ForAll String text) {
        try {
            OssRequest request = get("http://" + text + ".oss-cn-hangzhou.aliyuncs.com/k");
            assertThat(request.address().host()).endsWith(".oss-cn-hangzhou.aliyuncs.com");
            assertThat(request.target()).isInstanceOf(Target.class);
        } catch (OssRefusal e) {
            assertThat(e.text()).isNotBlank();
        }
    }
}
