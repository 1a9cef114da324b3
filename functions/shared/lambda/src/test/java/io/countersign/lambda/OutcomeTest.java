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
                "200 | | allowed | OK",
                "200 | NotTrusted | refused | NotTrusted",
                "400 | SignatureNonceUsed | refused | SignatureNonceUsed",
                "400 | InvalidParameter.Format | refused | InvalidParameter.Format",
                "403 | | refused | Status403",
                "500 | | failed | InternalError",
                "503 | Unavailable | failed | Unavailable",
                "503 | a code with a \" in it | failed | InternalError",
                "400 | a code with a \" in it | refused | Other"
            })
    void theStatusAndTheCodeOfAReplyDecide(int status, String reported, String decision, String code) {
        Reply reply = new Reply(status, List.of(), Bytes.EMPTY);
        assertThat(Outcome.of(reported == null ? reply : reply.refusing(reported)))
                .isEqualTo(new Outcome(decision, code));
    }

    @Test
    void aProblemIsRefusedByItsCode() {
        assertThat(Outcome.of(ProblemException.Problem.bodyTooLarge(1).reply()))
                .isEqualTo(new Outcome("refused", "BodyTooLarge"));
    }

    @Test
    void theBodyIsNotRead() {
        assertThat(Outcome.of(Reply.json(200, "{\"code\":\"NotACodeOfTheReply\"}")))
                .isEqualTo(Outcome.ALLOWED);
    }
}
