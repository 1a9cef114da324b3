package io.countersign.presign.callbacks;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.http.hostile.Sound;
import io.countersign.identity.token.TypedSeal;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackFunctionTest {
    private static final Path SCHEMA = Path.of("..", "..", "events", "out", "ObjectUploaded.schema.json");

    private final Callbacks callbacks = new Callbacks();

    private void isTaken(Reply reply) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).contains("application/json");
        assertThat(reply.body().utf8()).isEqualTo("{\"Status\":\"OK\"}");
    }

    private void isRefused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
        try {
            assertThat(Sound.json(reply, Set.of(status)).string("code")).isEqualTo(code);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
        assertThat(reply.code()).contains(code);
        assertThat(callbacks.events()).isEmpty();
    }

    private static String replaced(String body, String from, String to) {
        assertThat(body).contains(from);
        return body.replace(from, to);
    }

    @Test
    void theParameterIsTheOneOfOssPage() throws Exception {
        Members callback = callbacks.callback(Callbacks.UPLOAD);

        assertThat(callback.string("callbackUrl")).isEqualTo("https://app.example.com/api/callbacks/oss");
        assertThat(callback.string("callbackBody"))
                .matches("bucket=\\$\\{bucket}&object=\\$\\{object}&etag=\\$\\{etag}&size=\\$\\{size}"
                        + "&mimeType=\\$\\{mimeType}&token=[A-Za-z0-9._-]+");
        assertThat(callback.string("callbackBodyType")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(callback.optionalBoolean("callbackSNI")).contains(true);
        callback.done();
        assertThat(callbacks.parameters().isConfigured()).isTrue();
    }

    @Test
    void anUploadOnLoopbackHasNoTls() throws Exception {
        String parameter =
                callbacks.parameters("http://127.0.0.1:8080/callbacks/oss").of(Callbacks.UPLOAD, NOW);

        assertThat(new String(java.util.Base64.getDecoder().decode(parameter), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("callbackSNI");
    }

    @Test
    void theLongestNamesFit() throws Exception {
        AllowedUpload longest = new AllowedUpload(
                "u".repeat(64),
                Callbacks.ID,
                "1".repeat(32),
                "b".repeat(63),
                "k".repeat(1023),
                "é".repeat(255),
                "p".repeat(64),
                Long.MAX_VALUE,
                NOW);

        assertThat(callbacks
                        .parameters("https://" + "a".repeat(63) + ".example.com/callbacks/oss")
                        .of(longest, NOW)
                        .length())
                .isLessThanOrEqualTo(CallbackParameters.MAX_LENGTH);
    }

    @Test
    void aStoredUploadIsOneEvent() throws Exception {
        isTaken(callbacks.called(callbacks.body()));

        assertThat(callbacks.read())
                .containsExactly(URI.create("https://gosspublic.alicdn.com/callback_pub_key_v1.pem"));
        OutboxItem.OutgoingEvent event = callbacks.events().getFirst();
        assertThat(event.id()).isEqualTo("ObjectUploaded." + Callbacks.ID);
        assertThat(event.type()).isEqualTo("ObjectUploaded");
        assertThat(event.time()).isEqualTo(NOW);
        assertThat(event.detail())
                .isEqualTo("{\"upload\":\"avatar\",\"uploadId\":\"" + Callbacks.ID
                        + "\",\"accountId\":\"1234567890123456\",\"bucket\":\"examplebucket\",\"key\":\"users/alice/a b+ä.png\","
                        + "\"size\":5,\"eTag\":\"" + Callbacks.E_TAG + "\",\"contentType\":\"image/png\","
                        + "\"provider\":\"acs:ram::1234567890123456:oidc-provider/demo\",\"subject\":\"alice\"}");
    }

    @Test
    void theEventIsWhatItsSchemaSays() throws Exception {
        isTaken(callbacks.called(callbacks.body()));
        OutboxItem.OutgoingEvent event = callbacks.events().getFirst();
        var detail = Values.parse(event.detail());
        String envelope = JsonText.object(json -> json.put("version", "0")
                .put("id", event.id())
                .put("detail-type", event.type())
                .put("source", "countersign")
                .put("account", "111122223333")
                .put("time", event.time().toString())
                .put("region", "eu-central-1")
                .put("resources", List.of())
                .put("detail", detail));

        assertThat(SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(Files.readString(SCHEMA), InputFormat.JSON)
                        .validate(
                                envelope,
                                InputFormat.JSON,
                                context -> context.executionConfig(config -> config.formatAssertionsEnabled(true))))
                .isEmpty();
    }

    @Test
    void whatIsSentAgainIsNoOtherEvent() throws Exception {
        String body = callbacks.body();
        isTaken(callbacks.called(body));
        isTaken(callbacks.called(body, NOW.plus(Duration.ofMinutes(5))));
        isTaken(callbacks.called(callbacks.body(), NOW.plus(Duration.ofMinutes(69))));

        assertThat(callbacks.events()).hasSize(1);
    }

    @Test
    void notEvenWhenTheEventWasSent() throws Exception {
        isTaken(callbacks.called(callbacks.body()));
        callbacks
                .registry()
                .store()
                .write(
                        Transaction.of(
                                Write.delete(OutboxItem.key(callbacks.events().getFirst()), Condition.anything())),
                        NOW);

        isTaken(callbacks.called(callbacks.body(), NOW.plus(Duration.ofMinutes(69))));
        assertThat(callbacks.events()).isEmpty();
    }

    @Test
    void eachUploadIsAnEvent() {
        isTaken(callbacks.called(callbacks.body()));
        isTaken(callbacks.called(
                callbacks.body(Callbacks.upload("f".repeat(32), Callbacks.UPLOAD.key()), Callbacks.stored())));

        assertThat(callbacks.events()).hasSize(2);
    }

    @Test
    void quotesAroundAnETagAreNoPartOfIt() {
        Map<String, String> stored = Callbacks.stored();
        stored.put("etag", "\"3F1A-4\"");
        isTaken(callbacks.called(callbacks.body(Callbacks.UPLOAD, stored)));

        assertThat(callbacks.events().getFirst().detail()).contains("\"eTag\":\"3F1A-4\"");
    }

    @ParameterizedTest
    @CsvSource({
        "bucket,otherbucket",
        "object,users/bob/a.png",
        "object,users/alice/a b+ä.pn",
        "size,2097153",
        "bucket,''"
    })
    void otherValuesBesideTheTokenAreRefused(String name, String value) {
        Map<String, String> stored = Callbacks.stored();
        stored.put(name, value);

        isRefused(callbacks.called(callbacks.body(Callbacks.UPLOAD, stored)), 403, "CallbackMismatch");
        assertThat(callbacks.read()).isEmpty();
    }

    @Test
    void theLargestSizeIsTaken() {
        Map<String, String> stored = Callbacks.stored();
        stored.put("size", "2097152");
        isTaken(callbacks.called(callbacks.body(Callbacks.UPLOAD, stored)));
    }

    /** Whoever has a bucket of its own has OSS send and sign any body. */
    @Test
    void somebodyElsesBucketTellsNothing() {
        Map<String, String> stored = Callbacks.stored();
        stored.put("bucket", "bucket-of-mallory");
        isRefused(callbacks.called(callbacks.body(Callbacks.UPLOAD, stored)), 403, "CallbackMismatch");
        isRefused(callbacks.called(replaced(callbacks.body(), "&token=", "&token=x")), 403, "CallbackTokenInvalid");
        isRefused(callbacks.called(callbacks.body().replaceAll("&token=.*", "&token=")), 403, "CallbackTokenInvalid");
        isRefused(callbacks.called(callbacks.body().replaceAll("&token=.*", "")), 400, "InvalidCallback");
        assertThat(callbacks.read()).isEmpty();
    }

    @Test
    void aTokenOfAnotherUseIsNone() throws Exception {
        String other = new TypedSeal("upload", callbacks.registry().registry(), Seeds.secure("other"))
                .seal(Callbacks.UPLOAD.text(), NOW);

        isRefused(
                callbacks.called(callbacks.body().replaceAll("token=.*", "token=" + other)),
                403,
                "CallbackTokenInvalid");
    }

    @Test
    void aTokenOfAnotherRegistryIsNone() {
        String other = new Callbacks().body();
        Callbacks elsewhere = new Callbacks();
        elsewhere.registry().tokenKeys();

        assertThat(elsewhere.called(other).status()).isEqualTo(403);
    }

    @Test
    void aTokenOfAnotherVersionIsNone() throws Exception {
        String text = Callbacks.UPLOAD.text().replace("{\"v\":1", "{\"v\":2");
        String other = new TypedSeal(
                        CallbackParameters.TYPE, callbacks.registry().registry(), Seeds.secure("other"))
                .seal(text, NOW);

        isRefused(
                callbacks.called(callbacks.body().replaceAll("token=.*", "token=" + other)),
                403,
                "CallbackTokenInvalid");
    }

    @Test
    void anUploadMayEndAnHourAfterItsUrl() {
        Duration end = Duration.ofMinutes(70);
        isRefused(callbacks.called(callbacks.body(), NOW.plus(end)), 403, "CallbackTokenInvalid");
        isTaken(callbacks.called(callbacks.body(), NOW.plus(end).minusSeconds(1)));
    }

    @Test
    void aBodyThatOssHasNotSignedIsRefused() {
        String body = callbacks.body();
        Call signed = Callbacks.signed(replaced(body, "size=5", "size=6"), "/api" + Callbacks.PATH);
        isRefused(
                callbacks.answered(Callbacks.call(body, signed.headers().toArray(Header[]::new))),
                403,
                "CallbackSignatureInvalid");
        isRefused(callbacks.answered(Callbacks.signed(body, Callbacks.PATH)), 403, "CallbackSignatureInvalid");
    }

    @Test
    void withoutOssKeyNothingIsTaken() {
        callbacks.keysAnswer(false);
        isRefused(callbacks.called(callbacks.body()), 503, "Unavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://gosspublic.alicdn.com.example.com/a.pem",
                "https://169.254.169.254/latest.pem",
                "https://gosspublic.alicdn.com:8443/a.pem",
                "file:///etc/key.pem"
            })
    void noOtherHostIsAskedForAKey(String url) {
        String body = callbacks.body();
        Call signed = Callbacks.signed(body, "/api" + Callbacks.PATH);
        Header[] headers = signed.headers().stream()
                .map(header -> header.isNamed("x-oss-pub-key-url")
                        ? new Header("x-oss-pub-key-url", Callbacks.base64(url))
                        : header)
                .toArray(Header[]::new);

        isRefused(callbacks.answered(Callbacks.call(body, headers)), 400, "InvalidCallback");
        assertThat(callbacks.read()).isEmpty();
    }

    @Test
    void eachHeaderIsSentOnce() {
        String body = callbacks.body();
        List<Header> headers = Callbacks.signed(body, "/api" + Callbacks.PATH).headers();
        for (Header header : headers) {
            int status = header.isNamed("Content-Type") ? 415 : 400;
            String code = header.isNamed("Content-Type") ? "UnsupportedMediaType" : "InvalidCallback";
            Header[] without = headers.stream().filter(other -> other != header).toArray(Header[]::new);
            isRefused(callbacks.answered(Callbacks.call(body, without)), status, code);
            Header[] twice = java.util.stream.Stream.concat(headers.stream(), java.util.stream.Stream.of(header))
                    .toArray(Header[]::new);
            isRefused(callbacks.answered(Callbacks.call(body, twice)), status, code);
        }
    }

    @Test
    void aQueryIsRefused() {
        Call call = Callbacks.signed(callbacks.body(), "/api" + Callbacks.PATH);
        isRefused(
                callbacks.answered(new Call(
                        call.method(),
                        call.path(),
                        Optional.of("a=b"),
                        call.headers(),
                        call.body(),
                        call.peer(),
                        call.secure())),
                400,
                "InvalidCallback");
    }

    @ParameterizedTest
    @CsvSource({
        "size=5,size=5&size=5",
        "size=5,size=-1",
        "size=5,size=05",
        "size=5,size=1000000000000000",
        "size=5,size=",
        "size=5,size",
        "etag=,etag=%0A",
        "size=5,size=5&x:my=1",
        "size=5,Size=5",
        "bucket=,bucket=%ff",
        "bucket=,bucket=%zz",
        "mimeType=,mimeType=%c3%a4",
        "&token=,&tokem="
    })
    void aBodyOfAnotherFormIsRefused(String from, String to) {
        isRefused(callbacks.called(replaced(callbacks.body(), from, to)), 400, "InvalidCallback");
    }

    @Test
    void otherMethodsAreRefused() {
        Call call = Callbacks.signed(callbacks.body(), "/api" + Callbacks.PATH);
        isRefused(
                callbacks.answered(new Call(
                        "GET", call.path(), Optional.empty(), call.headers(), call.body(), call.peer(), call.secure())),
                405,
                "MethodNotAllowed");
    }

    @Test
    void aServerWithoutAUrlTakesNone() {
        CallbackParameters none = new CallbackParameters(
                CallbackSettings.NONE, callbacks.registry().registry(), Seeds.secure("none"));
        CallbackFunction function =
                new CallbackFunction(none, callbacks.registry().store(), uri -> {
                    throw new AssertionError("it reads a key");
                });

        assertThat(none.isConfigured()).isFalse();
        assertThatThrownBy(() -> none.of(Callbacks.UPLOAD, NOW)).isInstanceOf(IllegalStateException.class);
        isRefused(
                function.handle(Callbacks.signed(callbacks.body(), Callbacks.PATH), NOW),
                403,
                "CallbacksNotConfigured");
    }

    @Test
    void noAnswerHasTheToken() {
        String body = callbacks.body();
        String token = body.substring(body.indexOf("token=") + 6);
        Map<String, String> other = Callbacks.stored();
        other.put("object", "users/bob/a.png");

        assertThat(callbacks
                        .called(callbacks.body(Callbacks.UPLOAD, other))
                        .body()
                        .utf8())
                .doesNotContain("alice");
        isTaken(callbacks.called(body));
        assertThat(callbacks.events().getFirst().detail()).doesNotContain(token);
    }
}
