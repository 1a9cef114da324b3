package io.countersign.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.Invocation;
import io.countersign.gateway.storage.OssStore;
import io.countersign.gateway.storage.SessionUrl;
import io.countersign.gateway.storage.Tokens;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.NullValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every endpoint that decides logs its decisions, with the request id of the answer and without a secret. */
class EndpointsLoggedTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Tokens TOKENS = new Tokens();
    private static final String HOST = "photos.oss-cn-hangzhou.aliyuncs.com";
    private static final String SIGNER = "LTAI5tSignerSignerSigne";
    private static final String SECRET = "SignerSecretOfThisTest";
    private static final String MANIFEST = """
            {"accounts": [{
              "id": "1234567890123456",
              "users": [{"name": "signer", "accessKeys": [{"id": "LTAI5tSignerSignerSigne", "secret": "%1$s"}],
                         "policies": [{"Version": "1", "Statement": [{"Effect": "Allow", "Action": "oss:*", "Resource": "*"}]}]}],
              "buckets": [{"name": "photos", "region": "cn-hangzhou", "signer": "signer",
                           "objectAcls": [{"key": "public.jpg", "acl": "public-read"}]},
                          {"name": "stored", "region": "cn-hangzhou",
                           "upstream": {"protocol": "oss", "endpoint": "%5$s", "region": "cn-hangzhou", "bucket": "physical-stored", "pathStyle": true, "signer": "signer"}}],
              "roles": [{"name": "app",
                "trust": {"Version": "1", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
                  "Principal": {"Federated": "acs:ram::1234567890123456:oidc-provider/idp"}}]},
                "policies": [{"Version": "1", "Statement": [
                  {"Effect": "Allow", "Action": "oss:*", "Resource": ["acs:oss:*:*:photos/users/${jwt:sub}/*", "acs:oss:*:*:stored/users/${jwt:sub}/*"]},
                  {"Effect": "Deny", "Action": "oss:*", "Resource": "acs:oss:*:*:photos/secret/*"}]}]}],
              "oidcProviders": [{"name": "idp", "issuer": "%2$s", "clientIds": ["%3$s"], "jwks": %4$s, "defaultRole": "app"}]
            }]}
            """;

    @TempDir
    private Path directory;

    private final ProcessSettings settings = new ProcessSettings();
    private final OssStore store = OssStore.start("cn-hangzhou", SIGNER, SECRET);
    private final List<String> secrets = new ArrayList<>(List.of(SECRET));
    private Path log;
    private LiveGateway gateway;
    private String token;

    @BeforeEach
    void serve() throws Exception {
        Path manifest = Files.writeString(
                directory.resolve("manifest.json"),
                MANIFEST.formatted(SECRET, Tokens.ISSUER, Tokens.AUDIENCE, TOKENS.jwks(), store.endpoint()));
        store.create("physical-stored");
        log = directory.resolve("decisions.log");
        settings.set("countersign.decisions.log", "all");
        settings.set("countersign.decisions.file", log.toString());
        gateway = new LiveGateway(
                new Invocation.Serve(
                                Optional.of(manifest),
                                directory.resolve("data"),
                                false,
                                "127.0.0.1",
                                0,
                                OptionalInt.empty(),
                                Optional.empty(),
                                OptionalInt.of(0))
                        .withStorePort(0),
                InstantSource.system());
        token = TOKENS.of("ann");
        secrets.add(token);
        secrets.add(token.substring(token.lastIndexOf('.') + 1));
    }

    @AfterEach
    void stop() {
        gateway.close();
        settings.close();
        store.close();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create(gateway.url() + path));
    }

    private HttpResponse<String> bearer(String path, String body) throws Exception {
        return send(at(path).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("User-Agent", "aliyun-sdk-nodejs/6.23.0 Node.js 20.11.1")
                .POST(BodyPublishers.ofString(body)));
    }

    private HttpResponse<String> verify(String method, String url) throws Exception {
        return send(at("/verify")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JsonText.object(json -> json.put("method", method)
                        .put("url", url)
                        .put("sourceIp", "203.0.113.7")
                        .object("headers", headers -> headers.put("User-Agent", "curl/8.14.1"))))));
    }

    private HttpResponse<String> auth(String target) throws Exception {
        return send(at("/auth")
                .header("X-Original-Method", "GET")
                .header("X-Original-URI", target)
                .header("X-Original-Host", HOST));
    }

    /** The lines of the log, once there are so many. */
    private List<Map<String, Value>> lines(int count) throws Exception {
        for (int i = 0; i < 500 && Files.readAllLines(log).size() < count; i++) {
            Thread.sleep(10);
        }
        List<Map<String, Value>> lines = new ArrayList<>();
        String text = Files.readString(log);
        for (String line : text.lines().toList()) {
            lines.add(((Value.ObjectValue) Values.parse(line)).members());
        }
        assertThat(lines).hasSize(count);
        secrets.forEach(secret -> assertThat(text).doesNotContain(secret));
        return lines;
    }

    private static Optional<String> text(Map<String, Value> line, String member) {
        return switch (line.get(member)) {
            case StringValue string -> Optional.of(string.text());
            case NullValue nothing -> Optional.empty();
            case null -> throw new AssertionError("no " + member);
            case Value other -> Optional.of(JsonText.of(other));
        };
    }

    private static String is(Map<String, Value> line) {
        return String.join(
                " ",
                List.of("face", "outcome", "code", "action", "resource", "decidedBy").stream()
                        .map(member -> text(line, member).orElse("-"))
                        .toList());
    }

    @Test
    void verifyAndAuth() throws Exception {
        HttpResponse<String> open = verify("GET", "http://" + HOST + "/public.jpg");
        HttpResponse<String> closed = verify("GET", "http://" + HOST + "/private.jpg?x-oss-process=querysecret");
        secrets.add("querysecret");
        HttpResponse<String> proxied = auth("/private.jpg");
        HttpResponse<String> unknown =
                auth("/private.jpg?OSSAccessKeyId=NotAnIdButASecret0000000000000&Expires=9999999999&Signature=AAAA");
        secrets.add("NotAnIdButASecret0000000000000");
        HttpResponse<String> unreadable = auth("no/path");
        List<Map<String, Value>> lines = lines(5);
        assertThat(is(lines.get(0)))
                .isEqualTo(
                        "/verify allowed - oss:GetObject acs:oss:*:1234567890123456:photos/public.jpg object-acl public-read");
        assertThat(is(lines.get(1)))
                .isEqualTo(
                        "/verify refused AccessDenied oss:GetObject acs:oss:*:1234567890123456:photos/private.jpg bucket-acl private");
        assertThat(text(lines.get(1), "principal")).contains("Anonymous");
        assertThat(text(lines.get(1), "userAgentFamily")).contains("curl");
        assertThat(text(lines.get(1), "sourceIp")).contains("203.0.113.7");
        assertThat(text(lines.get(1), "ec")).isPresent();
        assertThat(text(lines.get(0), "requestId")).isEqualTo(open.headers().firstValue("x-request-id"));
        assertThat(text(lines.get(1), "requestId")).isEqualTo(closed.headers().firstValue("x-request-id"));
        for (var pair : Map.of(2, proxied, 3, unknown, 4, unreadable).entrySet()) {
            Map<String, Value> line = lines.get(pair.getKey());
            assertThat(text(line, "face")).contains("/auth");
            assertThat(text(line, "outcome")).contains("refused");
            assertThat(text(line, "requestId"))
                    .isEqualTo(pair.getValue().headers().firstValue("x-oss-request-id"));
        }
        assertThat(text(lines.get(3), "code")).contains("InvalidAccessKeyId");
        assertThat(text(lines.get(3), "accessKeyId")).isEmpty();
        assertThat(text(lines.get(3), "signatureVersion")).contains("V1");
    }

    @Test
    void anotherMomentIsNoDecision() throws Exception {
        send(at("/verify")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(
                        "{\"method\":\"GET\",\"url\":\"http://" + HOST + "/a\",\"at\":\"2026-01-01T00:00:00Z\"}")));
        send(at("/health"));
        verify("GET", "http://" + HOST + "/b");
        assertThat(text(lines(1).getFirst(), "resource")).contains("acs:oss:*:1234567890123456:photos/b");
    }

    @Test
    void theSigningEndpoints() throws Exception {
        HttpResponse<String> one = bearer("/presign", "{\"bucket\":\"photos\",\"key\":\"users/ann/a.jpg\"}");
        Members url = Members.of(Values.parse(one.body()));
        secrets.add(url.string("url").replaceAll(".*x-oss-signature=([0-9a-f]+).*", "$1"));
        HttpResponse<String> batch = bearer(
                "/presign",
                "{\"requests\":[{\"bucket\":\"photos\",\"key\":\"users/ann/b.jpg\"},{\"bucket\":\"photos\",\"key\":\"secret/c.jpg\"},{}]}");
        HttpResponse<String> form = bearer("/post-policy", "{\"bucket\":\"photos\",\"key\":\"users/bob/d.jpg\"}");
        HttpResponse<String> content = bearer(
                "/sign-content",
                JsonText.object(
                        body -> body.put("content", "GET\n\n\nSun, 29 Nov 2020 03:00:00 GMT\n/photos/users/ann/e")));
        List<Map<String, Value>> lines = lines(6);
        assertThat(lines.stream().map(EndpointsLoggedTest::is))
                .containsExactly(
                        "/presign allowed - oss:GetObject acs:oss:*:1234567890123456:photos/users/ann/a.jpg Statement[0] of role policy 0",
                        "/presign allowed - oss:GetObject acs:oss:*:1234567890123456:photos/users/ann/b.jpg Statement[0] of role policy 0",
                        "/presign refused AccessDenied oss:GetObject acs:oss:*:1234567890123456:photos/secret/c.jpg Statement[1] of role policy 0",
                        "/presign refused InvalidMember - - -",
                        "/post-policy refused AccessDenied oss:PutObject acs:oss:*:1234567890123456:photos/users/bob/d.jpg -",
                        "/sign-content refused " + code(content) + " - - -");
        for (Map<String, Value> line : lines) {
            assertThat(text(line, "principal")).contains("acs:ram::1234567890123456:role/app/ann");
            assertThat(text(line, "subject")).contains("ann");
            assertThat(text(line, "userAgentFamily")).contains("aliyun-sdk-js");
        }
        assertThat(text(lines.get(0), "requestId")).isEqualTo(one.headers().firstValue("x-request-id"));
        for (int part = 1; part <= 3; part++) {
            assertThat(text(lines.get(part), "requestId"))
                    .isEqualTo(batch.headers().firstValue("x-request-id"));
        }
        assertThat(text(lines.get(4), "requestId")).isEqualTo(form.headers().firstValue("x-request-id"));
        assertThat(text(lines.get(0), "signatureVersion")).contains("V4");
    }

    /** A bucket of another account, or none, is not said to be the caller's. */
    @Test
    void theOwnerOfABucketThatIsNotTheCallersIsNotNamed() throws Exception {
        bearer("/presign", "{\"bucket\":\"elsewhere\",\"key\":\"users/ann/a.jpg\"}");
        bearer("/post-policy", "{\"bucket\":\"elsewhere\",\"key\":\"users/ann/a.jpg\"}");
        assertThat(lines(2).stream().map(EndpointsLoggedTest::is))
                .containsExactly(
                        "/presign refused AccessDenied oss:GetObject acs:oss:*:*:elsewhere/users/ann/a.jpg -",
                        "/post-policy refused AccessDenied oss:PutObject acs:oss:*:*:elsewhere/users/ann/a.jpg -");
    }

    private static String code(HttpResponse<String> problem) throws Exception {
        return Members.of(Values.parse(problem.body())).string("code");
    }

    @Test
    void theEndpointsForSessions() throws Exception {
        HttpResponse<String> session = send(at("/token").header("Authorization", "Bearer " + token));
        Members credentials = Members.of(Values.parse(session.body()));
        secrets.add(credentials.string("AccessKeySecret"));
        secrets.add(credentials.string("SecurityToken"));
        HttpResponse<String> invalid = send(at("/token").header("Authorization", "Bearer a.b.c"));
        HttpResponse<String> sts = send(at("/?Action=AssumeRoleWithOIDC&Version=2015-04-01&Format=JSON"
                + "&RoleSessionName=ann&RoleArn=" + encoded("acs:ram::1234567890123456:role/app")
                + "&OIDCProviderArn=" + encoded("acs:ram::1234567890123456:oidc-provider/idp")
                + "&OIDCToken=" + encoded(token)));
        HttpResponse<String> unsigned = send(at("/?Action=GetCallerIdentity&Version=2015-04-01&Format=JSON"));
        List<Map<String, Value>> lines = lines(4);
        assertThat(lines.stream().map(EndpointsLoggedTest::is))
                .startsWith("/token allowed - sts:AssumeRole acs:ram::1234567890123456:role/app -")
                .contains("/ allowed - sts:AssumeRoleWithOIDC acs:ram::1234567890123456:role/app -");
        assertThat(text(lines.get(1), "outcome")).contains("refused");
        assertThat(text(lines.get(1), "principal")).isEmpty();
        assertThat(text(lines.get(0), "subject")).contains("ann");
        assertThat(text(lines.get(2), "subject")).contains("ann");
        assertThat(text(lines.get(0), "requestId")).isEqualTo(session.headers().firstValue("x-request-id"));
        assertThat(text(lines.get(1), "requestId")).isEqualTo(invalid.headers().firstValue("x-request-id"));
        for (var pair : Map.of(2, sts, 3, unsigned).entrySet()) {
            assertThat(text(lines.get(pair.getKey()), "requestId"))
                    .contains(Members.of(Values.parse(pair.getValue().body())).string("RequestId"));
        }
    }

    @Test
    void theSessionThatARequestWasSignedWith() throws Exception {
        Members session = Members.of(Values.parse(
                send(at("/token").header("Authorization", "Bearer " + token)).body()));
        secrets.add(session.string("AccessKeySecret"));
        secrets.add(session.string("SecurityToken"));
        store.seed("physical-stored", "users/ann/a.jpg", "seeded");
        List<String> said = new ArrayList<>();
        for (String key : List.of("users/ann/a.jpg", "users/bob/a.jpg")) {
            URI photo = URI.create(SessionUrl.of(session, "photos", key));
            URI stored = URI.create(SessionUrl.of(session, "stored", key));
            verify("GET", photo.toString());
            auth(photo.getRawPath() + "?" + photo.getRawQuery());
            said.add(send(HttpRequest.newBuilder(URI.create(
                            gateway.storeUrl() + "/stored" + stored.getRawPath() + "?" + stored.getRawQuery())))
                    .body());
        }
        assertThat(said.getFirst()).isEqualTo("seeded");
        verify("GET", "http://" + HOST + "/public.jpg");
        List<Map<String, Value>> lines = lines(8);
        assertThat(lines.stream()
                        .map(line -> text(line, "face").orElseThrow() + " "
                                + text(line, "outcome").orElseThrow()))
                .containsExactly(
                        "/token allowed",
                        "/verify allowed",
                        "/auth allowed",
                        "store allowed",
                        "/verify refused",
                        "/auth refused",
                        "store refused",
                        "/verify allowed");
        for (Map<String, Value> line : lines.subList(1, 7)) {
            assertThat(text(line, "sessionId")).contains(session.string("SessionId"));
            assertThat(text(line, "subject")).contains("ann");
            assertThat(text(line, "principal")).contains("acs:ram::1234567890123456:role/app/ann");
        }
        assertThat(text(lines.getLast(), "sessionId")).isEmpty();
    }

    /** Nothing is told of a session before it is known that the request is its holder's. */
    @Test
    void aSessionThatSignedNothingIsNotNamed() throws Exception {
        Members session = Members.of(Values.parse(
                send(at("/token").header("Authorization", "Bearer " + token)).body()));
        String forged = SessionUrl.of(session, "photos", "users/ann/a.jpg")
                .replaceFirst("x-oss-signature=[0-9a-f]{64}", "x-oss-signature=" + "0".repeat(64));
        URI url = URI.create(forged);
        verify("GET", forged);
        auth(url.getRawPath() + "?" + url.getRawQuery());
        send(HttpRequest.newBuilder(
                URI.create(gateway.storeUrl() + "/photos" + url.getRawPath() + "?" + url.getRawQuery())));
        for (Map<String, Value> line : lines(4).subList(1, 4)) {
            assertThat(text(line, "code")).contains("SignatureDoesNotMatch");
            assertThat(text(line, "sessionId")).isEmpty();
            assertThat(text(line, "subject")).isEmpty();
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
