package io.countersign.presign.uploads;

import static io.countersign.identity.TestToken.NOW;
import static io.countersign.presign.uploads.UploadWorld.file;
import static io.countersign.presign.uploads.UploadWorld.json;
import static io.countersign.presign.uploads.UploadWorld.member;
import static io.countersign.presign.uploads.UploadWorld.refused;
import static io.countersign.presign.uploads.UploadWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Reply;
import io.countersign.identity.TestRegistry;
import io.countersign.json.Value;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.DomainBinding;
import io.countersign.oss.Headers;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.RequestParser;
import io.countersign.oss.Target;
import io.countersign.presign.StoredType;
import io.countersign.registry.UploadItem;
import io.countersign.signing.CredentialScope;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureCheck;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.Validity;
import io.countersign.signing.post.PostSignature;
import io.countersign.signing.request.CredentialsParser;
import io.countersign.signing.request.SignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Uploads by one request: what is signed holds the key, the type and the size. */
class PutAndFormTest {
    private static final String KEY =
            "users/alice/%s-[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\\.png";
    private static final Headers SENT =
            Headers.NONE.and("content-type", "image/png").and("content-length", "1234");

    private final UploadWorld world = new UploadWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aPutBindsTheKeyTheTypeAndTheSize() throws Exception {
        Reply reply = world.post("avatar", file("me.png", "image/png", 1234));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        assertThat(text(reply, "bucket")).isEqualTo("examplebucket");
        assertThat(text(reply, "key")).matches(KEY.formatted("avatar"));
        assertThat(text(reply, "expiration")).isEqualTo("2026-11-22T08:10:00Z");
        assertThat(text(reply, "put.headers.content-type")).isEqualTo("image/png");
        OssRequest request = signed(reply, SENT, NOW.plusSeconds(600)).orElseThrow();
        assertThat(request.target()).isEqualTo(Target.object("examplebucket", text(reply, "key")));
        assertThat(request.query().first("x-oss-additional-headers")).contains("content-length");
        assertThat(signed(reply, SENT.without("content-length").and("content-length", "1235"), NOW))
                .isEmpty();
        assertThat(signed(reply, SENT.without("content-length"), NOW)).isEmpty();
        assertThat(signed(reply, SENT.without("content-type").and("content-type", "text/html"), NOW))
                .isEmpty();
    }

    @Test
    void eachUploadHasItsOwnKey() {
        Reply one = world.post("avatar", file("me.png", "image/png", 1));
        Reply two = world.post("avatar", file("me.png", "image/png", 1));
        assertThat(text(one, "key")).isNotEqualTo(text(two, "key"));
    }

    @Test
    void aDigestIsBoundToo() throws Exception {
        Reply reply = world.post(
                "avatar",
                file("me.png", "image/png", 1234).replace("}", ",\"contentMd5\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}"));
        assertThat(text(reply, "put.headers.content-md5")).isEqualTo("1B2M2Y8AsgTpgAmY7PhCfg==");
        assertThat(signed(reply, SENT.and("content-md5", "1B2M2Y8AsgTpgAmY7PhCfg=="), NOW))
                .isPresent();
        assertThat(signed(reply, SENT, NOW)).isEmpty();
        refused(
                world.post("avatar", file("me.png", "image/png", 1).replace("}", ",\"contentMd5\":\"nonsense\"}")),
                400,
                "InvalidArgument");
        refused(
                world.post(
                        "form",
                        file("me.png", "image/png", 1).replace("}", ",\"contentMd5\":\"1B2M2Y8AsgTpgAmY7PhCfg==\"}")),
                400,
                "DigestNotAllowed");
    }

    @Test
    void aFormFixesTheKeyTheTypeAndTheRangeOfSizes() throws Exception {
        Reply reply = world.post("form", file("me.png", "image/png", 1234));
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
        requireForm(member(member(json(reply), "form"), "fields"), text(reply, "key"), "form");
        assertThat(text(reply, "form.url")).isEqualTo(world.storage.endpoint() + "/examplebucket/");
        assertThat(text(reply, "expiration")).isEqualTo("2026-11-22T08:10:00Z");
    }

    @Test
    void companionsParametersAreAFormOfAnyUpload() throws Exception {
        for (String name : new String[] {"avatar", "form", "video"}) {
            Reply reply = world.get(name + "/s3/params", "filename=me.PNG&type=image%2Fpng&metadata%5Bname%5D=me.PNG");
            assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
            assertThat(text(reply, "method")).isEqualTo("POST");
            assertThat(text(reply, "expires")).isEqualTo("600");
            Value fields = member(json(reply), "fields");
            assertThat(text(reply, "fields.success_action_status")).isEqualTo("201");
            requireForm(fields, text(reply, "fields.key"), name);
        }
        refused(world.get("form/s3/params", "filename=me.png&type=text%2Fhtml"), 400, "ContentTypeNotAllowed");
        refused(world.get("form/s3/params", "filename=me.png"), 400, "InvalidParameter");
        refused(world.get("form/s3/params", "filename=a&filename=b&type=image%2Fpng"), 400, "InvalidParameter");
        refused(world.get("form/s3/params", "filename=a&type=image%2Fpng&acl=public"), 400, "InvalidParameter");
        refused(world.get("form/s3/params", "filename=%zz"), 400, "InvalidParameter");
    }

