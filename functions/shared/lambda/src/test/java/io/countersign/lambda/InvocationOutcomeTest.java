package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Outcome;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InvocationOutcomeTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "200 | | ALLOWED | OK",
                "200 | NotTrusted | REFUSED | NotTrusted",
                "400 | SignatureNonceUsed | REFUSED | SignatureNonceUsed",
                "400 | InvalidParameter.Format | REFUSED | InvalidParameter.Format",
                "403 | | REFUSED | Status403",
                "500 | | FAILED | InternalError",
                "503 | Unavailable | FAILED | Unavailable",
                "501 | NotImplemented | REFUSED | NotImplemented",
                "503 | a code with a \" in it | FAILED | InternalError",
                "400 | a code with a \" in it | REFUSED | Other"
            })
    void theStatusAndTheCodeOfAReplyDecide(int status, String reported, Outcome decision, String code) {
        Reply reply = new Reply(status, List.of(), Bytes.EMPTY);
        assertThat(InvocationOutcome.of(reported == null ? reply : reply.refusing(reported)))
                .isEqualTo(new InvocationOutcome(decision, code));
    }

    @Test
    void aProblemIsRefusedByItsCode() {
        assertThat(InvocationOutcome.of(ProblemException.Problem.bodyTooLarge(1).reply()))
                .isEqualTo(new InvocationOutcome(Outcome.REFUSED, "BodyTooLarge"));
    }

    @Test
    void theBodyIsNotRead() {
        assertThat(InvocationOutcome.of(Reply.json(200, "{\"code\":\"NotACodeOfTheReply\"}")))
                .isEqualTo(InvocationOutcome.ALLOWED);
    }
}
