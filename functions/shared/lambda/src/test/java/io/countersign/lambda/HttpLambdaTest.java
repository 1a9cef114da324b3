package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Endpoint;
import io.countersign.http.Reply;
import io.countersign.json.Values;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpLambdaTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Map<String, String> ENVIRONMENT =
            Map.of("AWS_REGION", "eu-central-1", "COUNTERSIGN_KMS_KEY_ID", "alias/countersign");

    private final List<InvocationLine.Invocation> journal = new ArrayList<>();

    @Test
    void callsAnEndpointOnlyAtItsPath() throws Exception {
        Endpoint echo = (call, now) -> Reply.text(200, call.path() + " " + now);
        HttpLambda url = lambda(HttpLambda.Callers.ANYONE, Map.of("/a", echo));
        assertThat(answer(url, "/a")).contains("\"body\":\"/a " + NOW + "\"", "\"x-request-id\":\"r-1\"");
        assertThat(answer(url, "/a/")).contains("\"statusCode\":404");
        assertThat(answer(url, "/%61")).contains("\"statusCode\":404");
        assertThat(journal).extracting(InvocationLine.Invocation::endpoint).containsExactly("/a", "other", "other");
    }

    @Test
    void aFaceThatFailsIsAnsweredAndCountedAsAFailure() throws Exception {
        Endpoint broken = (call, now) -> {
            throw new IllegalStateException("a secret");
        };
        HttpLambda url = lambda(HttpLambda.Callers.ANYONE, Map.of("/a", broken));
        assertThat(answer(url, "/a")).contains("\"statusCode\":500").doesNotContain("a secret");
        assertThat(journal.getLast().outcome()).isEqualTo(InvocationOutcome.FAILED);
    }

    @Test
    void aTrustedFaceIsNotAskedForWhomIamDidNotLetThrough() throws Exception {
        Endpoint never = (call, now) -> {
            throw new AssertionError("asked");
        };
        HttpLambda url = lambda(HttpLambda.Callers.TRUSTED, Map.of("/a", never));
        assertThat(answer(url, "/a")).contains("\"statusCode\":403", "IamRequired");
        assertThat(journal.getLast().outcome()).isEqualTo(InvocationOutcome.refused("IamRequired"));
    }

    @Test
    void throwsWhenTheConfigurationIsInvalid() {
        HttpLambda url = new HttpLambda(
                new Invoker("test", new Lazy<>(() -> Deployment.of(Map.of())), InstantSource.fixed(NOW), journal::add),
                HttpLambda.Callers.ANYONE,
                deployment -> Map.of());
        assertThatThrownBy(() -> answer(url, "/a"))
                .isInstanceOf(InvalidEventException.MisconfiguredException.class)
                .hasMessageContaining("countersign.kms.key-id");
    }

    @Test
    void aTreeAnswersWhatIsBelowItUnderOneName() throws Exception {
        HttpLambda url =
                lambda(HttpLambda.Callers.ANYONE, Map.of("/uploads/", (call, now) -> Reply.text(200, call.path())));
        assertThat(answer(url, "/uploads/avatar/s3/params")).contains("\"body\":\"/uploads/avatar/s3/params\"");
        assertThat(answer(url, "/uploads")).contains("\"statusCode\":404");
        assertThat(answer(url, "/upload/avatar")).contains("\"statusCode\":404");
        assertThat(journal)
                .extracting(InvocationLine.Invocation::endpoint)
                .containsExactly("/uploads", "other", "other");
    }

    private HttpLambda lambda(HttpLambda.Callers callers, Map<String, Endpoint> faces) {
        Invoker invoker = new Invoker(
                "test", new Lazy<>(() -> Deployment.of(ENVIRONMENT)), InstantSource.fixed(NOW), journal::add);
        return new HttpLambda(invoker, callers, deployment -> faces);
    }

    private static String answer(HttpLambda url, String path) throws Exception {
        String event = "{\"version\":\"2.0\",\"rawPath\":\"" + path
                + "\",\"rawQueryString\":\"\",\"headers\":{},\"requestContext\":{\"domainName\":\"x.lambda-url.eu-central-1.on.aws\","
                + "\"requestId\":\"r-1\",\"http\":{\"method\":\"GET\",\"sourceIp\":\"203.0.113.7\"}}}";
        return url.handle(new EventReader.Event(Values.parse(event), event.length()))
                .json();
    }
}
