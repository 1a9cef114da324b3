package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** docs/apps/session.js in a real browser, with the gateway's own /token in another origin. */
@Tag("browser")
@ExtendWith(AppStorageParameter.class)
class AppSessionIT {
    private static final String PAGE = """
            <!doctype html>
            <meta charset="utf-8">
            <title>An app</title>
            <script type="module">
              import {Sessions, SessionError} from "./session.js";
              let asked = 0;
              const counted = (...given) => {
                asked++;
                return fetch(...given);
              };
              async function work() {
                %s
              }
              let outcome;
              try {
                outcome = await work();
              } catch (error) {
                outcome = `${error instanceof SessionError} ${error.status} ${error.code}`;
              }
              await fetch("/outcome", {method: "POST", body: outcome});
            </script>
            """;

    private final AppStorage guarded;

    AppSessionIT(AppStorage guarded) {
        this.guarded = guarded;
    }

    @BeforeEach
    void serve() throws Exception {
        guarded.app.apps();
    }

    private String outcome(String name, String work, String bearer) throws Exception {
        String script =
                work.replace("<TOKEN>", guarded.gateway.url() + "/token").replace("<BEARER>", bearer);
        try (Chromium chromium = Chromium.open(guarded.app.page(name, PAGE.formatted(script)))) {
            return guarded.app.outcome(120);
        }
    }

    @Test
    void allThatWaitGetOneSession() throws Exception {
        String work = """
                const sessions = new Sessions({token: "<TOKEN>", bearer: () => "<BEARER>", durationSeconds: 900, fetch: counted});
                const got = await Promise.all(Array.from({length: 50}, () => sessions.get()));
                const again = await sessions.get();
                const life = (again.expiration - Date.now()) / 60000;
                return [got.every(one => one === again), asked, again.accessKeyId.slice(0, 4), Math.round(life)].join(" ");
                """;
        assertThat(outcome("sessions", work, guarded.tokens.of("alice"))).isEqualTo("true 1 STS. 15");
    }

    @Test
    void aRefusalHasItsCode() throws Exception {
        String work = """
                return (await new Sessions({token: "<TOKEN>", bearer: () => "<BEARER>"}).get()).accessKeyId;
                """;
        assertThat(outcome("refusal", work, "none")).startsWith("true 401 ");
    }

    @Test
    void aGatewayThatDoesNotKnowTheOriginCannotBeReached() throws Exception {
        String work = """
                return (await new Sessions({token: "<TOKEN>", bearer: () => "<BEARER>"}).get()).accessKeyId;
                """;
        try (AppPages other = AppPages.start()) {
            other.apps();
            String page = other.page(
                    "foreign",
                    PAGE.formatted(work.replace("<TOKEN>", guarded.gateway.url() + "/token")
                            .replace("<BEARER>", guarded.tokens.of("alice"))));
            try (Chromium chromium = Chromium.open(page)) {
                assertThat(other.outcome(120)).isEqualTo("true 0 ");
            }
        }
    }
}
