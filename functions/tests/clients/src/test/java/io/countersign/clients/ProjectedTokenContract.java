package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.live.LiveGateway;
import io.countersign.gateway.live.ProcessSettings;
import io.countersign.gateway.storage.Login;
import io.countersign.json.JsonText;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that exchange a projected token of Kubernetes for a session, with the manifest and the nginx of docs/kubernetes-tokens.md. */
abstract class ProjectedTokenContract {
    static final String ROLE = "acs:ram::1234567890123456:role/reports";
    static final String PROVIDER = "acs:ram::1234567890123456:oidc-provider/cluster";
    private static final Path PAGE = Path.of("..", "..", "..", "docs", "kubernetes-tokens.md");
    private static final Pattern MANIFEST = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern ISSUER = Pattern.compile("issuer: (\\S+)");
    private static final Pattern JWKS = Pattern.compile("jwks: .*");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    private ServiceAccountTokens cluster;
    private LiveGateway gateway;
    private StsNginx nginx;

    /** The session that the client makes of the token in the file. Its exceptions pass through. */
    abstract Login login(StsNginx sts, Path tokenFile) throws Exception;

    /** The message of the client's exception. */
    abstract String refusal(StsNginx sts, Path tokenFile) throws Exception;

    @BeforeEach
    void start() throws Exception {
        String manifest = first(MANIFEST, Files.readString(PAGE));
        cluster = new ServiceAccountTokens(first(ISSUER, manifest));
        String ours = JWKS.matcher(manifest).replaceFirst(Matcher.quoteReplacement("jwks: " + cluster.jwks()));
        try (ProcessSettings settings = new ProcessSettings()) {
            settings.set("countersign.trusted-proxies", "127.0.0.1");
            gateway = new LiveGateway(
                    Files.writeString(directory.resolve("manifest.yaml"), ours),
                    directory.resolve("data"),
                    InstantSource.system());
        }
        nginx = new StsNginx(directory, gateway.authority());
    }

    @AfterEach
    void stop() throws Exception {
        nginx.close();
        gateway.close();
    }

    private static String first(Pattern pattern, String text) {
        Matcher found = pattern.matcher(text);
        assertThat(found.find()).as(pattern.pattern()).isTrue();
        return found.group(1);
    }

    private Path token(String namespace, String account, String audience, Instant issued) throws Exception {
        return Files.writeString(directory.resolve("token"), cluster.of(namespace, account, audience, issued, HOUR));
    }

    @Test
    void aPodsSessionMayWhatTheRoleMay() throws Exception {
        Login session = login(nginx, token("shop", "reports", "countersign", Instant.now()));
        assertThat(session.id()).startsWith("STS.");
        assertThat(verified(session, "reports/2026.csv"))
                .contains("\"allowed\":true", "role/reports/system-serviceaccount-shop-reports_");
        assertThat(verified(session, "orders/2026.csv")).contains("\"allowed\":false", "AccessDenied");
    }

    @Test
    void otherAccountsAndNamespacesAreRefused() throws Exception {
        assertThat(refusal(nginx, token("shop", "orders", "countersign", Instant.now())))
                .contains("NoPermission");
        assertThat(refusal(nginx, token("test", "reports", "countersign", Instant.now())))
                .contains("NoPermission");
    }

    @Test
    void tokensForOthersAndOldOnesAreRefused() throws Exception {
        assertThat(refusal(nginx, token("shop", "reports", "https://kubernetes.default.svc", Instant.now())))
                .contains("AuthenticationFail.");
        assertThat(refusal(
                        nginx,
                        token("shop", "reports", "countersign", Instant.now().minus(HOUR.multipliedBy(2)))))
                .contains("AuthenticationFail.OIDCToken.Expired");
        String foreign = new ServiceAccountTokens("https://kubernetes.default.svc.cluster.local")
                .of("shop", "reports", "countersign", Instant.now(), HOUR);
        assertThat(refusal(nginx, Files.writeString(directory.resolve("token"), foreign)))
                .contains("AuthenticationFail.OIDCToken.InvalidSignature");
    }

    /** The gateway itself has something at each of these. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/token",
                "/presign",
                "/verify",
                "/auth",
                "/health",
                "/metrics",
                "/console",
                "/./token",
                "//token"
            })
    void nothingElseIsLetThrough(String path) throws Exception {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(nginx.trust()).build()) {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("https://" + nginx.authority() + path))
                            .build(),
                    BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).as("nginx's own").contains("<center>nginx");
        }
    }

    private String verified(Login session, String key) throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object("examplebucket", key),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(5),
                session.securityToken().map(SecurityToken::of),
                "cn-hangzhou");
        String query = new UrlSigner(new SigningKeys(1))
                .sign(url, new AccessKey(session.id(), Secret.of(session.secret())), Instant.now())
                .query()
                .encoded();
        String body = JsonText.object(json -> json.put("method", "GET")
                .put("url", "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/" + key + "?" + query));
        return HTTP.send(
                        HttpRequest.newBuilder(URI.create(gateway.url() + "/verify"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
