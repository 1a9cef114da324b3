package io.countersign.token.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StsEndpointTest {
    @Test
    void theDefaultIsAlibabaClouds() {
        assertThat(UpstreamSessions.StsEndpoint.DEFAULT.uri()).isEqualTo(URI.create("https://sts.aliyuncs.com/"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://sts.cn-hangzhou.aliyuncs.com, https://sts.cn-hangzhou.aliyuncs.com/",
        "HTTPS://sts.example:8443/, https://sts.example:8443/",
        "https://sts.example:443, https://sts.example/",
        "https://sts.example:80, https://sts.example:80/",
        "http://localhost:80, http://localhost/",
        "http://127.0.0.1:8080, http://127.0.0.1:8080/",
        "http://localhost:1, http://localhost:1/",
        "http://[::1]:1/, http://[::1]:1/"
    })
    void aHostOverHttpsOrThisMachineIsAccepted(String text, String uri) {
        assertThat(new UpstreamSessions.StsEndpoint(URI.create(text)).uri()).isEqualTo(URI.create(uri));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sts.aliyuncs.com",
                "http://192.168.0.1",
                "http://127.0.0.1.example",
                "http://localhost.example",
                "ftp://sts.aliyuncs.com",
                "https:sts",
                "sts.aliyuncs.com",
                "https://user@sts.aliyuncs.com",
                "https://sts.aliyuncs.com/path",
                "https://sts.aliyuncs.com?a=b",
                "https://sts.aliyuncs.com#a",
                "/"
            })
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> new UpstreamSessions.StsEndpoint(URI.create(text)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("https");
    }
}
