package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.LongWork;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.RoleLimits;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadKey;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account with a bucket at a storage, a role that may write below a user's folder, and uploads of all kinds. */
final class UploadWorld implements AutoCloseable {
    static final String KEY_ID = "LTAI5tSigner";
    static final String SECRET = "signer-secret";
    static final String TOKEN = TestToken.good("ES256", "ec").signed(TestKeys.EC, "ES256");
    static final long MIB = 1024 * 1024;

    static final String POLICY =
            TestRegistry.policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*");

    final FakeStorage storage = new FakeStorage(SECRET);
    final TestRegistry records;
    final UploadsFunction function;

    UploadWorld() {
        this(Duration.ofSeconds(5), LongWork.ANYWHERE);
    }

    UploadWorld(Duration patience, LongWork longWork) {
        this(patience, longWork, RoleLimits.NONE, CallbackSettings.NONE);
    }

    UploadWorld(Duration patience, LongWork longWork, RoleLimits limits, CallbackSettings callbacks) {
        this.records = TestRegistry.limited(limits, POLICY)
                .bucket(TestRegistry.bucket(
                        "examplebucket", TestRegistry.ACCOUNT, storage.endpoint(), List.of(), Optional.empty()))
                .signer(KEY_ID, SECRET, KeyStatus.ACTIVE)
                .upload(upload("avatar", Upload.Kind.PUT, 2 * MIB, false))
                .upload(upload("form", Upload.Kind.FORM, 2 * MIB, false))
                .upload(upload("video", Upload.Kind.MULTIPART, 64 * MIB, false))
                .upload(upload("told", Upload.Kind.PUT, 2 * MIB, true))
                .upload(upload("told-form", Upload.Kind.FORM, 2 * MIB, true))
                .upload(upload("told-video", Upload.Kind.MULTIPART, 64 * MIB, true));
        KeyRegistry registry = records.registry();
        SecureRandom random = Seeds.secure();
        SigningKeys keys = new SigningKeys(16);
        this.function = new UploadsFunction(
                new UploadsFunction.Shared(
                        new BearerAuthenticator(registry),
                        registry,
                        keys,
                        new SubjectLimits(random),
                        new CallbackParameters(callbacks, registry, random),
                        UpstreamRule.DEFAULT,
                        longWork,
                        random),
                new StorageClient(keys, UpstreamRule.DEFAULT, patience));
    }

    static Upload upload(String name, Upload.Kind kind, long maxBytes, boolean callback) {
        return new Upload(
                TestRegistry.ACCOUNT,
                name,
                "examplebucket",
                TestRegistry.ROLE,
                UploadKey.of("users/${jwt:sub}/" + name + "-${uuid}${ext}").orElseThrow(),
                List.of("image/png", "image/jpeg"),
                maxBytes,
                kind,
                8 * MIB,
                Duration.ofMinutes(10),
                callback);
    }

    Reply post(String path, String body) {
        return call("POST", path, Optional.empty(), body, TOKEN, NOW);
    }

    Reply get(String path, String query) {
        return call("GET", path, Optional.of(query).filter(text -> !text.isEmpty()), "", TOKEN, NOW);
    }

    Reply call(String method, String path, Optional<String> query, String body, String token, Instant now) {
        List<Header> headers = new ArrayList<>(
                List.of(new Header("Host", "sign.example.com"), new Header("Authorization", "Bearer " + token)));
        if (!body.isEmpty()) {
            headers.add(new Header("Content-Type", "application/json"));
        }
        return function.handle(
                new Call(method, "/uploads/" + path, query, headers, Bytes.utf8(body), "203.0.113.7", true), now);
    }

    static String file(String name, String type, long size) {
        return "{\"filename\":\"" + name + "\",\"contentType\":\"" + type + "\",\"size\":" + size + "}";
    }

    /** A token of another user of the same provider. */
    static String other() {
        return token("\"sub\":\"mallory\"");
    }

    /** A token with another subject, written as JSON has it. */
    static String token(String subject) {
        TestToken good = TestToken.good("ES256", "ec");
        return good.withPayload(good.payload().replace("\"sub\":\"alice\"", subject))
                .signed(TestKeys.EC, "ES256");
    }

    static Value json(Reply reply) {
        try {
            return Values.parse(reply.body().toArray());
        } catch (InvalidDocumentException e) {
            throw new AssertionError(reply.body().utf8(), e);
        }
    }

    /** The text of a member, members of members separated by dots. */
    static String text(Reply reply, String path) {
        Value at = json(reply);
        for (String name : path.split("\\.")) {
            at = Optional.ofNullable(((Value.ObjectValue) at).members().get(name))
                    .orElseThrow(() -> new AssertionError(
                            "no " + path + " in " + reply.body().utf8()));
        }
        return at instanceof Value.NumberValue number ? number.literal() : ((Value.StringValue) at).text();
    }

    static Value member(Value value, String name) {
        try {
            return Members.of(value).required(name);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(status);
        assertThat(text(reply, "code")).isEqualTo(code);
        assertThat(reply.code()).contains(code);
        assertThat(reply.body().utf8()).doesNotContain(SECRET, "eyJ");
    }

    @Override
    public void close() {
        storage.close();
    }
}
