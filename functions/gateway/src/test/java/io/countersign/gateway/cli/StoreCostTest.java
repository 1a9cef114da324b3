package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.CountingStore.Count;
import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.demo.Demo;
import io.countersign.gateway.documents.Documents;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.server.LoopAttempts;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.gateway.store.JudgedOnly;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.EncodedText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.oss.PercentEncoding;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadItem;
import io.countersign.registry.UploadKey;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.settings.PropertyValues;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.countersign.signing.rpc.RpcSignature;
import io.countersign.testkit.Seeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store calls of each endpoint: with a cold cache, with an expired cache, and with a warm cache. docs/store-cost.md says the same. */
class StoreCostTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Pattern TOKEN = Pattern.compile("Bearer ([^']+)'");
    private static final String BUCKET = "demo-private";
    private static final String OWN_KEY = "users/ada/photo.jpg";
    private static final Instant LATER = NOW.plus(CacheSettings.Bounds.DEFAULT.known());
    private static final String HEADER = "| face | first | forgotten | warm | read units | KB | write units |";
    private static final AccessKey CALLER =
            new AccessKey("LTAI5tCallerCallerCallerC", Secret.of("callerSecretcallerSecretcaller"));
    /** A user that may assume a role of its account, and buckets with a store behind them. */
    private static final String ROLES = """
            accounts:
              - id: "2222222222222222"
                users:
                  - name: caller
                    accessKeys: [{id: LTAI5tCallerCallerCallerC, secret: callerSecretcallerSecretcaller}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: ["sts:AssumeRole", "oss:GetObject"], Resource: "*"}]}]
                  - {name: signer, accessKeys: [{id: LTAI5tSignerSignerSigner, secret: signerSecretsignerSecretsigner}]}
                buckets:
                  - {name: behind-oss, region: cn-hangzhou, upstream: {protocol: oss, endpoint: "http://127.0.0.1:1", region: cn-hangzhou, bucket: physical, signer: signer, pathStyle: true}}
                  - {name: behind-s3, region: cn-hangzhou, upstream: {protocol: s3, endpoint: "http://127.0.0.1:1", region: us-east-1, bucket: other, pathStyle: true, accessKey: {id: AKIASTORE, secret: storeSecretstoreSecretstoreSecr}}}
                roles:
                  - name: job
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {RAM: "acs:ram::2222222222222222:root"}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "*"}]}]
            """;

    /** Of the demo's account. */
    private static final Upload UPLOAD = new Upload(
            "1234567890123456",
            "avatar",
            BUCKET,
            "mobile-app",
            UploadKey.of("users/${jwt:sub}/avatar-${uuid}${ext}").orElseThrow(),
            List.of("image/png"),
            1024,
            Upload.Kind.PUT,
            Upload.USUAL_PART,
            Duration.ofMinutes(10),
            false);

    private static final String FILE = "{\"filename\":\"a.png\",\"contentType\":\"image/png\",\"size\":10}";

    @TempDir
    Path directory;

    private final SecureRandom random = Seeds.secure();
    private OpenedData data;
    private Settings settings;
    private String token = "";
    private AccessKey user = new AccessKey("none", Secret.of("none"));

    @BeforeEach
    void fill() throws Exception {
        settings = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        InstantSource clock = InstantSource.fixed(NOW);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        data = OpenedData.open(directory, DataSettings.EMBEDDED, random, clock);
        Demo demo = new Demo(random);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false);
        Applier applier = new Applier(terminal, clock, random);
        ApplyReport report =
                applier.applyQuietly(demo.manifest("http://127.0.0.1:1", Optional.empty()), data, settings);
        applier.applyQuietly(ROLES, data, settings);
        data.store()
                .write(
                        Transaction.of(Write.put(
                                UploadItem.key(UPLOAD.accountId(), UPLOAD.name()),
                                UploadItem.text(UPLOAD),
                                Condition.anything())),
                        NOW);
        Endpoint presign = faces(new CountingStore(data.store())).at("/presign").endpoint();
        List<String> lines =
                demo.lines("http://127.0.0.1:1", "http://127.0.0.1:1", false, presign, report.generated(), NOW);
        Matcher found = TOKEN.matcher(String.join("\n", lines));
        assertThat(found.find()).isTrue();
        token = found.group(1);
        user = report.generated().stream()
                .filter(key -> key.owner().label().endsWith("/demo-user"))
                .findFirst()
                .orElseThrow()
                .accessKey();
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void thePageSaysWhatEachFaceReads() throws Exception {
        String presign = JsonText.object(
                json -> json.put("method", "GET").put("bucket", BUCKET).put("key", OWN_KEY));
        String upload = JsonText.object(json -> json.put("bucket", BUCKET).put("key", OWN_KEY));
        String content =
                JsonText.object(json -> json.put("content", "GET\n\n\n" + date() + "\n/" + BUCKET + "/" + OWN_KEY));
        String anonymous = "http://127.0.0.1/demo-public/logo.png";
        String ofKey = presigned(user, Optional.empty(), "shared/a.jpg");
        String ofSession = ofSession();
        List<String> measured = List.of(
                row("`/token`", () -> call("/token", "{}")),
                row("`/presign`", () -> call("/presign", presign)),
                row("`/post-policy`", () -> call("/post-policy", upload)),
                row("`/uploads`, put or form", this::uploads, () -> call("/uploads/avatar", FILE)),
                row("`/sign-content`", () -> call("/sign-content", content)),
                row("`/verify`, anonymous", () -> call("/verify", verify(anonymous))),
                row("`/verify`, access key", () -> call("/verify", verify(ofKey))),
                row("`/verify`, session", () -> call("/verify", verify(ofSession))),
                row("`/verify`, another session each time", () -> call("/verify", verify(ofSession()))),
                row("`/auth`, anonymous", () -> forwarded(anonymous)),
                row("`/auth`, access key", () -> forwarded(ofKey)),
                row("`/auth`, good once", () -> forwarded(onceFor(user, "shared/a.jpg"))),
                row("`/`, AssumeRole", this::assumeRole),
                row("store port, access key, an OSS store", this::storePort, () -> direct("behind-oss")),
                row("store port, access key, an S3 store", this::storePort, () -> direct("behind-s3")));
        assertThat(Documents.rows("docs/store-cost.md", HEADER)).containsExactlyElementsOf(measured);
    }

    @Test
    void answersABearersCallsOnTheEventLoopOnceTheTokenAndTheRecordsAreCached() throws Exception {
        Map<String, String> bodies = Map.of(
                "/token", "{}",
                "/presign",
                        JsonText.object(json ->
                                json.put("method", "GET").put("bucket", BUCKET).put("key", OWN_KEY)),
                "/post-policy",
                        JsonText.object(json -> json.put("bucket", BUCKET).put("key", OWN_KEY)),
                "/sign-content",
                        JsonText.object(
                                json -> json.put("content", "GET\n\n\n" + date() + "\n/" + BUCKET + "/" + OWN_KEY)));
        for (Map.Entry<String, String> body : bodies.entrySet()) {
            CountingStore store = new CountingStore(data.store());
            Routes.Route route = faces(store).at(body.getKey());
            Call call = call(route.path(), body.getValue());
            assertThat(route.onLoop()).as(route.path()).isPresent();
            // With a clock that stands no answer is slow.
            LoopAttempts attempts = new LoopAttempts(() -> 0L);
            Supplier<Optional<Reply>> attempt = () -> attempts.attempt(
                    call.body().length(), () -> route.endpoint().handle(call, NOW));
            assertThat(attempt.get()).as(route.path()).isEmpty();
            assertThat(store.taken().reads()).isZero();
            assertThat(route.endpoint().handle(call, NOW).status()).isEqualTo(200);
            assertThat(attempt.get().map(Reply::status)).as(route.path()).contains(200);
        }
    }

    private interface Calls {
        Call next() throws Exception;
    }

    /** The first call of a process, one when all that the first one read is forgotten, and one right after that. */
    private String row(String name, Calls calls) throws Exception {
        return row(name, this::byPath, calls);
    }

    private Endpoint byPath(CountingStore store) {
        Endpoints faces = faces(store);
        return (call, now) -> faces.at(call.path()).endpoint().handle(call, now);
    }

    private Endpoint uploads(CountingStore store) {
        return faces(store).at("/uploads/").endpoint();
    }

    private Endpoint storePort(CountingStore store) {
        WorkerStore workers = new WorkerStore(store);
        return JudgedOnly.of(
                new KeyRegistry(workers, data.sealer(), CacheSettings.Bounds.DEFAULT),
                workers,
                settings.verify().bases());
    }

    private String row(String name, Function<CountingStore, Endpoint> process, Calls calls) throws Exception {
        CountingStore store = new CountingStore(data.store());
        Endpoint face = process.apply(store);
        Count first = reads(face, store, calls.next(), NOW);
        Count forgotten = reads(face, store, calls.next(), LATER);
        Count warm = reads(face, store, calls.next(), LATER);
        return "| %s | %d | %d | %d | %d | %.1f | %d |"
                .formatted(
                        name,
                        first.reads(),
                        forgotten.reads(),
                        warm.reads(),
                        forgotten.readUnits(),
                        Math.ceilDiv(forgotten.bytes(), 100) / 10.0,
                        forgotten.writeUnits());
    }

    private static Count reads(Endpoint face, CountingStore store, Call call, Instant now) {
        Reply reply = face.handle(call, now);
        assertThat(reply.status()).as(reply.body().toString()).isEqualTo(200);
        return store.taken();
    }

    private Endpoints faces(CountingStore store) {
        WorkerStore workers = new WorkerStore(store);
        KeyRegistry registry = new KeyRegistry(workers, data.sealer(), CacheSettings.Bounds.DEFAULT);
        Endpoint events = (call, now) -> {
            throw new AssertionError("no event is sent");
        };
        return Endpoints.of(
                registry,
                workers,
                events,
                (call, now) -> Reply.empty(200),
                settings,
                random,
                PrivateAccess.THIS_MACHINE,
                NoCallbackKeys.INSTANCE);
    }

    private Call call(String path, String body) {
        return new Call(
                "POST",
                path,
                Optional.empty(),
                List.of(new Header("Authorization", "Bearer " + token), new Header("Content-Type", "application/json")),
                Bytes.utf8(body),
                "127.0.0.1",
                false);
    }

    /** The call of a proxy for a request with this URL. */
    private static Call forwarded(String url) {
        URI uri = URI.create(url);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return new Call(
                "GET",
                "/auth",
                Optional.empty(),
                List.of(
                        new Header("X-Original-Method", "GET"),
                        new Header("X-Original-URI", target),
                        new Header("X-Original-Host", uri.getAuthority())),
                Bytes.utf8(""),
                "127.0.0.1",
                false);
    }

    /** A client's own request to the store port. */
    private static Call direct(String bucket) throws Exception {
        URI uri = URI.create(presigned(CALLER, Optional.empty(), bucket, OWN_KEY));
        return new Call(
                "GET",
                uri.getRawPath(),
                Optional.of(uri.getRawQuery()),
                List.of(new Header("Host", "127.0.0.1")),
                Bytes.EMPTY,
                "127.0.0.1",
                false);
    }

    private Call assumeRole() throws Exception {
        String unsigned =
                "Action=AssumeRole&Version=2015-04-01&Format=JSON&SignatureMethod=HMAC-SHA1&SignatureVersion=1.0"
                        + "&RoleArn=acs%3Aram%3A%3A2222222222222222%3Arole%2Fjob&RoleSessionName=nightly&AccessKeyId="
                        + CALLER.id()
                        + "&Timestamp=" + PercentEncoding.encode(NOW.toString()) + "&SignatureNonce="
                        + random.nextLong();
        String signature =
                RpcSignature.sign(HttpMethod.GET, QueryParameters.parse(unsigned, EncodedText.URL), CALLER.secret());
        return new Call(
                "GET",
                "/",
                Optional.of(unsigned + "&Signature=" + PercentEncoding.encode(signature)),
                List.of(),
                Bytes.utf8(""),
                "127.0.0.1",
                false);
    }

    private static String date() {
        return DateTimeFormatter.RFC_1123_DATE_TIME.format(NOW.atOffset(ZoneOffset.UTC));
    }

    private static String verify(String url) {
        return JsonText.object(json -> json.put("method", "GET").put("url", url));
    }

    private String ofSession() throws Exception {
        Reply reply =
                faces(new CountingStore(data.store())).at("/token").endpoint().handle(call("/token", "{}"), NOW);
        Members session = Members.of(Values.parse(reply.body().toArray()));
        AccessKey key = new AccessKey(session.string("AccessKeyId"), Secret.of(session.string("AccessKeySecret")));
        return presigned(key, Optional.of(SecurityToken.of(session.string("SecurityToken"))), OWN_KEY);
    }

    private static String presigned(AccessKey key, Optional<SecurityToken> token, String object) throws Exception {
        return presigned(key, token, BUCKET, object);
    }

    private static String presigned(AccessKey key, Optional<SecurityToken> token, String bucket, String object)
            throws Exception {
        return presigned(key, token, bucket, object, QueryParameters.NONE);
    }

    /** Another URL each time. */
    private String onceFor(AccessKey key, String object) throws Exception {
        return presigned(key, Optional.empty(), BUCKET, object, new QueryParameters(List.of(OnceParameter.of(random))));
    }

    private static String presigned(
            AccessKey key, Optional<SecurityToken> token, String bucket, String object, QueryParameters query)
            throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(bucket, object),
                query,
                Headers.NONE,
                Duration.ofMinutes(10),
                token,
                "cn-hangzhou");
        return "http://127.0.0.1/" + bucket + "/" + object + "?"
                + new UrlSigner(new SigningKeys(1)).sign(url, key, NOW).query().encoded();
    }
}
