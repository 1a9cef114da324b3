package io.countersign.http;

import static io.countersign.http.Calls.post;
import static io.countersign.http.Calls.refused;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BearerTokenTest {
    @ParameterizedTest
    @ValueSource(strings = {"Bearer a.b-c_d~e+f/g==", "bearer a.b-c_d~e+f/g==", "BEARER   a.b-c_d~e+f/g== "})
    void theTokenFollowsTheScheme(String value) throws ProblemException {
        assertThat(BearerToken.of(post("", "authorization", value))).isEqualTo("a.b-c_d~e+f/g==");
    }

    @Test
    void aCallWithoutAuthorizationLearnsHowToAuthorize() {
        ProblemException.Problem problem = refused(401, "MissingToken", () -> BearerToken.of(post("")));
        assertThat(problem.reply().header("www-authenticate")).contains("Bearer");
        assertThat(problem.detail()).contains("Authorization: Bearer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Bearer",
                "Bearer ",
                "Bearera",
                "Basic YTpi",
                "OSS id:sig",
                "Bearer a b",
                "Bearer a,b",
                "Bearer \"a\"",
                "Bearer a, Bearer b",
                "Bearer ä",
                "Bearer\ta"
            })
    void otherHeadersAreRefused(String value) {
        ProblemException.Problem problem =
                refused(401, "InvalidToken", () -> BearerToken.of(post("", "Authorization", value)));
        assertThat(problem.reply().header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void twoHeadersAreRefusedEvenIfAlike() {
        refused(
                401,
                "InvalidToken",
                () -> BearerToken.of(post("", "Authorization", "Bearer a", "authorization", "Bearer a")));
    }

    @Test
    void aRefusalNeverShowsTheToken() {
        ProblemException.Problem problem =
                refused(401, "InvalidToken", () -> BearerToken.of(post("", "Authorization", "Bearer secret token")));
        assertThat(problem.reply().body().utf8()).doesNotContain("secret");
    }
}
