package io.countersign.gateway.store;

import io.countersign.gateway.cli.Commands;
import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.cli.QuickCommands;
import io.countersign.gateway.cli.Terminal;
import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.testkit.FileTree;
import io.countersign.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A gateway with a store port in front of a {@link ScriptedStore}. Registered as an extension, it runs while the tests of a class do, and its store forgets what it got before
 * each of them.
 */
final class StoreFixture implements AutoCloseable, BeforeAllCallback, BeforeEachCallback, AfterAllCallback {
    static final String ACCOUNT = "1234567890123456";
    static final String ALICE = "LTAI5tAliceOfTheTests001";
    static final String ALICE_SECRET = "alice-secret-0123456789abcdefg";
    static final String SIGNER = "LTAI5tSignerOfTheTests01";
    /** Everybody may read and write it. */
    static final String OPEN = "postbox";
    /** Everybody may read it. */
    static final String PUBLIC = "publicbucket";

    static final String PRIVATE = "examplebucket";
    static final String WITHOUT_STORE = "plainbucket";
    /** Everybody may read and write it; its store speaks S3. */
    static final String OPEN_S3 = "s3box";
    /** Of an S3 store too. */
    static final String PRIVATE_S3 = "s3private";
    /** Nobody knows it but the store that speaks S3. */
    static final String S3_SECRET = "store-secret-0123456789abcdefgh";
    /** What the stores call them. */
    static final String PHYSICAL = "physical-";

    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: store-signer
                    accessKeys: [{id: LTAI5tSignerOfTheTests01, secret: "signer-secret-0123456789abcdef"}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                  - name: alice
                    accessKeys: [{id: LTAI5tAliceOfTheTests001, secret: "alice-secret-0123456789abcdefg"}]
                    policies:
                      - Version: "1"
                        Statement:
                          - {Effect: Allow, Action: "oss:*", Resource: ["acs:oss:*:*:*", "acs:oss:*:*:*/*"]}
                          - {Effect: Deny, Action: "oss:DeleteObject", Resource: "acs:oss:*:*:*/keep/*"}
                          - {Effect: Deny, Action: "oss:PutObjectTagging", Resource: "*", Condition: {StringEquals: {"oss:RequestObjectTag/class": "secret"}}}
                buckets:
                  - name: postbox
                    region: cn-hangzhou
                    acl: public-read-write
                    cors: [{allowedOrigins: ["https://app.example.com"], allowedMethods: [GET, PUT, POST], allowedHeaders: ["*"], exposeHeaders: [ETag], maxAgeSeconds: 600}]
                    upstream: {protocol: oss, endpoint: "<STORE>", region: cn-hangzhou, bucket: physical-postbox, pathStyle: true, signer: store-signer}
                  - name: publicbucket
                    region: cn-hangzhou
                    acl: public-read
                    upstream: {protocol: oss, endpoint: "<STORE>", region: cn-hangzhou, bucket: physical-publicbucket, pathStyle: true, signer: store-signer}
                    objectAcls: [{key: hidden.txt, acl: private}]
                  - name: examplebucket
                    region: cn-hangzhou
                    upstream: {protocol: oss, endpoint: "<STORE>", region: cn-hangzhou, bucket: physical-examplebucket, pathStyle: true, signer: store-signer}
                    objectAcls: [{key: shown.txt, acl: public-read}]
                  - {name: plainbucket, region: cn-hangzhou, acl: public-read-write}
                  - name: s3box
                    region: cn-hangzhou
                    acl: public-read-write
                    upstream: {protocol: s3, endpoint: "<STORE>", region: us-east-1, bucket: physical-s3box, pathStyle: true, accessKey: {id: AKIASTORE, secret: "store-secret-0123456789abcdefgh"}}
                  - name: s3private
                    region: cn-hangzhou
                    upstream: {protocol: s3, endpoint: "<STORE>", region: us-east-1, bucket: physical-s3private, pathStyle: true, accessKey: {id: AKIASTORE, secret: "store-secret-0123456789abcdefgh"}}
            """;

    private final Map<String, String> settings;
    ScriptedStore store;
    LiveGateway gateway;
    private Path directory;

    StoreFixture() {
        this(Map.of());
    }

    /** @param settings by name */
    StoreFixture(Map<String, String> settings) {
        this.settings = settings;
    }

    /** One that a test starts and closes by itself. */
    static StoreFixture started(Map<String, String> settings) throws Exception {
        StoreFixture fixture = new StoreFixture(settings);
        fixture.start();
        return fixture;
    }

    private void start() throws Exception {
        store = ScriptedStore.ofOwner();
        directory = Files.createTempDirectory("countersign-store-");
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), manifest(store));
        try (ProcessSettings process = new ProcessSettings()) {
            settings.forEach(process::set);
            gateway = new LiveGateway(
                    new Invocation.Serve(
                                    Optional.of(manifest),
                                    directory.resolve("data"),
                                    false,
                                    "127.0.0.1",
                                    0,
                                    OptionalInt.empty(),
                                    Optional.of(directory.resolve("private.sock")),
                                    OptionalInt.of(0))
                            .withStorePort(0),
                    InstantSource.system());
        }
    }

    @Override
    public void beforeAll(ExtensionContext tests) throws Exception {
        start();
    }

    @Override
    public void beforeEach(ExtensionContext test) {
        store.received.clear();
    }

    @Override
    public void afterAll(ExtensionContext tests) throws IOException {
        close();
    }

    /** The manifest with this store behind its buckets. */
    static String manifest(ScriptedStore store) {
        return MANIFEST.replace("<STORE>", store.endpoint());
    }

    /** {@code http://127.0.0.1:port} of the store port. */
    String url() {
        return gateway.storeUrl();
    }

    /** Applies the manifest with this text in place of another, as an operator does beside the server. */
    void apply(String text, String other) throws IOException {
        Path changed = Files.writeString(
                directory.resolve("changed.yaml"), manifest(store).replace(text, other));
        Invocation apply = Commands.parse(
                "apply",
                "--manifest",
                changed.toString(),
                "--data",
                directory.resolve("data").toString());
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(InputStream.nullInputStream(), out, out, false);
        int exit = new QuickCommands(terminal, InstantSource.system(), Seeds.secure()).run((Invocation.Quick) apply);
        if (exit != 0) {
            throw new AssertionError(said.toString(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        store.close();
        FileTree.delete(directory);
    }
}
