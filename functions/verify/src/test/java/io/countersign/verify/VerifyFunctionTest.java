package io.countersign.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.VerifyRequests;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerifyFunctionTest {
    private final SampleRegistry registry = new SampleRegistry();
    private final VerifyFunction function = new VerifyFunction(
            registry.reader(),
            new UrlUses(registry.store),
            SessionOpener.NONE,
            new SigningKeys(16),
            VerifySettings.DEFAULT);

    private static Call call(String method, String contentType, String body) {
        return new Call(
                method,
                "/verify",
                Optional.empty(),
                List.of(new Header("Content-Type", contentType)),
                Bytes.utf8(body),
                "127.0.0.1",
                false);
    }

    private Reply post(String body) {
        return function.handle(call("POST", "application/json", body), SampleRegistry.NOW);
    }

    static String json(VerifyRequest request) {
        return JsonText.object(json -> json.put("method", request.method())
                .put("url", request.url())
                .object("headers", headers -> {
                    for (Headers.HeaderField field : request.headers().fields()) {
                        headers.put(field.name(), field.value());
                    }
                })
                .put("sourceIp", request.sourceIp()));
    }

    private static String code(Reply reply) throws InvalidDocumentException {
        assertThat(reply.header("Content-Type")).contains("application/problem+json");
        return Members.of(Values.parse(reply.body().utf8())).string("code");
    }

    @Test
    void anAllowedRequestIsAnswered() {
        Reply reply = post(json(ClientRequest.get(SampleRegistry.READABLE, "a").anonymous()));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.code()).isEmpty();
        assertThat(reply.body().utf8())
                .startsWith("{\"allowed\":true,\"status\":200,\"principal\":{\"type\":\"Anonymous\"},"
                        + "\"action\":\"oss:GetObject\",\"resource\":\"acs:oss:*:1000000000000001:readable-bucket/a\","
                        + "\"obligations\":[],\"trace\":[{\"step\":\"format\",\"outcome\":\"pass\",\"detail\":\"");
    }

    @Test
    void aRefusedRequestIsAnsweredWith200Too() throws InvalidDocumentException {
        Reply reply = post(json(
                ClientRequest.get(SampleRegistry.PRIVATE, "a").signed(SignatureVersion.V1, SampleRegistry.UNKNOWN)));
        assertThat(reply.status()).isEqualTo(200);
        Members answer = Members.of(Values.parse(reply.body().utf8()));
        assertThat(Members.bool(answer.required("allowed"))).isFalse();
        assertThat(Members.integer(answer.required("status"), 0, 999)).isEqualTo(403);
        assertThat(answer.has("principal")).isFalse();
        Members error = Members.of(answer.required("error"));
        assertThat(error.string("code")).isEqualTo("InvalidAccessKeyId");
        assertThat(reply.code()).contains("InvalidAccessKeyId");
        assertThat(error.string("ec")).isEqualTo("0002-00000902");
        assertThat(error.string("ossAccessKeyId")).isEqualTo(SampleRegistry.UNKNOWN.id());
        Members last = Members.of(answer.list("trace").getLast());
        assertThat(last.string("step")).isEqualTo("key");
        assertThat(last.string("outcome")).isEqualTo("deny");
    }

    @Test
    void obligationsAreWritten() {
        String body = post(json(ClientRequest.put(SampleRegistry.PRIVATE, "a")
                        .header("x-oss-object-acl", "public-read")
                        .signed(SignatureVersion.V4, SampleRegistry.ROOT)))
                .body()
                .utf8();
        assertThat(body)
                .contains("\"obligations\":[{\"type\":\"setObjectAcl\",\"bucket\":\"private-bucket\",\"key\":\"a\","
                        + "\"acl\":\"public-read\"}]");
    }

    @Test
    void aBadUrlIsJudgedAndNotAProblem() throws InvalidDocumentException {
        for (String url : List.of("ftp://x/", "http://localhost/a b", "http://localhost/%zz", "nonsense", "")) {
            Reply reply = post("{\"method\":\"GET\",\"url\":\"" + url + "\"}");
            assertThat(reply.status()).isEqualTo(200);
            Members answer = Members.of(Values.parse(reply.body().utf8()));
            assertThat(Members.integer(answer.required("status"), 0, 999)).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{\"method\":\"GET\"}", "{\"method\":\"GET\",\"url\":\"/\",\"more\":1}"})
    void refusesAnInvalidRequest(String body) throws InvalidDocumentException {
        Reply reply = post(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isIn("InvalidJson", "InvalidMember");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"deleteKeys\":[\"secret\\ud800\"]",
                "\"process\":\"image/resize\\udfff\"",
                "\"context\":{\"existingObjectTags\":{\"status\\ud800\":\"a\"}}",
                "\"context\":{\"bucketTags\":{\"status\":\"\\ud800\"}}",
                "\"headers\":{\"x-oss-meta-a\":\"\\ud800\"}",
                "\"\\ud800\":1"
            })
    void halfASurrogatePairIsAProblem(String member) throws InvalidDocumentException {
        Reply reply = post("{\"method\":\"GET\",\"url\":\"/\"," + member + "}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo("InvalidJson");
        assertThat(reply.body().utf8()).contains("half of a surrogate pair");
    }

    @Test
    void aProblemEndsInOneFullStop() {
        Reply reply = post("{\"method\":\"GET\",\"url\":\"/\",\"deleteKeys\":[\"\"]}");
        assertThat(reply.body().utf8())
                .contains("deleteKeys[0]: ")
                .contains("an object key", "no NUL.\"")
                .doesNotContain("..");
    }

    @Test
    void onlyPostIsAccepted() {
        Reply reply = function.handle(call("GET", "application/json", ""), SampleRegistry.NOW);
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.header("Allow")).contains("POST");
    }

    @Test
    void onlyJsonIsAccepted() {
        assertThat(function.handle(call("POST", "text/plain", "{}"), SampleRegistry.NOW)
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aBodyIsBounded() {
        assertThat(post(" ".repeat(64 * 1024 + 1)).status()).isEqualTo(413);
    }

    @Test
    void atIsRefusedWhereItIsOff() throws InvalidDocumentException {
        String body =
                "{\"method\":\"GET\",\"url\":\"http://localhost/readable-bucket/a\",\"at\":\"2026-11-22T00:00:00Z\"}";
        Reply reply = post(body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(code(reply)).isEqualTo("AtNotAllowed");
        VerifyFunction open = new VerifyFunction(
                registry.reader(),
                new UrlUses(registry.store),
                SessionOpener.NONE,
                new SigningKeys(16),
                new VerifySettings(true, BaseDomains.DEFAULT));
        assertThat(open.handle(call("POST", "application/json", body), SampleRegistry.NOW)
                        .body()
                        .utf8())
                .contains("\"at\":\"2026-11-22T00:00:00Z\"");
    }

    @Test
    void aSilentStoreAllowsNothing() {
        registry.store.down(true);
        for (VerifyRequest request : List.of(
                ClientRequest.get(SampleRegistry.READABLE, "a").anonymous(),
                ClientRequest.get(SampleRegistry.PRIVATE, "a").signed(SignatureVersion.V4, SampleRegistry.ROOT),
                VerifyRequests.url(
                        ClientRequest.get(SampleRegistry.READABLE, "a").anonymous(), "http://img.example.com/a"))) {
            Reply reply = post(json(request));
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body().utf8()).doesNotContain("allowed");
        }
    }

    @Test
    void aColdRequestCostsOneBatchAndAWarmOneNone() {
        String body = json(
                ClientRequest.get(SampleRegistry.PRIVATE, "team/a").signed(SignatureVersion.V4, SampleRegistry.USER));
        int before = registry.store.reads();
        post(body);
        assertThat(registry.store.reads()).isEqualTo(before + 1);
        post(body);
        assertThat(registry.store.reads()).isEqualTo(before + 1);
    }
}
