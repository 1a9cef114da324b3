package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Calls and refusals for tests. */
final class Calls {
    private Calls() {}

    /** A POST with these headers, given as name and value in turn. */
    static Call post(String body, String... headers) {
        List<Header> lines = new ArrayList<>();
        for (int i = 0; i < headers.length; i += 2) {
            lines.add(new Header(headers[i], headers[i + 1]));
        }
        return new Call("POST", "/presign", Optional.empty(), lines, Bytes.utf8(body), "192.0.2.7", true);
    }

    static ProblemException.Problem refused(int status, String code, ThrowingCallable call) {
        ProblemException refused = catchThrowableOfType(ProblemException.class, call);
        assertThat(refused).as("a refusal").isNotNull();
        assertThat(refused.problem().status()).isEqualTo(status);
        assertThat(refused.problem().code()).isEqualTo(code);
        assertThat(refused.problem().detail()).isNotBlank().endsWith(".");
        return refused.problem();
    }
}
