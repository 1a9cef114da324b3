package io.countersign.gateway.live;

import static io.restassured.RestAssured.given;

import io.countersign.gateway.cli.CommandFailure;
import io.countersign.gateway.cli.NoCallbackKeys;
import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import io.countersign.presign.callbacks.CallbackFunction;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** An app with a running gateway of its own: its users log in by a provider, its role lets each of them read and write below {@code photos/SUBJECT/}, and they upload there. */
final class PhotoApp implements AutoCloseable {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                roles:
                  - name: mobile
                    <ROLE>
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::1234567890123456:oidc-provider/login"]}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: ["oss:GetObject", "oss:PutObject"], Resource: ["acs:oss:*:*:photos/${jwt:sub}/*", "acs:oss:*:*:photos-*/${jwt:sub}/*"]}]}]
                oidcProviders:
                  - {name: login, issuer: "<ISSUER>", clientIds: [<AUDIENCE>], defaultRole: mobile, jwks: <JWKS>}
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: app<BUCKET>}<BUCKETS>
                uploads:
                  - {name: photo, bucket: photos, role: mobile, key: "${jwt:sub}/${uuid}${ext}", contentTypes: [image/png], maxBytes: 1000, as: put<UPLOAD>}
            """;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    final MovableClock clock;
    private final Path data;
    private final Tokens tokens;
    private final LiveGateway gateway;

    /**
     * What a test chooses of the app.
     *
     * @param directory empty
     * @param role a further member of the role
     * @param bucket further members of the bucket, each behind a comma
     * @param buckets further lines of buckets
     * @param upload further members of the upload, each behind a comma
     * @param callbackKeys stands for OSS's host of keys
     */
    record Choices(
            Path directory,
            String role,
            String bucket,
            String buckets,
            String upload,
            CallbackFunction.KeyFetcher callbackKeys) {
        Choices role(String member) {
            return new Choices(directory, member, bucket, buckets, upload, callbackKeys);
        }

        Choices bucket(String members) {
            return new Choices(directory, role, members, buckets, upload, callbackKeys);
        }

        /** @param members as of {@code photos} in the manifest; with a name that begins with {@code photos-}, users have there what they have in {@code photos} */
        Choices anotherBucket(String members) {
            return new Choices(directory, role, bucket, buckets + "\n      - {" + members + "}", upload, callbackKeys);
        }

        Choices upload(String members) {
            return new Choices(directory, role, bucket, buckets, members, callbackKeys);
        }

        Choices callbackKeys(CallbackFunction.KeyFetcher keys) {
            return new Choices(directory, role, bucket, buckets, upload, keys);
        }

        PhotoApp serve() throws Exception {
            MovableClock clock = new MovableClock();
            Tokens tokens = new Tokens();
            Path data = directory.resolve("data");
            return new PhotoApp(data, clock, tokens, new LiveGateway(manifest(tokens), data, clock, callbackKeys));
        }

        private Path manifest(Tokens tokens) throws IOException {
            return Files.writeString(
                    directory.resolve("manifest.yaml"),
                    MANIFEST.replace("<ROLE>", role)
                            .replace("<BUCKET>", bucket)
                            .replace("<BUCKETS>", buckets)
                            .replace("<UPLOAD>", upload)
                            .replace("<ISSUER>", Tokens.ISSUER)
                            .replace("<AUDIENCE>", Tokens.AUDIENCE)
                            .replace("<JWKS>", tokens.jwks()));
        }
    }

    private PhotoApp(Path data, MovableClock clock, Tokens tokens, LiveGateway gateway) {
        this.data = data;
        this.clock = clock;
        this.tokens = tokens;
        this.gateway = gateway;
    }

    /** This app, which is closed, with a gateway that only reads its registry. */
    PhotoApp reading() throws CommandFailure {
        return new PhotoApp(data, clock, tokens, LiveGateway.readOnly(data, clock));
    }

    /** @param directory empty */
    static Choices in(Path directory) {
        return new Choices(directory, "", "", "", "", NoCallbackKeys.INSTANCE);
    }

    /** A token of a user who logs in now. */
    String login(String subject) throws GeneralSecurityException {
        return tokens.of(subject, clock.instant());
    }

    /** {@code http://127.0.0.1:port}. */
    String url() {
        return gateway.url();
    }

    RequestSpecification call() {
        return given().baseUri(gateway.url());
    }

    /** A call with JSON of the user whose token this is. */
    RequestSpecification as(String token) {
        return call().header("Authorization", "Bearer " + token).contentType(ContentType.JSON);
    }

    ValidatableResponse post(String path, String token, String body) {
        return as(token).body(body).post(path).then();
    }

    /** As an operator's program does, who needs no token on this machine. */
    ValidatableResponse post(String path, String body) {
        return call().contentType(ContentType.JSON).body(body).post(path).then();
    }

    ValidatableResponse withOidc(String token) {
        return call().formParam("Action", "AssumeRoleWithOIDC")
                .formParam("Version", "2015-04-01")
                .formParam("OIDCProviderArn", "acs:ram::1234567890123456:oidc-provider/login")
                .formParam("RoleArn", "acs:ram::1234567890123456:role/mobile")
                .formParam("RoleSessionName", "phone")
                .formParam("OIDCToken", token)
                .post("/")
                .then();
    }

    /** A GET of a presigned URL. */
    ValidatableResponse verify(String url) {
        return post("/verify", JsonText.object(json -> json.put("method", "GET").put("url", url)));
    }

    ValidatableResponse auth(String url) {
        return forwarded("GET", url).get("/auth").then();
    }

    /** A proxy that asks about a request to a URL. */
    RequestSpecification forwarded(String method, String url) {
        int path = url.indexOf('/', "https://".length());
        return call().header("X-Original-Method", method)
                .header("X-Original-Host", url.substring("https://".length(), path))
                .header("X-Original-URI", url.substring(path));
    }

    /** The body for a signature of {@code /sign-content}: a GET of the subject's photo, now. */
    String content(String subject) {
        String date = DATE.format(clock.instant());
        return JsonText.object(json -> json.put("content", "GET\n\n\n" + date + "\n/photos/" + subject + "/a.jpg"));
    }

    /** The body for a signature of another face: of the subject's photo. */
    static String object(String subject) {
        return JsonText.object(json -> json.put("bucket", "photos").put("key", subject + "/a.jpg"));
    }

    @Override
    public void close() {
        gateway.close();
    }
}
