package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs the measurement of the functions once. No test checks its figures. */
class ColdStartIT {
    @Test
    void theFirstAnswerOfEachFunctionIsRight() throws Exception {
        List<String> rows = ColdStart.rows(1);
        assertThat(rows).hasSize(7).allMatch(row -> row.startsWith("| ") || row.startsWith("|---"));
        assertThat(rows.subList(2, 7))
                .extracting(row -> row.substring(3, row.indexOf('`', 3)))
                .containsExactly("token", "presign", "sign-content", "verify", "rotate");
    }
}
