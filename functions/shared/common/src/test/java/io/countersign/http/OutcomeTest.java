package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    private static Reply reply(int status) {
        return new Reply(status, List.of(), Bytes.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({
        "200, ALLOWED",
        "204, ALLOWED",
        "302, ALLOWED",
        "400, REFUSED",
        "403, REFUSED",
        "408, REFUSED",
        "429, REFUSED",
        "500, FAILED",
        "502, FAILED",
        "503, FAILED",
        "504, FAILED"
    })
    void aStatusSaysHowACallEnded(int status, Outcome outcome) {
        assertThat(reply(status).outcome()).isEqualTo(outcome);
    }

    /** Else any caller could raise the alarm of a failing server. */
    @ParameterizedTest
    @CsvSource({"501, NotImplemented", "505, HttpVersionNotSupported"})
    void whatACallerCausesIsNoFailure(int status, String code) {
        assertThat(reply(status).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(reply(status).refusing(code).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(reply(200).refusing(status, code).outcome()).isEqualTo(Outcome.REFUSED);
    }

    @ParameterizedTest
    @CsvSource({"200, REFUSED", "403, REFUSED", "503, FAILED"})
    void theStatusThatTheBodyReportsCounts(int real, Outcome outcome) {
        Reply reply = reply(200)
                .refusing(real, "Unavailable")
                .with("Retry-After", "1")
                .about(DecisionFacts.NONE);
        assertThat(reply.outcome()).isEqualTo(outcome);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.code()).contains("Unavailable");
    }
}
