package io.countersign.gateway.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.OnceParameter;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No proxy of {@code infra} asks {@code /auth} twice about one request: the second answer would be that a URL was used which is good once. */
class AskedOnceTest {
    private static final Pattern NGINX_AUTH = Pattern.compile("(?s)location = /\\.countersign/auth \\{.*?\n    }");
    private static final Pattern CADDY_AUTH = Pattern.compile("(?s)reverse_proxy \\{\\$COUNTERSIGN_GATEWAY.*?\n\t\t}");
    private static final Pattern PLAIN_PARAMETERS = Pattern.compile("\"~(\\^\\(\\(OSSAccessKeyId.*)\" plain;");

    private static String found(Pattern pattern, String file) {
        return pattern.matcher(RecipeFiles.text(file))
                .results()
                .map(MatchResult::group)
                .findFirst()
                .orElseThrow(() -> new AssertionError(file + " has no " + pattern));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx/countersign.conf", "nginx/upstream.conf"})
    void nginxDoesNotTryAgain(String file) {
        assertThat(found(NGINX_AUTH, file)).contains("proxy_next_upstream off;");
    }

    @Test
    void haproxyDoesNotTryAgain() {
        assertThat(RecipeFiles.text("haproxy/haproxy.cfg"))
                .containsPattern("(?m)^ +retries 0$")
                .doesNotContain("redispatch");
    }

    @Test
    void caddyAsksOverANewConnectionWhichGoNeverTriesAgain() {
        assertThat(found(CADDY_AUTH, "caddy/Caddyfile"))
                .contains("keepalive off")
                .doesNotContain("lb_");
    }

    @Test
    void nginxInFrontOfFilesTakesUrlsThatAreBound() {
        Pattern plain = Pattern.compile(PLAIN_PARAMETERS
                .matcher(RecipeFiles.text("nginx/countersign.conf"))
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow());
        assertThat(plain.matcher(
                                OnceParameter.NAME + "=0&x-oss-ac-source-ip=1&x-oss-ac-subnet-mask=2&x-oss-signature=s")
                        .matches())
                .isTrue();
        assertThat(plain.matcher("x-oss-signature=s&x-oss-process=a").matches()).isFalse();
    }
}
