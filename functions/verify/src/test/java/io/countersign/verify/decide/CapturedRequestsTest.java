package io.countersign.verify.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.store.MemoryStore;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.VerifyFunction;
import io.countersign.verify.VerifySettings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Judges what thirteen unmodified clients sent, as {@code src/test/resources/clients} has it. */
class CapturedRequestsTest {
    private static final Instant APPLIED = Instant.parse("2026-11-28T12:00:00Z");
    private static final List<CapturedRequest> CAPTURED = captured();

    private final VerifyFunction function = new VerifyFunction(
            ManifestRegistry.of(resource("manifest.json"), APPLIED),
            new UrlUses(new MemoryStore()),
            SessionOpener.NONE,
            new SigningKeys(64),
            new VerifySettings(true, BaseDomains.of(List.of("oss-*.aliyuncs.com", "oss-*.cs.test"))));

    @Test
    void everyLineIsThere() {
        assertThat(CAPTURED).hasSize(902);
        assertThat(CAPTURED.stream().map(CapturedRequest::client).distinct()).hasSize(13);
    }

    @TestFactory
    Stream<DynamicContainer> everyRequestGetsItsVerdict() {
        Map<String, List<DynamicTest>> clients = new LinkedHashMap<>();
        for (CapturedRequest request : CAPTURED) {
            clients.computeIfAbsent(request.client(), client -> new ArrayList<>())
                    .add(dynamicTest(request.displayName(), () -> judge(request)));
        }
        return clients.entrySet().stream().map(client -> dynamicContainer(client.getKey(), client.getValue()));
    }

    private void judge(CapturedRequest request) throws InvalidDocumentException {
        Reply reply = function.handle(call(request), APPLIED);
        String text = request.displayName() + "\n" + reply.body().utf8();
        assertThat(reply.status()).as(text).isEqualTo(200);
        Members answer = Members.of(Values.parse(reply.body().utf8()));
        assertThat(Members.bool(answer.required("allowed"))).as(text).isEqualTo(request.allowed());
        Optional<String> code = answer.has("error")
                ? Optional.of(Members.of(answer.required("error")).string("code"))
                : Optional.empty();
        assertThat(code).as(text).isEqualTo(request.code());
        Optional<String> action = answer.optionalString("action");
        assertThat(action)
                .as(text)
                .satisfiesAnyOf(
                        any -> assertThat(request.action()).isEmpty(),
                        same -> assertThat(same).isEqualTo(request.action()));
    }

    private static Call call(CapturedRequest request) {
        return new Call(
                "POST",
                "/verify",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(request.call()),
                "127.0.0.1",
                false);
    }

    private static List<CapturedRequest> captured() {
        List<CapturedRequest> captured = new ArrayList<>();
        for (String line : resource("captured.jsonl").lines().toList()) {
            captured.add(CapturedRequest.parse(captured.size() + 1, line));
        }
        return List.copyOf(captured);
    }

    private static String resource(String name) {
        try (InputStream in = CapturedRequestsTest.class.getResourceAsStream("/clients/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