    private static void requireForm(Value fields, String key, String name) throws Exception {
        Map<String, Value> all = ((Value.ObjectValue) fields).members();
        assertThat(key).matches(KEY.formatted(name));
        assertThat(all.get("content-type")).extracting("text").isEqualTo("image/png");
        String encoded = ((Value.StringValue) all.get("policy")).text();
        String policy = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
        long max = name.equals("video") ? 64 * UploadWorld.MIB : 2 * UploadWorld.MIB;
        assertThat(policy)
                .contains(
                        "[\"eq\",\"$bucket\",\"examplebucket\"]",
                        "[\"eq\",\"$key\",\"" + key + "\"]",
                        "[\"content-length-range\",1," + max + "]",
                        "[\"eq\",\"$content-type\",\"image/png\"]",
                        "[\"eq\",\"$x-oss-content-type\",\"image/png\"]");
        Map<String, String> sent = new LinkedHashMap<>();
        all.forEach((field, value) -> sent.put(field, ((Value.StringValue) value).text()));
        StoredType.requireOnly(sent, "image/png");
        assertThat(PostSignature.checkV4(
                        encoded,
                        CredentialScope.parse(((Value.StringValue) all.get("x-oss-credential")).text()),
                        ((Value.StringValue) all.get("x-oss-signature")).text(),
                        Secret.of(UploadWorld.SECRET),
                        new SigningKeys(1)))
                .isInstanceOf(SignatureCheck.Matches.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            avatar  | {"filename":"a.png","contentType":"image/gif","size":1}        | 400 | ContentTypeNotAllowed
            avatar  | {"filename":"a.png","contentType":"IMAGE/PNG","size":1}        | 400 | ContentTypeNotAllowed
            avatar  | {"filename":"a.png","contentType":"text/html","size":1}        | 400 | ContentTypeNotAllowed
            avatar  | {"filename":"a.png","contentType":"image/png","size":2097153}  | 400 | FileTooLarge
            avatar  | {"filename":"a.png","contentType":"image/png","size":0}        | 400 | FileTooLarge
            avatar  | {"filename":"a.png","contentType":"image/png","size":-1}       | 400 | InvalidMember
            avatar  | {"filename":"a.png","contentType":"image/png","size":"1"}      | 400 | InvalidMember
            avatar  | {"filename":"a.png","contentType":"image/png"}                 | 400 | InvalidMember
            avatar  | {"filename":"","contentType":"image/png","size":1}             | 400 | InvalidMember
            avatar  | {"filename":"a.png","contentType":"image/png","size":1,"key":"users/bob/a"} | 400 | InvalidMember
            avatar  | []                                                             | 400 | InvalidJson
            nothing | {"filename":"a.png","contentType":"image/png","size":1}        | 404 | UploadNotFound
            told    | {"filename":"a.png","contentType":"image/png","size":1}        | 501 | CallbacksNotConfigured
            """)
    void anythingElseIsRefused(String name, String body, int status, String code) {
        refused(world.post(name, body), status, code);
    }

    @Test
    void theTokenDecides() {
        String body = file("a.png", "image/png", 1);
        refused(world.call("POST", "avatar", Optional.empty(), body, "nonsense", NOW), 401, "InvalidToken");
        refused(world.call("POST", "nothing", Optional.empty(), body, "nonsense", NOW), 401, "InvalidToken");
        refused(
                world.call("POST", "avatar", Optional.empty(), body, UploadWorld.token("\"sub\":\"a/../b\""), NOW),
                403,
                "ClaimRefused");
        refused(
                world.call("POST", "avatar", Optional.empty(), body, UploadWorld.TOKEN, NOW.plusSeconds(7200)),
                401,
                "TokenExpired");
        refused(world.call("PUT", "avatar", Optional.empty(), body, UploadWorld.TOKEN, NOW), 405, "MethodNotAllowed");
        refused(world.call("POST", "avatar/x", Optional.empty(), body, UploadWorld.TOKEN, NOW), 404, "NotFound");
    }

    @Test
    void theRoleMustBeAllowedToWriteTheVeryKey() {
        world.records.role(
                TestRegistry.ACCOUNT,
                TestRegistry.ROLE,
                TestRegistry.TRUST,
                TestRegistry.policy("Allow", "oss:PutObject", "acs:oss:*:*:examplebucket/users/bob/*"));
        refused(world.post("avatar", file("a.png", "image/png", 1)), 403, "AccessDenied");
        refused(world.post("form", file("a.png", "image/png", 1)), 403, "AccessDenied");
        refused(world.post("video", file("a.png", "image/png", 1)), 403, "AccessDenied");
        assertThat(world.storage.asked()).isEmpty();
    }

    @Test
    void anUploadOfAnotherAccountDoesNotExist() {
        world.records.without(UploadItem.key(TestRegistry.ACCOUNT, "avatar"));
        refused(world.post("avatar", file("a.png", "image/png", 1)), 404, "UploadNotFound");
    }

    /** The request of the URL, if a storage takes it with these headers at this moment. */
    private static Optional<OssRequest> signed(Reply reply, Headers headers, Instant moment) throws OssRefusal {
        OssRequest request =
                RequestParser.parse("PUT", text(reply, "put.url"), headers, BaseDomains.DEFAULT, DomainBinding.NONE);
        RequestCredentials.Signed signed = (RequestCredentials.Signed) CredentialsParser.parse(request);
        Validity.check(signed, request, moment);
        return new SignatureVerifier(new SigningKeys(1)).check(signed, request, Secret.of(UploadWorld.SECRET))
                        instanceof SignatureCheck.Matches
                ? Optional.of(request)
                : Optional.empty();
    }
}
