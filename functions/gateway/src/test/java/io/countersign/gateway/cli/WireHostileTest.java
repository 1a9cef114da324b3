package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.WireAnswers.Answer;
import io.countersign.gateway.server.RawConnection;
import io.countersign.gateway.server.WireInputs;
import io.countersign.gateway.server.WireInputs.Input;
import io.countersign.http.hostile.Cases;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever comes over a connection, every face goes on answering, and lets nothing pass that was not signed. */
class WireHostileTest {
    private static final int AT_ONCE = 64;
    /** Inputs of one run: 5,000 unless the build says otherwise. */
    private static final int INPUTS = Integer.getInteger("hostile.wire.inputs", 5_000);

    private static HostileGateway gateway;

    @BeforeAll
    static void start(@TempDir Path directory) throws Exception {
        // Short, because many inputs end only when the server has waited long enough.
        gateway = new HostileGateway(directory.resolve("data"), Duration.ofMillis(300));
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void theExchangesAreSoundAsTheyStand(@TempDir Path directory) throws Exception {
        List<String> seen = new ArrayList<>();
        try (HostileGateway patient = new HostileGateway(directory.resolve("data"), Duration.ofSeconds(5));
                ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<List<Answer>>> sent = new ArrayList<>();
            for (String text : SoundExchanges.all()) {
                byte[] exchange = text.getBytes(StandardCharsets.UTF_8);
                sent.add(clients.submit(
                        () -> WireAnswers.judged(RawConnection.exchange(patient.url, exchange), exchange)));
            }
            for (Future<List<Answer>> answers : sent) {
                for (Answer answer : answers.get()) {
                    seen.add(answer.status() + (answer.allows() ? " allowed" : ""));
                }
            }
        }
        assertThat(seen)
                .containsExactly(
                        "200 allowed",
                        "200",
                        "200",
                        "200 allowed",
                        "200 allowed",
                        "403",
                        "403",
                        "401",
                        "200",
                        "400",
                        "200",
                        "200",
                        "200",
                        "403");
    }

    @Test
    void spoiledExchangesAreAnsweredAndNothingPassesThatWasNotSigned() throws Exception {
        WireInputs inputs = new WireInputs(SoundExchanges.all(), Seeds.random());
        int answers = 0;
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int done = 0; done < INPUTS; done += AT_ONCE) {
                List<Future<Integer>> sent = new ArrayList<>();
                for (int i = done; i < Math.min(INPUTS, done + AT_ONCE); i++) {
                    Input input = inputs.next();
                    sent.add(clients.submit(() -> answered(input)));
                }
                for (Future<Integer> each : sent) {
                    answers += each.get();
                }
            }
        }
        assertThat(answers).as("answers").isGreaterThan(INPUTS / 2);
        healthy();
    }

    @Test
    void inputsThatOnceHurtAreAnswered() {
        List<byte[]> cases = Cases.of(WireHostileTest.class, "hostile-wire.txt");
        assertThat(cases).hasSizeGreaterThan(20).allSatisfy(input -> {
            assertThat(WireAnswers.judged(RawConnection.exchange(gateway.url, input), input))
                    .noneMatch(Answer::allows);
            healthy();
        });
    }

    private static String ask(String line, String host, String more) throws Exception {
        return RawConnection.exchange(
                gateway.url,
                line + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 2\r\n" + more + "\r\n{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST /verify",
                "PUT /acl",
                "POST /events",
                "POST /sessions/revoke",
                "GET /console",
                "POST /console/explain"
            })
    void everyPrivateFaceIsGuarded(String line) throws Exception {
        assertThat(ask(line, "attacker.example", ""))
                .startsWith("HTTP/1.1 421 ")
                .contains("HostNotLocal");
        assertThat(ask(line, "localhost", "Origin: http://attacker.example\r\n"))
                .startsWith("HTTP/1.1 403 ")
                .contains("ForeignPage");
        assertThat(ask(line, "localhost", "")).doesNotContain("HostNotLocal", "ForeignPage");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /auth", "GET /health"})
    void aProxyAndAProbeMayCallByAnyName(String line) throws Exception {
        assertThat(ask(line, "storage.example", "Origin: https://app.example\r\n"))
                .doesNotContain("HostNotLocal", "ForeignPage");
    }

    /** How many answers came; those to a client that does not wait are not counted. */
    private static int answered(Input input) throws IOException {
        try {
            return switch (input.manner()) {
                case WHOLE ->
                    WireAnswers.judged(RawConnection.exchange(gateway.url, input.bytes()), input.bytes())
                            .size();
                case PIECES ->
                    WireAnswers.judged(RawConnection.pieces(gateway.url, input.bytes(), 7), input.bytes())
                            .size();
                case LEAVE -> RawConnection.leave(gateway.url, input.bytes(), false);
                case RESET -> RawConnection.leave(gateway.url, input.bytes(), true);
            };
        } catch (AssertionError e) {
            String text = new String(input.bytes(), StandardCharsets.ISO_8859_1);
            throw new AssertionError("input:\n" + text, e);
        }
    }

    /** Connections that were just left take a moment to be given back; until then a new one may be closed at once. */
    private static void healthy() throws Exception {
        String answer = "";
        for (int i = 0; answer.isEmpty() && i < 100; i++) {
            answer = RawConnection.exchange(
                    gateway.url,
                    "GET /health HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            if (answer.isEmpty()) {
                Thread.sleep(100);
            }
        }
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"UP\"}");
    }
}
