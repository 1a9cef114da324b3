package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.CountingStore.Count;
import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.documents.Documents;
import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.oss.Acl;
import io.countersign.presign.callbacks.AllowedUpload;
import io.countersign.presign.callbacks.CallbackFunction;
import io.countersign.presign.callbacks.CallbackParameters;
import io.countersign.presign.callbacks.CallbackSettings;
import io.countersign.registry.AclWriter;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.settings.PropertyValues;
import io.countersign.testkit.CallbackKey;
import io.countersign.testkit.Seeds;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Store calls of the endpoints that write: the life of one key by the scheduled event, and an object's ACL. docs/store-cost.md says the same. */
class WriteCostTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String HEADER = "| what is asked | reads | read units | writes | write units |";
    private static final RotateSettings RULES = new RotateSettings(Duration.ofSeconds(5), Duration.ofDays(10_000));
    private static final String ONE_USER = """
            accounts:
              - id: "2222222222222222"
                users:
                  - name: app-signer
                    accessKeys: [{id: LTAI5tSignerSignerSigner, secret: signerSecretsignerSecretsigner}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                buckets: [{name: examplebucket, region: cn-hangzhou, acl: private, signer: app-signer}]
            """;

    @TempDir
    Path directory;

    private final SecureRandom random = Seeds.secure();
    private OpenedData data;
    private CountingStore store;
    private Rotation rotation;
    private Instant now = NOW;
    private int events;

    @BeforeEach
    void fill() throws Exception {
        InstantSource clock = InstantSource.fixed(NOW);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        data = OpenedData.open(directory, DataSettings.EMBEDDED, random, clock);
        new Applier(new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false), clock, random)
                .applyQuietly(ONE_USER, data, Settings.from(PropertyValues.of(Map.of(), Map.of())));
        store = new CountingStore(data.store());
        rotation = new Rotation(store, data.sealer(), RULES, random);
    }

    @AfterEach
    void close() {
        data.close();
    }

    @Test
    void thePageSaysWhatWritingAsks() throws Exception {
        scheduled("what applying the manifest has left to look at", Duration.ofMinutes(5), 0);
        List<String> measured = new ArrayList<>();
        measured.add(scheduled("`/events`, scheduled, nothing due", Duration.ofMinutes(5), 0));
        measured.add(scheduled("`/events`, scheduled, a new key made", Duration.ofDays(90), 1));
        measured.add(scheduled("`/events`, scheduled, the older one retired", Duration.ofSeconds(10), 1));
        measured.add(scheduled("`/events`, scheduled, made Inactive", Duration.ofDays(8), 1));
        measured.add(scheduled("`/events`, scheduled, deleted", Duration.ofDays(30), 1));
        measured.add(sent("sending the four events of this", 4));
        new AclWriter(store).setObjectAcl("examplebucket", "users/ada/photo.jpg", Acl.PUBLIC_READ, now);
        measured.add(row("`PUT /acl`, of an object"));
        callback();
        measured.add(row("`/callbacks/oss`, an upload"));
        callback();
        measured.add(row("`/callbacks/oss`, the same again"));
        assertThat(Documents.rows("docs/store-cost.md", HEADER)).containsExactlyElementsOf(measured);
    }

    private String scheduled(String what, Duration later, int told) throws Exception {
        now = now.plus(later);
        events++;
        int before = waiting();
        rotation.handle(new IncomingEvent.Scheduled("event-" + events), now);
        String row = row(what);
        assertThat(waiting() - before).as(what).isEqualTo(told);
        return row;
    }

    private String sent(String what, int told) throws Exception {
        assertThat(new Outbox(store, sent -> {}).send(now)).isEqualTo(told);
        return row(what);
    }

    /** Another process for each call, with a key of this test in OSS's place. */
    private void callback() throws Exception {
        CallbackKey oss = CallbackKey.of("oss");
        CallbackParameters parameters = new CallbackParameters(
                new CallbackSettings(Optional.of(URI.create("https://app.example.com/callbacks/oss"))),
                new KeyRegistry(store, data.sealer(), CacheSettings.Bounds.DEFAULT),
                random);
        AllowedUpload upload = new AllowedUpload(
                "avatar",
                "0123456789abcdef0123456789abcdef",
                "2222222222222222",
                "examplebucket",
                "users/ada/avatar.png",
                "ada",
                "login",
                1_048_576,
                now.plus(Duration.ofMinutes(10)));
        String body = Members.of(Values.parse(Base64.getDecoder().decode(parameters.of(upload, now))))
                .string("callbackBody")
                .replace("${bucket}", "examplebucket")
                .replace("${object}", "users%2Fada%2Favatar.png")
                .replace("${etag}", "D8E8FCA2DC0F896FD7CB4CB0031BA249")
                .replace("${size}", "34817")
                .replace("${mimeType}", "image%2Fpng");
        String keyUrl = "https://gosspublic.alicdn.com/callback_pub_key_v1.pem";
        Call call = new Call(
                "POST",
                "/callbacks/oss",
                Optional.empty(),
                List.of(
                        new Header("Content-Type", "application/x-www-form-urlencoded"),
                        new Header(
                                "x-oss-pub-key-url",
                                Base64.getEncoder().encodeToString(keyUrl.getBytes(StandardCharsets.UTF_8))),
                        new Header("authorization", oss.sign("/callbacks/oss", body))),
                Bytes.utf8(body),
                "203.0.113.7",
                true);
        Reply reply = new CallbackFunction(parameters, store, uri -> oss.pem().getBytes(StandardCharsets.UTF_8))
                .handle(call, now);
        assertThat(reply.status()).as(reply.body().utf8()).isEqualTo(200);
    }

    private int waiting() throws Exception {
        return data.store()
                .query(OutboxItem.PARTITION, Optional.empty(), 100, RegistryStore.Consistency.STRONG, now)
                .items()
                .size();
    }

    private String row(String what) {
        Count count = store.taken();
        return "| %s | %d | %d | %d | %d |"
                .formatted(what, count.reads(), count.readUnits(), count.writes(), count.writeUnits());
    }
}
