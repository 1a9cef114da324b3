package io.countersign.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemTest {
    static Stream<ProblemException.Problem> problems() {
        return Stream.of(
                ProblemException.Problem.notFound(),
                ProblemException.Problem.methodNotAllowed("GET", "POST"),
                ProblemException.Problem.bodyTooLarge(RequestLimits.BODY),
                ProblemException.Problem.urlTooLong(),
                ProblemException.Problem.headersTooLarge(),
                ProblemException.Problem.internal(),
                ProblemException.Problem.unavailable(new IllegalStateException("away")));
    }

    @Test
    void aProblemIsItsMembers() {
        Reply reply = new ProblemException.Problem(403, "AccessDenied", "Not allowed", "Ask for \"less\".").reply();
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.header("content-type")).contains("application/problem+json");
        assertThat(reply.header("cache-control")).contains("no-store");
        assertThat(reply.body().utf8())
                .isEqualTo(
                        "{\"title\":\"Not allowed\",\"status\":403,\"detail\":\"Ask for \\\"less\\\".\",\"code\":\"AccessDenied\"}");
    }

    @Test
    void furtherMembersForProgramsComeLast() {
        ProblemException.Problem problem = new ProblemException.Problem(
                409, "Taken", "Taken", "Take b.", List.of(), Map.of("z", "1", "a", "\"2\""));
        assertThat(problem.reply().body().utf8())
                .isEqualTo("{\"title\":\"Taken\",\"status\":409,\"detail\":\"Take b.\",\"code\":\"Taken\","
                        + "\"a\":\"\\\"2\\\"\",\"z\":\"1\"}");
    }

    @ParameterizedTest
    @MethodSource("problems")
    void everyProblemHasACodeAndSaysWhatToDo(ProblemException.Problem problem) throws Exception {
        assertThat(problem.code()).matches("[A-Z][A-Za-z]+");
        assertThat(problem.detail()).endsWith(".");
        Members members = Members.of(Values.parse(problem.reply().body().toArray()));
        assertThat(members.string("code")).isEqualTo(problem.code());
        assertThat(members.optionalInteger("status", 400, 599)).hasValue(problem.status());
    }

    @Test
    void statusesAskForTheirHeaders() {
        assertThat(ProblemException.Problem.methodNotAllowed("GET", "POST")
                        .reply()
                        .header("Allow"))
                .contains("GET, POST");
        assertThat(ProblemException.Problem.unavailable(new IllegalStateException("away"))
                        .reply()
                        .header("Retry-After"))
                .contains("1");
    }

    @Test
    void headersCannotBeChangedFromOutside() {
        List<Header> headers = new ArrayList<>(List.of(new Header("Allow", "GET")));
        ProblemException.Problem problem = new ProblemException.Problem(405, "MethodNotAllowed", "t", "d.", headers);
        headers.clear();
        assertThat(problem.headers()).hasSize(1);
    }
}
