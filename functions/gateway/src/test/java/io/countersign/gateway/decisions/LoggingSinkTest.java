package io.countersign.gateway.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.watch.DecisionRecord;
import io.countersign.http.DecisionFacts;
import io.countersign.http.Header;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoggingSinkTest {
    /** Facts that a test knows. */
    private record Known(boolean hypothetical, List<DecisionFacts.Part> parts) implements DecisionFacts {
        @Override
        public Optional<String> principal() {
            return Optional.of("acs:ram::1234567890123456:user/app");
        }
    }

    private static final Known KNOWN = new Known(false, List.of());
    private static final Reply ALLOWED = Reply.json(200, "{}").about(KNOWN);
    private static final Reply REFUSED = ALLOWED.refusing("AccessDenied");
    private static final Reply FAILED =
            ProblemException.Problem.internal().reply().about(KNOWN);

    private final List<LoggedDecision> logged = new ArrayList<>();
    private final UsageCounts usage = new UsageCounts();

    private List<LoggedDecision> tell(DecisionLogSettings.Level level, String face, Reply reply) {
        logged.clear();
        new LoggingSink(level, logged::add, usage)
                .tell(DecisionRecord.of(
                        Samples.NOW,
                        "ID",
                        face,
                        reply,
                        List.of(new Header("User-Agent", "curl/8")),
                        Optional.of("203.0.113.9"),
                        12_345));
        return logged;
    }

    /** A judged request with a signature. */
    private record Signed() implements DecisionFacts {
        @Override
        public boolean judged() {
            return true;
        }

        @Override
        public Optional<String> accessKeyId() {
            return Optional.of("LTAI5tExampleKey");
        }

        @Override
        public Optional<String> signatureVersion() {
            return Optional.of("V1");
        }
    }

    @Test
    void whatTheLevelDoesNotLogIsCounted() {
        Reply allowed = Reply.json(200, "{}").about(new Signed());
        for (String face : List.of("/verify", "/auth", "store")) {
            tell(DecisionLogSettings.Level.REFUSED, face, allowed);
        }
        tell(DecisionLogSettings.Level.REFUSED, "/verify", allowed.refusing("AccessDenied"));
        tell(DecisionLogSettings.Level.REFUSED, "/acl", allowed);
        tell(DecisionLogSettings.Level.ALL, "/verify", allowed);
        assertThat(usage.take(Samples.NOW)).hasSize(1).first().satisfies(line -> {
            assertThat(line.accessKeyId()).contains("LTAI5tExampleKey");
            assertThat(line.counts()).hasToString("{V1={curl=3}}");
        });
        assertThat(usage.take(Samples.NOW)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"OFF,0,0,0", "REFUSED,0,1,1", "ALL,1,1,1"})
    void theLevelSaysWhatIsLogged(DecisionLogSettings.Level level, int allowed, int refused, int failed) {
        assertThat(tell(level, "/verify", ALLOWED)).hasSize(allowed);
        assertThat(tell(level, "/verify", REFUSED)).hasSize(refused);
        assertThat(tell(level, "/verify", FAILED)).hasSize(failed);
    }

    @ParameterizedTest
    @CsvSource({
        "/verify,1",
        "/auth,1",
        "/presign,1",
        "/post-policy,1",
        "/sign-content,1",
        "/token,1",
        "/,1",
        "store,1",
        "/acl,0",
        "/events,0",
        "/sessions/revoke,0",
        "/health,0",
        "none,0"
    })
    void onlyEndpointsThatDecideAreLogged(String face, int lines) {
        assertThat(tell(DecisionLogSettings.Level.ALL, face, REFUSED)).hasSize(lines);
    }

    @Test
    void aDecisionHasWhatIsKnown() {
        LoggedDecision decided =
                tell(DecisionLogSettings.Level.ALL, "/verify", REFUSED).getFirst();
        assertThat(decided.requestId()).isEqualTo("ID");
        assertThat(decided.outcome()).isEqualTo("refused");
        assertThat(decided.code()).contains("AccessDenied");
        assertThat(decided.principal()).contains("acs:ram::1234567890123456:user/app");
        assertThat(decided.userAgentFamily()).isEqualTo(UserAgentFamily.CURL);
        assertThat(decided.sourceIp()).contains("203.0.113.9");
        assertThat(decided.micros()).isEqualTo(12);
    }

    @Test
    void whatNothingPassesByIsNoDecision() {
        Known hypothetical = new Known(true, List.of());
        assertThat(tell(DecisionLogSettings.Level.ALL, "/verify", REFUSED.about(hypothetical)))
                .isEmpty();
        // The port's answer to the preflight of a browser.
        assertThat(tell(DecisionLogSettings.Level.ALL, "/token", Reply.empty(204)))
                .isEmpty();
        assertThat(tell(
                        DecisionLogSettings.Level.ALL,
                        "/token",
                        Reply.empty(204).refusing("CorsRefused")))
                .hasSize(1);
    }

    @Test
    void eachPartOfABatchIsADecision() {
        DecisionFacts.Part allowed = new DecisionFacts.Part(Optional.empty(), KNOWN);
        DecisionFacts.Part refused = new DecisionFacts.Part(Optional.of("NoSigner"), KNOWN);
        Reply batch = ALLOWED.about(new Known(false, List.of(allowed, refused, allowed)));
        assertThat(tell(DecisionLogSettings.Level.ALL, "/presign", batch))
                .extracting(LoggedDecision::outcome)
                .containsExactly("allowed", "refused", "allowed");
        assertThat(tell(DecisionLogSettings.Level.REFUSED, "/presign", batch))
                .singleElement()
                .satisfies(decided -> assertThat(decided.code()).contains("NoSigner"));
    }
}
