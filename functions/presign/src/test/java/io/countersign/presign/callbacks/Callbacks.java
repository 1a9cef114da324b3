package io.countersign.presign.callbacks;

import static io.countersign.identity.TestToken.NOW;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.PercentEncoding;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.CallbackKey;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A server with callbacks, and OSS that calls it. */
final class Callbacks {
    static final String PATH = CallbackSettings.PATH;
    static final String ID = "0123456789abcdef0123456789abcdef";
    static final String KEY_URL = "http://gosspublic.alicdn.com/callback_pub_key_v1.pem";
    static final String E_TAG = "D8E8FCA2DC0F896FD7CB4CB0031BA249";
    static final AllowedUpload UPLOAD = upload(ID, "users/alice/a b+ä.png");

    private static final CallbackKey OSS = CallbackKey.of("oss");

    private final TestRegistry registry = TestRegistry.with(TestRegistry.policy("Allow", "oss:*", "*"));
    private final CallbackParameters parameters = parameters("https://app.example.com/api" + PATH);
    private final List<URI> read = new ArrayList<>();
    private final CallbackFunction function = new CallbackFunction(parameters, registry.store(), this::fetch);
    private boolean answers = true;

    static AllowedUpload upload(String id, String key) {
        return new AllowedUpload(
                "avatar",
                id,
                TestRegistry.ACCOUNT,
                "examplebucket",
                key,
                "alice",
                "demo",
                2_097_152,
                NOW.plus(Duration.ofMinutes(10)));
    }

    CallbackParameters parameters(String url) {
        return new CallbackParameters(
                new CallbackSettings(Optional.of(URI.create(url))), registry.registry(), Seeds.secure("callbacks"));
    }

    TestRegistry registry() {
        return registry;
    }

    CallbackParameters parameters() {
        return parameters;
    }

    List<URI> read() {
        return read;
    }

    void keysAnswer(boolean whether) {
        answers = whether;
    }

    private byte[] fetch(URI uri) throws IOException {
        read.add(uri);
        if (!answers) {
            throw new IOException("no answer");
        }
        return OSS.pem().getBytes(StandardCharsets.US_ASCII);
    }

    /** The members of the parameter that the uploader gets. */
    Members callback(AllowedUpload upload) {
        try {
            return Members.of(Values.parse(Base64.getDecoder().decode(parameters.of(upload, NOW))));
        } catch (InvalidDocumentException | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    /** The values that OSS fills in. */
    static Map<String, String> stored() {
        return new TreeMap<>(Map.of(
                "bucket",
                UPLOAD.bucket(),
                "object",
                UPLOAD.key(),
                "etag",
                E_TAG,
                "size",
                "5",
                "mimeType",
                "image/png"));
    }

    /** The body that OSS sends for an upload: the parameter's own, with values in the place of its variables. */
    String body(AllowedUpload upload, Map<String, String> values) {
        try {
            String body = callback(upload).string("callbackBody");
            for (Map.Entry<String, String> value : values.entrySet()) {
                body = body.replace("${" + value.getKey() + "}", PercentEncoding.encode(value.getValue()));
            }
            return body;
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    String body() {
        return body(UPLOAD, stored());
    }

    /** OSS calls the URL that it was given; a proxy takes {@code /api} away. */
    Reply called(String body) {
        return called(body, NOW);
    }

    Reply called(String body, Instant now) {
        return function.handle(signed(body, "/api" + PATH), now);
    }

    Reply answered(Call call) {
        return function.handle(call, NOW);
    }

    static Call signed(String body, String path) {
        return call(
                body,
                new Header("Content-Type", CallbackBody.MEDIA_TYPE),
                new Header("x-oss-pub-key-url", base64(KEY_URL)),
                new Header("authorization", OSS.sign(path, body)));
    }

    static Call call(String body, Header... headers) {
        return new Call("POST", PATH, Optional.empty(), List.of(headers), Bytes.utf8(body), "203.0.113.7", true);
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    List<OutboxItem.OutgoingEvent> events() {
        try {
            List<OutboxItem.OutgoingEvent> events = new ArrayList<>();
            for (Item item : registry.store()
                    .query(OutboxItem.PARTITION, Optional.empty(), 100, RegistryStore.Consistency.STRONG, NOW)
                    .items()) {
                events.add(OutboxItem.read(item).event());
            }
            return events;
        } catch (InvalidDocumentException | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }
}
