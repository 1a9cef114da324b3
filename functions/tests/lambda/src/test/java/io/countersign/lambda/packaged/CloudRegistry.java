package io.countersign.lambda.packaged;

import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.registry.dynamodb.DynamoStore;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.registry.dynamodb.LocalDynamo;
import io.countersign.registry.dynamodb.RegistryTable;
import io.countersign.registry.dynamodb.TableLocation;
import io.countersign.registry.kms.AwsKeyWrapper;
import io.countersign.registry.kms.FakeKms;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.wrapping.WrappedRootKey;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kms.KmsClient;

/** A registry as the cloud has it, in DynamoDB Local and a stand-in for KMS, filled by a manifest. */
final class CloudRegistry implements AutoCloseable {
    static final AccessKey APP = new AccessKey("LTAI5tAppAppAppAppAppA", Secret.of("AppSecretAppSecretAppSecretAp"));
    static final String BUCKET = "examplebucket";
    static final String DOMAIN = "img.example.com";
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: %4$s, secret: %5$s}]
                    policies:
                      - Version: "1"
                        Statement:
                          - {Effect: Allow, Action: "oss:*", Resource: "acs:oss:*:*:examplebucket/*"}
                          - {Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}
                roles:
                  - name: mobile-app
                    trust:
                      Version: "1"
                      Statement:
                        - Effect: Allow
                          Action: "sts:AssumeRole"
                          Principal:
                            RAM: ["acs:ram::1234567890123456:user/app"]
                            Federated: ["acs:ram::1234567890123456:oidc-provider/demo"]
                    policies:
                      - Version: "1"
                        Statement:
                          - {Effect: Allow, Action: ["oss:GetObject", "oss:PutObject"], Resource: "acs:oss:*:*:examplebucket/users/*"}
                  - name: uploader
                    faces: [uploads]
                    trust:
                      Version: "1"
                      Statement:
                        - Effect: Allow
                          Action: "sts:AssumeRole"
                          Principal:
                            RAM: ["acs:ram::1234567890123456:user/app"]
                            Federated: ["acs:ram::1234567890123456:oidc-provider/demo", "acs:ram::1234567890123456:oidc-provider/sender"]
                    policies:
                      - Version: "1"
                        Statement:
                          - {Effect: Allow, Action: "oss:PutObject", Resource: "acs:oss:*:*:examplebucket/users/*"}
                oidcProviders:
                  - {name: demo, issuer: "%1$s", clientIds: [%2$s], defaultRole: mobile-app, allowQueryToken: true, jwks: %3$s}
                  - {name: sender, issuer: "%1$s", clientIds: [sender], defaultRole: uploader, jwks: %3$s}
                buckets:
                  - name: examplebucket
                    region: cn-hangzhou
                    signer: app
                    domains: [img.example.com]
                    objectAcls: [{key: public/a b.txt, acl: public-read}]
                uploads:
                  - {name: picture, bucket: examplebucket, role: uploader, key: "users/${uuid}${ext}", contentTypes: [image/png], maxBytes: 1000, as: put}
            """;

    private final String table = LocalDynamo.newTable();
    private final SecureRandom random = Seeds.secure();
    private final FakeKms kms = new FakeKms();
    private final FaultyDynamo dynamo;
    private final RegistryStore store;

    CloudRegistry() throws Exception {
        LocalDynamo local = LocalDynamo.running();
        dynamo = new FaultyDynamo(local.endpoint());
        store = new DynamoStore(local.client(), new TableLocation.Table(table, Duration.ofMinutes(1)), random);
        RegistryTable.make(local.client(), table);
        Sealer sealer = new Sealer(
                WrappedRootKey.openOrMake(
                        new AwsKeyWrapper(kmsClient(), FakeKms.KEY_ID), store, random, InstantSource.system()),
                random);
        String manifest = MANIFEST.formatted(
                TestToken.ISSUER,
                TestToken.AUDIENCE,
                TestRegistry.jwks(),
                APP.id(),
                APP.secret().reveal());
        ManifestApplier.apply(
                Manifest.parse(manifest),
                store,
                sealer,
                ApplyOptions.of(false),
                KeyKeeper.reportAlone(),
                Instant.now(),
                random);
    }

    RegistryStore store() {
        return store;
    }

    FaultyDynamo dynamo() {
        return dynamo;
    }

    FakeKms kms() {
        return kms;
    }

    /** The settings of an operator for every function. */
    Map<String, String> environment() {
        return new HashMap<>(Map.of(
                "COUNTERSIGN_DYNAMODB_TABLE",
                table,
                "COUNTERSIGN_DYNAMODB_ENDPOINT",
                dynamo.endpoint().toString(),
                "COUNTERSIGN_KMS_KEY_ID",
                FakeKms.KEY_ID,
                "COUNTERSIGN_KMS_ENDPOINT",
                kms.endpoint().toString(),
                "COUNTERSIGN_CACHE_TTL",
                "PT0.2S",
                // The machine that tests may be busy: only what is meant to fail should.
                "COUNTERSIGN_AWS_API_CALL_TIMEOUT",
                "PT1M"));
    }

    /** A token of the app's own login, for {@code alice}. */
    static String token() {
        return token(TestToken.AUDIENCE);
    }

    /** As {@link #token()}, of a login whose default role lists the face of uploads alone. */
    static String uploaderToken() {
        return token("sender");
    }

    private static String token(String audience) {
        long now = Instant.now().getEpochSecond();
        return TestToken.good("ES256", "ec")
                .withPayload(TestToken.claims(now - 60, now + 3600, "")
                        .replace("\"aud\":\"" + TestToken.AUDIENCE + "\"", "\"aud\":\"" + audience + "\""))
                .signed(TestKeys.EC, "ES256");
    }

    @Override
    public void close() {
        store.close();
        dynamo.close();
        kms.close();
    }

    private KmsClient kmsClient() {
        URI endpoint = kms.endpoint();
        return KmsClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(endpoint)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "localsecret")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    static Optional<String> trustedCaller() {
        return Optional.of("arn:aws:sts::111122223333:assumed-role/storage/i-1");
    }
}
