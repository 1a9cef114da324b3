package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.CountingStore.Count;
import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.PropertyValues;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.demo.Demo;
import io.countersign.gateway.server.Face;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.CacheBounds;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.UrlSigner;
import io.countersign.signing.UrlToSign;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each face asks of the store, with nothing remembered and with everything; the README says the same. */
class StoreCostTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Pattern TOKEN = Pattern.compile("Bearer ([^']+)'");
    private static final String BUCKET = "demo-private";
    private static final String OWN_KEY = "users/ada/photo.jpg";

    @TempDir
    Path directory;

    private final SecureRandom random = new SecureRandom();
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
        ApplyReport report = new Applier(
                        new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false), clock, random)
                .applyQuietly(demo.manifest("http://127.0.0.1:1"), data, settings);
        Face presign = faces(new CountingStore(data.store())).at("/presign").face();
        List<String> lines = demo.lines("http://127.0.0.1:1", "http://127.0.0.1:1", presign, report.generated(), NOW);
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
    void theReadmeSaysWhatEachFaceReads() throws Exception {
        List<String> readme = Files.readAllLines(Path.of("..", "..", "README.md"));
        List<String> measured = List.of(
                row("`/token`", "/token", "{}"),
                row(
                        "`/presign`",
                        "/presign",
                        JsonText.object(json ->
                                json.put("method", "GET").put("bucket", BUCKET).put("key", OWN_KEY))),
                row(
                        "`/post-policy`",
                        "/post-policy",
                        JsonText.object(json -> json.put("bucket", BUCKET).put("key", OWN_KEY))),
                row("`/verify`, anonymous", "/verify", verify("http://127.0.0.1/demo-public/logo.png")),
                row("`/verify`, access key", "/verify", verify(presigned(user, Optional.empty(), "shared/a.jpg"))),
                row("`/verify`, session", "/verify", verify(ofSession())));
        assertThat(readme.stream().filter(line -> line.endsWith(" | 0 |"))).containsExactlyElementsOf(measured);
    }

    /** Calls the face twice: all that a second call needs must be remembered. */
    private String row(String name, String path, String body) throws Exception {
        CountingStore store = new CountingStore(data.store());
        Face face = faces(store).at(path).face();
        Reply first = face.handle(call(path, body), NOW);
        assertThat(first.status()).isEqualTo(200);
        Count cold = store.taken();
        assertThat(face.handle(call(path, body), NOW).status()).isEqualTo(200);
        assertThat(store.taken()).isEqualTo(Count.NONE);
        assertThat(cold.writes()).isZero();
        return "| %s | %d | %d | %.1f | 0 |"
                .formatted(name, cold.batches(), cold.units(), Math.ceilDiv(cold.bytes(), 100) / 10.0);
    }

    private Faces faces(CountingStore store) {
        KeyRegistry registry = new KeyRegistry(store, data.sealer(), CacheBounds.DEFAULT);
        Face events = (call, now) -> {
            throw new AssertionError("no event is sent");
        };
        return Faces.of(registry, store, events, settings, random, true);
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

    private static String verify(String url) {
        return JsonText.object(json -> json.put("method", "GET").put("url", url));
    }

    private String ofSession() throws Exception {
        Reply reply = faces(new CountingStore(data.store())).at("/token").face().handle(call("/token", "{}"), NOW);
        Members session = Members.of(Values.parse(reply.body().toArray()));
        AccessKey key = new AccessKey(session.string("AccessKeyId"), Secret.of(session.string("AccessKeySecret")));
        return presigned(key, Optional.of(SecurityToken.of(session.string("SecurityToken"))), OWN_KEY);
    }

    private static String presigned(AccessKey key, Optional<SecurityToken> token, String object) throws Exception {
        UrlToSign url = new UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(BUCKET, object),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                token,
                "cn-hangzhou");
        return "http://127.0.0.1/" + BUCKET + "/" + object + "?"
                + new UrlSigner(new SigningKeys(1)).sign(url, key, NOW).query().encoded();
    }
}
