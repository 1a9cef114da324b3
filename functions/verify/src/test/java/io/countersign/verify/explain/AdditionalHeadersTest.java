package io.countersign.verify.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Headers;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.verify.decide.AbstractVerifierTest;
import io.countersign.verify.decide.ByHand;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** V4 signatures that cover headers by AdditionalHeaders, which changed on the way: refused, and the header is named. */
class AdditionalHeadersTest extends AbstractVerifierTest {
    private static final String URL = "/private-bucket/team/a";

    private Explained.Cause cause(VerifyRequest request) throws StoreUnavailable {
        ExplainedAnswer answer = ExplainedAnswer.of(verifier, request);
        assertThat(answer.allowed()).isFalse();
        return answer.explained().cause().orElseThrow();
    }

    /**
     * A GET as it arrives.
     *
     * @param signed the additional headers as the client signed them
     * @param names what AdditionalHeaders says
     * @param arrived the additional headers as they arrive
     */
    private static VerifyRequest request(
            String url, Map<String, String> signed, String names, Map<String, String> arrived) {
        Map<String, String> lines = new TreeMap<>(signed);
        lines.put("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
        lines.put("x-oss-date", ByHand.ISO);
        StringBuilder canonical = new StringBuilder("GET\n" + URL + "\n\n");
        lines.forEach((name, value) ->
                canonical.append(name).append(':').append(value).append('\n'));
        canonical
                .append('\n')
                .append(String.join(";", new TreeMap<>(signed).keySet()))
                .append("\nUNSIGNED-PAYLOAD");
        String authorization = ByHand.v4(SampleRegistry.USER, ByHand.ISO, canonical.toString())
                .replace(",Signature", ",AdditionalHeaders=" + names + ",Signature");
        Headers headers = ByHand.headers(
                "x-oss-date", ByHand.ISO, "x-oss-content-sha256", "UNSIGNED-PAYLOAD", "authorization", authorization);
        for (Map.Entry<String, String> header : arrived.entrySet()) {
            headers = headers.and(header.getKey(), header.getValue());
        }
        return VerifyRequests.of("GET", url, headers);
    }

    private static VerifyRequest withHost(String signed) {
        return request("http://localhost" + URL, Map.of("host", signed), "host", Map.of());
    }

    @Test
    void aHostThatArrivedAsItWasSignedHolds() throws StoreUnavailable {
        assertThat(verify(withHost("localhost")).allowed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost:80",
                "localhost:443",
                "private-bucket.oss-cn-hangzhou.aliyuncs.com",
                "private-bucket.oss-cn-hangzhou-internal.aliyuncs.com",
                "private-bucket.oss-accelerate.aliyuncs.com",
                "private-bucket.cn-hangzhou.oss.aliyuncs.com",
                "private-bucket.s3.oss-cn-hangzhou.aliyuncs.com",
                "oss-cn-hangzhou.aliyuncs.com",
                "127.0.0.1"
            })
    void aHostThatChangedOnTheWayIsNamed(String signed) throws StoreUnavailable {
        Explained.Cause cause = cause(withHost(signed));
        assertThat(cause.code()).as(cause.sentence()).isEqualTo("Host");
        assertThat(cause.sentence())
                .contains('"' + signed + '"', "\"localhost\" arrived", "AdditionalHeaders names host");
    }

    @Test
    void aHostThatAProxyReplacedIsReadFromWhatItSays() throws StoreUnavailable {
        Explained.Cause cause = cause(request(
                "http://localhost" + URL,
                Map.of("host", "files.example.com:8443"),
                "host",
                Map.of("x-forwarded-host", "files.example.com:8443")));
        assertThat(cause.code()).isEqualTo("Host");
        assertThat(cause.sentence()).contains("\"files.example.com:8443\"");
    }

    @ParameterizedTest
    @CsvSource({
        "accept-encoding, identity, 'gzip, deflate, br', \"accept-encoding\" was signed as \"identity\"",
        "content-length, 0, , \"content-length\" was signed as \"0\"",
        "expect, 100-continue, , did not arrive",
        "connection, keep-alive, close, each connection has its own"
    })
    void aHeaderThatOftenChangesIsTriedWithItsUsualValues(String name, String signed, String arrived, String words)
            throws StoreUnavailable {
        Explained.Cause cause = cause(request(
                "http://localhost" + URL,
                Map.of(name, signed),
                name,
                arrived == null ? Map.of() : Map.of(name, arrived)));
        assertThat(cause.code()).as(cause.sentence()).isEqualTo("AdditionalHeaders");
        assertThat(cause.sentence()).contains(words);
    }

    @Test
    void aHeaderThatWasAddedOnTheWayIsNamed() throws StoreUnavailable {
        Explained.Cause cause =
                cause(request("http://localhost" + URL, Map.of(), "user-agent", Map.of("user-agent", "Via-Proxy/1.0")));
        assertThat(cause.code()).isEqualTo("AdditionalHeaders");
        assertThat(cause.sentence()).contains("\"user-agent\"", "did not have when it was signed");
    }

    @Test
    void suspectsAHeaderWhoseSignedValueIsUnknown() throws StoreUnavailable {
        Explained.Cause cause = cause(request(
                "http://localhost" + URL,
                Map.of("user-agent", "MyApp/1.0", "content-length", "12345"),
                "content-length;user-agent",
                Map.of("user-agent", "MyApp/1.0 (rewritten)")));
        assertThat(cause.code()).isEqualTo("AdditionalHeaders");
        assertThat(cause.sentence())
                .contains(
                        "\"content-length\", \"user-agent\"",
                        "without \"content-length\", which did not arrive",
                        "sign without them");
    }
}
