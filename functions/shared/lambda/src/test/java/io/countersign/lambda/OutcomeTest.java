package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "200 | {\"StatusCode\":200,\"Code\":\"Success\",\"AccessKeyId\":\"STS.x\"} | allowed | OK",
                "200 | {\"StatusCode\":403,\"ErrorCode\":\"NotTrusted\"} | refused | NotTrusted",
                "400 | {\"Code\":\"SignatureNonceUsed\"} | refused | SignatureNonceUsed",
                "400 | <?xml version='1.0'?><Error><Code>InvalidParameter.Format</Code></Error> | refused | InvalidParameter.Format",
                "200 | {\"allowed\":true,\"error\":{\"code\":\"x\"}} | allowed | OK",
                "200 | {\"allowed\":false,\"error\":{\"code\":\"AccessDenied\"}} | refused | AccessDenied",
                "200 | OSS LTAI:abc= | allowed | OK",
                "200 | {broken | allowed | OK",
                "403 | forbidden | refused | Status403",
                "500 | oops | failed | InternalError",
                "503 | {\"code\":\"Unavailable\"} | failed | Unavailable",
                "400 | {\"code\":\"a code with a \\u0022 in it\"} | refused | Other"
            })
    void theAnswerOfAnyFaceSaysWhatBecameOfIt(int status, String body, String decision, String code) {
        Reply reply = new Reply(status, List.of(), Bytes.utf8(body));
        assertThat(Outcome.of(reply)).isEqualTo(new Outcome(decision, code));
    }

    @Test
    void aProblemIsRefusedByItsCode() {
        assertThat(Outcome.of(ProblemException.Problem.bodyTooLarge(1).reply()))
                .isEqualTo(new Outcome("refused", "BodyTooLarge"));
    }

    @Test
    void anAnswerThatIsVeryLongIsNotLookedThrough() {
        Reply reply = Reply.json(200, "{\"results\":\"" + "x".repeat(70_000) + "\",\"code\":\"Late\"}");
        assertThat(Outcome.of(reply)).isEqualTo(Outcome.ALLOWED);
    }
}
