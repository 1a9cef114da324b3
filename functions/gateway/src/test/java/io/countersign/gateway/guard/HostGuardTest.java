package io.countersign.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages and programs reach a private face on loopback. */
class HostGuardTest {
    private static final HostGuard GUARD = new HostGuard(Set.of("gateway.internal"));

    /** The code of a refusal, or nothing. */
    private static String answer(Header... headers) {
        return GUARD.refusal(List.of(headers))
                .map(ProblemException.Problem::code)
                .orElse("");
    }

    private static Header host(String value) {
        return new Header("Host", value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:8080",
                "127.8.9.10",
                "LocalHost",
                "[::1]",
                "[::1]:1",
                "gateway.internal",
                "Gateway.Internal:8080"
            })
    void acceptsAReservedLocalName(String name) {
        assertThat(answer(host(name))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attacker.example",
                "attacker.example:8080",
                "localhost.attacker.example",
                "127.0.0.1.attacker.example",
                "attacker.gateway.internal",
                "gateway.internal.",
                "gateway.internal:",
                "localhost@attacker.example",
                "192.0.2.1",
                "128.0.0.1",
                "127.0.0.1@a",
                "[::2]",
                "local",
                "localhost.",
                "localhost:x",
                "localhost:123456",
                " localhost",
                ""
            })
    void aNameThatAPageCanHaveIsNot(String name) {
        assertThat(answer(host(name))).isEqualTo("HostNotLocal");
    }

    @Test
    void noHostAndTwoHostsAreRefused() {
        assertThat(answer()).isEqualTo("HostNotLocal");
        assertThat(answer(host("localhost"), host("localhost"))).isEqualTo("HostNotLocal");
        assertThat(answer(host("attacker.example"), host("localhost"))).isEqualTo("HostNotLocal");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://attacker.example",
                "https://localhost:8080",
                "http://localhost",
                "http://localhost:8081",
                "http://127.0.0.1:8080",
                "null",
                ""
            })
    void aPageOfAnotherOriginIsRefused(String origin) {
        assertThat(answer(host("localhost:8080"), new Header("Origin", origin))).isEqualTo("ForeignPage");
    }

    @Test
    void aPageOfItsOwnIsTaken() {
        assertThat(answer(host("localhost:8080"), new Header("Origin", "http://localhost:8080")))
                .isEmpty();
        assertThat(answer(host("localhost"), new Header("Sec-Fetch-Site", "same-origin")))
                .isEmpty();
        assertThat(answer(host("localhost"), new Header("Sec-Fetch-Site", "none")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "", "x"})
    void refusesACrossSiteRequest(String site) {
        assertThat(answer(host("localhost"), new Header("Sec-Fetch-Site", site)))
                .isEqualTo("ForeignPage");
    }

    @Test
    void oneForeignOriginAmongSeveralIsForeign() {
        Header own = new Header("Origin", "http://localhost");
        assertThat(answer(host("localhost"), own, new Header("Origin", "http://attacker.example")))
                .isEqualTo("ForeignPage");
    }
}
