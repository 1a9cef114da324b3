package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.verify.decide.HeaderText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForwardedRequestTest {
    private static ProxyCall told(HeaderFamily family) {
        return ProxyCall.nothing()
                .with(family.method(), "PUT")
                .with(family.uri(), "/b/k?acl=%2f")
                .with(family.host(), "client.example:8443");
    }

    @ParameterizedTest
    @EnumSource
    void theRequestIsTheClientsOwn(HeaderFamily family) throws OssRefusal {
        ForwardedRequest request = ForwardedRequest.read(
                told(family)
                        .with("Authorization", "OSS id:sig")
                        .with("Content-Length", "0")
                        .with("Expect", "100-continue")
                        .with("x-oss-meta-a", "1")
                        .with("X-Oss-Meta-A", " 2")
                        .call(),
                family);
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.uri()).isEqualTo("/b/k?acl=%2f");
        assertThat(request.headers().fields())
                .containsExactly(
                        new Headers.HeaderField("host", "client.example:8443"),
                        new Headers.HeaderField("authorization", "OSS id:sig"),
                        new Headers.HeaderField("x-oss-meta-a", "1"),
                        new Headers.HeaderField("x-oss-meta-a", " 2"));
    }

    @ParameterizedTest
    @EnumSource
    void everyMemberMustBeThereOnce(HeaderFamily family) {
        for (String name : List.of(family.method(), family.uri(), family.host())) {
            ProxyCall whole = told(family);
            String lower = name.toLowerCase(java.util.Locale.ROOT);
            for (ProxyCall call : List.of(
                    whole.without(name),
                    whole.with(lower, "/b/k"),
                    whole.replacing(name, ""),
                    whole.replacing(name, " "))) {
                assertThatThrownBy(() -> ForwardedRequest.read(call.call(), family))
                        .isInstanceOf(OssRefusal.class)
                        .hasMessageContaining(name)
                        .hasMessageContaining("exactly once");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://b.example/k", "https://b.example/k", "*", "k", "?acl"})
    void onlyAPathIsTreatedAsTheUri(String uri) {
        ProxyCall call = told(HeaderFamily.NGINX).replacing("X-Original-URI", uri);
        assertThatThrownBy(() -> ForwardedRequest.read(call.call(), HeaderFamily.NGINX))
                .isInstanceOf(OssRefusal.class)
                .hasMessageContaining("X-Original-URI");
    }

    @Test
    void bytesAreReadAsUtf8WhereTheyAre() {
        assertThat(HeaderText.utf8("\u00e4\u00b8\u00ad")).isEqualTo("中");
        assertThat(HeaderText.utf8("\u00ff")).isEqualTo("\u00ff");
        assertThat(HeaderText.utf8("\u00e4 plain")).isEqualTo("\u00e4 plain");
        assertThat(HeaderText.utf8("中\u00e4\u00b8\u00ad")).isEqualTo("中\u00e4\u00b8\u00ad");
        assertThat(HeaderText.utf8("\u00c0\u00af")).isEqualTo("\u00c0\u00af");
    }

    @Test
    void familiesAndRulesAreNamedAsSettingsNameThem() {
        for (HeaderFamily family : HeaderFamily.values()) {
            assertThat(HeaderFamily.of(family.text())).contains(family);
        }
        for (AuthSettings.KeyRule rule : AuthSettings.KeyRule.values()) {
            assertThat(AuthSettings.KeyRule.of(rule.text())).contains(rule);
        }
        assertThat(HeaderFamily.of("NGINX")).isEmpty();
        assertThat(AuthSettings.KeyRule.of("")).isEmpty();
    }
}
