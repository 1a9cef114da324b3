package io.countersign.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRuleTest {
    private static void isRefused(String uri) {
        assertThatThrownBy(() -> JwksFetcher.AddressRule.require(URI.create(uri)))
                .isInstanceOf(IOException.class);
    }

    private static void isAllowed(String uri) {
        assertThatCode(() -> JwksFetcher.AddressRule.require(URI.create(uri))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://8.8.8.8/jwks",
                "https://8.8.8.8:8443/",
                "https://[2606:4700::1111]/jwks",
                "HTTPS://1.1.1.1/"
            })
    void aPublicAddressIsAllowedOverHttps(String uri) {
        isAllowed(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://8.8.8.8/jwks",
                "ftp://8.8.8.8/jwks",
                "file:///etc/passwd",
                "jar:file:/a!/b",
                "//8.8.8.8/",
                "/jwks"
            })
    void everythingElseThanHttpsIsRefused(String uri) {
        isRefused(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1:8080/jwks",
                "http://localhost/jwks",
                "http://[::1]/jwks",
                "https://127.0.0.1/jwks"
            })
    void loopbackMayBePlainHttp(String uri) {
        isAllowed(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest",
                "https://100.64.0.1/", "https://100.100.100.200/", "https://[fc00::1]/", "https://[fd12::1]/",
                "https://[fe80::1]/", "https://0.1.2.3/", "https://240.0.0.1/", "https://[64:ff9b::a00:1]/",
                "https://[2002:a00:1::1]/", "https://[::10.0.0.1]/", "https://[::ffff:10.0.0.1]/"
            })
    void aPrivateAddressIsRefused(String uri) {
        isRefused(uri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://0.0.0.0/",
                "https://[::]/",
                "https://224.0.0.1/",
                "https://[ff02::1]/",
                "https://[::ffff:127.0.0.1]/"
            })
    void refusesASpecialPurposeAddress(String uri) {
        isRefused(uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://user@8.8.8.8/", "https://8.8.8.8/#keys", "https:///jwks", "https:jwks"})
    void aUrlWithMoreThanAHostIsRefused(String uri) {
        isRefused(uri);
    }

    @Test
    void aNameThatDoesNotResolveIsRefused() {
        isRefused("https://nobody.invalid/");
    }
}
