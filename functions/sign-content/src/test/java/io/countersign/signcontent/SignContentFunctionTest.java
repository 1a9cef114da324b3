package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.delegation.SigningOptions;
import io.countersign.registry.KeyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignContentFunctionTest {
    private static final String CONTENT = SignContentCalls.v1("GET", "/examplebucket/k");

    private static Reply handle(TestRegistry registry, Call call) {
        return SignContentCalls.function(registry, SignContentSettings.DEFAULT).handle(call, NOW);
    }

    private static Reply handle(Call call) {
        return handle(SignContentCalls.registry(SignContentCalls.ANYTHING), call);
    }

    @Test
    void aCallerWithoutATokenIsRefused() {
        Call call = new Call(
                "POST",
                "/sign-content",
                Optional.empty(),
                List.of(new Header("Content-Type", "text/plain")),
                Bytes.utf8(CONTENT),
                "203.0.113.7",
                true);
        Reply reply = handle(call);
        SignContentCalls.isRefused(reply, 401, "MissingToken");
        assertThat(reply.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void refusesAnUnknownToken() {
        SignContentCalls.isRefused(
                handle(SignContentCalls.call("text/plain", Bytes.utf8(CONTENT), "a.b.c")), 401, "InvalidToken");
    }

    @Test
    void anotherMethodIsRefused() {
        Call call = new Call("GET", "/sign-content", Optional.empty(), List.of(), Bytes.EMPTY, "203.0.113.7", true);
        Reply reply = handle(call);
        SignContentCalls.isRefused(reply, 405, "MethodNotAllowed");
        assertThat(reply.header("Allow")).contains("POST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/html",
                "text/plain; charset=gbk",
                "application/x-www-form-urlencoded",
                "application/octet-stream"
            })
    void anotherContentTypeIsRefused(String type) {
        SignContentCalls.isRefused(
                handle(SignContentCalls.call(type, Bytes.utf8(CONTENT), SignContentCalls.TOKEN)),
                415,
                "UnsupportedMediaType");
    }

    @Test
    void aBodyBeyondTheBoundIsRefused() {
        SignContentCalls.isRefused(
                handle(SignContentCalls.call("text/plain", Bytes.utf8("x".repeat(65_537)), SignContentCalls.TOKEN)),
                413,
                "BodyTooLarge");
    }

    @Test
    void withoutAKeyNothingIsSigned() {
        TestRegistry registry = TestRegistry.with(SignContentCalls.ANYTHING)
                .bucket("examplebucket")
                .signer(SignContentCalls.KEY_ID, SignContentCalls.SECRET, KeyStatus.INACTIVE);
        SignContentCalls.isRefused(
                handle(registry, SignContentCalls.call("text/plain", Bytes.utf8(CONTENT), SignContentCalls.TOKEN)),
                409,
                "NoSigner");
    }

    @Test
    void withoutTheStoreNothingIsSigned() {
        TestRegistry registry = SignContentCalls.registry(SignContentCalls.ANYTHING);
        registry.store().down(true);
        SignContentCalls.isRefused(
                handle(registry, SignContentCalls.call("text/plain", Bytes.utf8(CONTENT), SignContentCalls.TOKEN)),
                503,
                "Unavailable");
    }

    @Test
    void theCapIsOfWholeSecondsUpToAWeek() {
        for (Duration bad : new Duration[] {
            Duration.ZERO,
            Duration.ofSeconds(-1),
            Duration.ofMillis(1500),
            Duration.ofDays(7).plusSeconds(1)
        }) {
            assertThatThrownBy(() -> new SignContentSettings(bad, SigningOptions.DEFAULT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new SignContentSettings(Duration.ofDays(7), SigningOptions.DEFAULT).maxExpiry())
                .isEqualTo(Duration.ofDays(7));
        assertThat(SignContentSettings.DEFAULT.maxExpiry()).isEqualTo(Duration.ofHours(1));
    }
}
