package io.countersign.http;

import static io.countersign.http.Calls.post;
import static io.countersign.http.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
    private static Call get(String path, Optional<String> query) {
        return new Call("GET", path, query, List.of(), Bytes.EMPTY, "192.0.2.7", false);
    }

    @Test
    void aCallWithinBoundsPasses() {
        assertThatCode(() -> RequestLimits.check(post("12", "a", "b"), 2, "GET", "POST"))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherMethodIsToldTheAllowedOnes() {
        ProblemException.Problem problem =
                refused(405, "MethodNotAllowed", () -> RequestLimits.check(post(""), 2, "GET", "HEAD"));
        assertThat(problem.reply().header("Allow")).contains("GET, HEAD");
    }

    @Test
    void methodsAreCaseSensitive() {
        refused(405, "MethodNotAllowed", () -> RequestLimits.check(post(""), 2, "post"));
    }

    @Test
    void theUrlCountsWithItsQuery() {
        String path = "/" + "a".repeat(RequestLimits.URL - 1);
        assertThatCode(() -> RequestLimits.check(get(path, Optional.empty()), 0, "GET"))
                .doesNotThrowAnyException();
        refused(414, "UrlTooLong", () -> RequestLimits.check(get(path, Optional.of("")), 0, "GET"));
        refused(414, "UrlTooLong", () -> RequestLimits.check(get("/", Optional.of(path)), 0, "GET"));
    }

    @Test
    void headersCountTogether() {
        String half = "x".repeat(RequestLimits.HEADER_BLOCK / 2 - 5);
        assertThatCode(() -> RequestLimits.check(post("", "a", half, "b", half), 0, "POST"))
                .doesNotThrowAnyException();
        refused(431, "HeadersTooLarge", () -> RequestLimits.check(post("", "a", half, "bc", half), 0, "POST"));
    }

    @Test
    void theBodyCountsInBytes() {
        assertThatCode(() -> RequestLimits.check(post("中"), 3, "POST")).doesNotThrowAnyException();
        refused(413, "BodyTooLarge", () -> RequestLimits.check(post("中"), 2, "POST"));
    }
}
