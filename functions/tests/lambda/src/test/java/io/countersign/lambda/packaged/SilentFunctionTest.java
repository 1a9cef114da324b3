package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A function that says nothing fails the test that waits for it, and the build goes on. */
@Timeout(30)
class SilentFunctionTest {
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void oneThatNeverStartsIsGivenUp() throws Exception {
        try (RuntimeApi api = new RuntimeApi(SHORT, LONG);
                FunctionUrlProxy front = new FunctionUrlProxy(api, Optional.empty())) {
            assertThat(get(front)).isEqualTo("502 the function asked for no event within PT0.3S");
        }
    }

    @Test
    void oneThatTakesAnEventAndDoesNotAnswerIsGivenUpForGood() throws Exception {
        try (RuntimeApi api = new RuntimeApi(LONG, SHORT);
                FunctionUrlProxy front = new FunctionUrlProxy(api, Optional.empty());
                HttpClient function = HttpClient.newHttpClient()) {
            var next = HttpRequest.newBuilder(
                            URI.create("http://" + api.authority() + "/2018-06-01/runtime/invocation/next"))
                    .build();
            function.sendAsync(next, BodyHandlers.ofString());
            assertThat(get(front)).isEqualTo("502 the function did not answer within PT0.3S");
            assertThat(get(front)).isEqualTo("502 the function did not answer within PT0.3S");
            assertThat(api.invoke("{}")).isInstanceOf(RuntimeApi.Failed.class);
        }
    }

    @Test
    void oneThatHasEndedFailsAtOnce() throws Exception {
        try (RuntimeApi api = new RuntimeApi(LONG, LONG);
                FunctionUrlProxy front = new FunctionUrlProxy(api, Optional.empty())) {
            api.abandon("the function has ended");
            assertThat(get(front)).isEqualTo("502 the function has ended");
        }
    }

    private static String get(FunctionUrlProxy front) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            var answer = client.send(
                    HttpRequest.newBuilder(URI.create(front.url() + "/health")).build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        }
    }
}
