package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.json.Values;
import io.countersign.registry.store.MemoryStore;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Lambda that a program invokes has a body that is parsed already; its answer is that of the body's text. */
class ParsedBodyTest {
    private final VerifyFunction function = new VerifyFunction(
            new SampleRegistry().reader(),
            new UrlUses(new MemoryStore()),
            SessionOpener.NONE,
            new SigningKeys(16),
            VerifySettings.DEFAULT);

    static Stream<String> bodies() {
        return Stream.of(
                VerifyFunctionTest.json(
                        ClientRequest.get(SampleRegistry.READABLE, "a").anonymous()),
                VerifyFunctionTest.json(ClientRequest.get(SampleRegistry.PRIVATE, "a")
                        .signed(SignatureVersion.V1, SampleRegistry.UNKNOWN)),
                "{\"method\":\"GET\",\"url\":\"https://readable-bucket.oss-cn-hangzhou.aliyuncs.com/a\",\"who\":\"x\"}",
                "{\"method\":\"GET\"}",
                "[]",
                "null");
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void answersAParsedBodyAsItsText(String body) throws Exception {
        Call call = new Call(
                "POST",
                "/verify",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(body),
                "127.0.0.1",
                false);
        assertThat(function.handle(Values.parse(body), SampleRegistry.NOW))
                .isEqualTo(function.handle(call, SampleRegistry.NOW));
    }
}
