package io.countersign.gateway.cli;

import io.countersign.gateway.config.ConnectionBounds;
import io.countersign.gateway.config.HttpSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.gateway.guard.PrivateAccess;
import io.countersign.gateway.server.GatewayServer;
import io.countersign.gateway.server.Routes;
import io.countersign.gateway.server.WorkerStore;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.KeyRegistry;
import io.countersign.rotate.RotateFunction;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.settings.PropertyValues;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.countersign.testkit.Seeds;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Every face on one port as {@code serve} opens it, over a registry in which nothing is public. */
final class HostileGateway implements AutoCloseable {
    /** Not many more than the test uses: were some not given back, the others would soon not be enough. */
    private static final int CONNECTIONS = 96;

    static final String SECRET = "secret-of-app";
    static final String BUCKET = "private-bucket";
    /** No test asks about it. Its ACLs may come and go. */
    static final String OTHER_BUCKET = "other-bucket";

    private static final String OWNER = "1000000000000001";
    private static final AccessKey APP = new AccessKey("LTAI5tWireApp", Secret.of(SECRET));
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String MANIFEST = """
            accounts:
              - id: "%s"
                users:
                  - name: app
                    accessKeys: [{id: %s, secret: %s, status: Active}]
                    policies:
                      - {Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:%s/team/*"}]}
                buckets:
                  - {name: %s, region: cn-hangzhou, acl: private, signer: app}
                  - {name: %s, region: cn-hangzhou, acl: private}
            """.formatted(OWNER, APP.id(), SECRET, BUCKET, BUCKET, OTHER_BUCKET);

    private final Vertx vertx = Vertx.vertx();
    private final OpenedData data;
    private final GatewayServer server;
    final String url;

    /** @param patience with requests that are not whole, and with connections that are silent */
    HostileGateway(Path directory, Duration patience) throws Exception {
        SecureRandom random = Seeds.secure();
        InstantSource clock = InstantSource.fixed(NOW);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Settings settings = Settings.from(PropertyValues.of(Map.of(), Map.of()));
        data = OpenedData.open(directory, settings.data(), random, clock);
        new Applier(new Terminal(InputStream.nullInputStream(), nowhere, nowhere, false), clock, random)
                .applyQuietly(MANIFEST, data, settings);
        WorkerStore store = new WorkerStore(data.store());
        KeyRegistry registry =
                new KeyRegistry(store, data.sealer(), settings.cache().bounds());
        HttpSettings http = new HttpSettings(
                patience,
                patience,
                new ConnectionBounds(CONNECTIONS, CONNECTIONS, TrustedProxies.NONE),
                4,
                64,
                Duration.ZERO,
                TrustedProxies.NONE,
                Duration.ofMinutes(1));
        server = new GatewayServer(vertx, http, clock, random);
        url = server.listen(
                new GatewayServer.Listen("127.0.0.1", 0),
                Routes.of(Endpoints.of(
                                registry,
                                store,
                                events(random)::handle,
                                (call, now) -> Reply.empty(200),
                                settings,
                                random,
                                PrivateAccess.THIS_MACHINE,
                                NoCallbackKeys.INSTANCE)
                        .shared()));
    }

    private RotateFunction events(SecureRandom random) {
        return new RotateFunction(new Rotation(data.store(), data.sealer(), RotateSettings.DEFAULT, random));
    }

    /** A presigned URL that is allowed: a GET of {@code team/a} as path and query. */
    static String presigned() {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(BUCKET, "team/a"),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        try {
            return "/" + BUCKET + "/team/a?"
                    + new UrlSigner(new SigningKeys(1))
                            .sign(url, APP, NOW)
                            .query()
                            .encoded();
        } catch (OssRefusal e) {
            throw new AssertionError(e);
        }
    }

    /** The facts in every answer of {@code /verify} that allows a request. */
    static List<String> allowedFacts() {
        return List.of(
                "\"accessKeyId\":\"" + APP.id() + "\"",
                "\"action\":\"oss:GetObject\"",
                "\"resource\":\"acs:oss:*:" + OWNER + ":" + BUCKET + "/team/a\"",
                "\"obligations\":[]");
    }

    @Override
    public void close() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        data.close();
    }
}
