package io.countersign.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.clients.RecordingStorage.Arrived;
import io.countersign.gateway.storage.GuardedStorageManifest;
import io.countersign.gateway.storage.Login;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A proxy of {@code infra} in front of a storage that reads the client's URL. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ProxyContract {
    private static final String BUCKET = GuardedStorageManifest.PRIVATE;
    private static final String FOLDER = "users/alice/";
    private static final DateTimeFormatter RFC1123 =
            DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ROOT).withZone(ZoneOffset.UTC);

    private final String script;
    private ProxiedStorage storage;
    private OddGateway odd;
    private ProxiedStorage behindOdd;

    /** @param script {@code run.sh} of the proxy, below {@code infra} */
    ProxyContract(String script) {
        this.script = script;
    }

    @BeforeAll
    void start() throws Exception {
        storage = new ProxiedStorage(script);
        odd = new OddGateway();
        behindOdd = new ProxiedStorage(script, odd);
    }

    @AfterAll
    void end() throws Exception {
        storage.close();
        behindOdd.close();
        odd.close();
    }

    @BeforeEach
    void forget() {
        arrived().clear();
        odd.asked.clear();
        behindOdd.storage.arrived.clear();
    }

    private List<Arrived> arrived() {
        return storage.storage.arrived;
    }

    @ParameterizedTest
    @CsvSource({"a+b,a%2Bb", "a b,a%20b", "\u00fc,%C3%BC", "a%2Fb.txt,a%252Fb.txt"})
    void aSignedRequestPassesAsItWasSent(String key, String spelled) throws Exception {
        if (key.contains("%")) {
            assertThat(ask("PUT", spelled, key)).startsWith("HTTP/1.1 400 ");
            assertThat(arrived()).isEmpty();
            return;
        }
        assertThat(ask("PUT", spelled, key)).startsWith("HTTP/1.1 200 ").endsWith("from the storage");
        assertThat(ask("GET", spelled, key)).startsWith("HTTP/1.1 200 ").endsWith("from the storage");
        assertThat(ask("HEAD", spelled, key)).startsWith("HTTP/1.1 200 ");
        assertThat(arrived())
                .extracting(Arrived::target)
                .hasSize(3)
                .containsOnly("/" + BUCKET + "/" + FOLDER + spelled);
        assertThat(arrived()).extracting(Arrived::method).containsExactly("PUT", "GET", "HEAD");
        assertThat(arrived().getFirst().body()).isEqualTo("sent");
        assertThat(arrived())
                .allSatisfy(request -> assertThat(request.headers())
                        .doesNotContainKeys("authorization", "x-countersign-token", "x-countersign-source-vpc")
                        .hasEntrySatisfying(
                                "x-countersign-resource",
                                resource -> assertThat(resource).contains("%2Falice%2F")));
    }

    @ParameterizedTest
    @CsvSource({
        "a b,a+b",
        "a+b,a+b",
        "a/b,a%2Fb",
        "../bob/b,../bob/b",
        "../bob/b,%2E%2E/bob/b",
        "x/../b,x/../b",
        "/b,/b",
        "./b,./b"
    })
    void whatTheStorageMayReadOtherwiseDoesNotReachIt(String key, String spelled) throws Exception {
        for (String method : new String[] {"GET", "PUT", "HEAD"}) {
            assertThat(ask(method, spelled, key)).matches("(?s)HTTP/1.1 40[03] .*");
        }
        assertThat(arrived()).isEmpty();
    }

    @Test
    void whatIsNotSignedOrSignedForAnotherKeyIsRefusedInOsssForm() throws Exception {
        String unsigned = storage.send("GET", "/" + BUCKET + "/" + FOLDER + "a", "");
        assertThat(unsigned).startsWith("HTTP/1.1 403 ").contains("<Code>AccessDenied</Code>");
        assertThat(unsigned).containsIgnoringCase("content-type: application/xml");
        assertThat(unsigned).containsIgnoringCase("x-oss-request-id: ");
        String tampered = ask("GET", "another", "a");
        assertThat(tampered).startsWith("HTTP/1.1 403 ").contains("<Code>SignatureDoesNotMatch</Code>");
        assertThat(storage.send("GET", "/no-such-bucket/a", ""))
                .startsWith("HTTP/1.1 404 ")
                .contains("<Code>NoSuchBucket</Code>");
        assertThat(arrived()).isEmpty();
        assertThat(unsigned.toLowerCase(Locale.ROOT)).doesNotContain("x-countersign");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URI: /publicbucket/a.txt",
                "X-Original-URI: /publicbucket/a.txt\r\nX-Original-URI: /publicbucket/a.txt",
                "X-Original-Host: publicbucket.oss-cn-hangzhou.aliyuncs.com",
                "X-Original-Method: OPTIONS",
                "X-Forwarded-Uri: /publicbucket/a.txt",
                "X-Forwarded-For: 10.0.0.1\r\nX-Forwarded-Proto: https",
                "X-Countersign-Source-Vpc: vpc-1",
                "X-Countersign-Token: 0123456789abcdefghijABCDEFGHIJ-_xyzXYZ01234",
                "X-Countersign-Principal: root\r\nX-Countersign-Resource: any",
                "Connection: close, X-Original-URI, X-Countersign-Token, X-Forwarded-For"
            })
    void whatAClientSaysOfItselfOpensNothing(String header) throws Exception {
        assertThat(storage.send("GET", "/" + BUCKET + "/" + FOLDER + "a", header + "\r\n"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(arrived()).isEmpty();
        String passed = storage.send("GET", "/publicbucket/a.txt", header + "\r\n");
        assertThat(passed.toLowerCase(Locale.ROOT)).doesNotContain("x-countersign");
        if (passed.startsWith("HTTP/1.1 200 ")) {
            Arrived request = arrived().getFirst();
            assertThat(request.headers())
                    .containsEntry("x-countersign-principal", "Anonymous")
                    .containsEntry("x-forwarded-for", "127.0.0.1")
                    .containsEntry("x-forwarded-proto", "http")
                    .doesNotContainKeys("x-countersign-token", "x-countersign-source-vpc", "x-original-uri");
        } else {
            assertThat(arrived()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Countersign-Principal, X-Countersign-Resource", "close, X-Countersign-Principal"})
    void aClientTakesNothingAwayOfTheDecision(String connection) throws Exception {
        assertThat(storage.send(
                        "GET", "/publicbucket/a.txt", "Connection: " + connection + "\r\nConnection: close\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(arrived().getFirst().headers())
                .containsEntry("x-countersign-principal", "Anonymous")
                .hasEntrySatisfying(
                        "x-countersign-resource",
                        resource -> assertThat(resource).isNotEmpty());
    }

    @ParameterizedTest
    @MethodSource("io.countersign.clients.PrivateFaces#paths")
    void theGatewaysOwnPathsAreNotReached(String path) throws Exception {
        for (String method : new String[] {"GET", "POST", "PUT"}) {
            String answer = storage.send(method, path, "Content-Type: application/json\r\n");
            assertThat(answer)
                    .matches("(?s)HTTP/1.1 (400|403|404|405) .*")
                    .contains("<Error>", "<RequestId>")
                    .doesNotContain("countersign_", "\"code\"");
        }
        assertThat(arrived()).isEmpty();
    }

    @Test
    void theGatewayIsAskedWithTheClientsHeadersAndWithoutItsBody() throws Exception {
        odd.says(200, OddGateway.FACTS);
        assertThat(behindOdd.send("PUT", "/b/k?acl", "X-Oss-Meta-A: 1\r\nX-Oss-Meta-A: 2\r\nX-Original-URI: /x\r\n"))
                .startsWith("HTTP/1.1 200 ");
        assertThat(odd.asked).hasSize(1);
        Arrived asked = odd.asked.getFirst();
        assertThat(asked.method()).isEqualTo("GET");
        assertThat(asked.target()).isEqualTo("/auth");
        assertThat(asked.body()).isEmpty();
        assertThat(asked.headers())
                .containsEntry("x-original-method", "PUT")
                .containsEntry("x-original-uri", "/b/k?acl")
                .containsEntry("x-oss-meta-a", "1,2")
                .containsEntry("x-forwarded-for", "127.0.0.1")
                .doesNotContainKeys("transfer-encoding")
                .hasEntrySatisfying(
                        "x-countersign-token", token -> assertThat(token).hasSize(43));
        assertThat(asked.headers().getOrDefault("content-length", "0")).isEqualTo("0");
        assertThat(behindOdd.storage.arrived)
                .singleElement()
                .satisfies(request -> assertThat(request.body()).isEqualTo("sent"));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 204, 206, 302, 400, 401, 403, 404, 429, 500, 502, 503, 504})
    void anAnswerThatIsNoDecisionLetsNothingPass(int status) throws Exception {
        odd.says(status, status == 200 ? Map.of() : OddGateway.FACTS);
        assertThat(behindOdd.send("GET", "/publicbucket/a.txt", ""))
                .startsWith("HTTP/1.1 503 ")
                .contains("<Code>ServiceUnavailable</Code>");
        assertThat(behindOdd.storage.arrived).isEmpty();
        // It was asked once: what may pass once is used up by the first call.
        assertThat(odd.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Principal", "Subject", "Action", "Resource"})
    void aDecisionThatLacksAFactLetsNothingPass(String name) throws Exception {
        Map<String, String> facts = new HashMap<>(OddGateway.FACTS);
        facts.remove("X-Countersign-" + name);
        odd.says(200, facts);
        assertThat(behindOdd.send("GET", "/publicbucket/a.txt", "X-Countersign-" + name + ": mine\r\n"))
                .startsWith("HTTP/1.1 503 ");
        assertThat(behindOdd.storage.arrived).isEmpty();
    }

    @Test
    void withoutAGatewayNothingPasses() throws Exception {
        try (ProxiedStorage other = new ProxiedStorage(script)) {
            assertThat(other.send("GET", "/publicbucket/a.txt", "")).startsWith("HTTP/1.1 200 ");
            other.storage.arrived.clear();
            other.endGateway();
            assertThat(other.send("GET", "/publicbucket/a.txt", ""))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("<Code>ServiceUnavailable</Code>");
            assertThat(other.storage.arrived).isEmpty();
        }
    }

    @Test
    void aUrlThatIsGoodOncePassesOnce() throws Exception {
        String key = FOLDER + "once.txt";
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(BUCKET, key),
                new QueryParameters(List.of(OnceParameter.of(Seeds.secure()))),
                Headers.NONE,
                Duration.ofMinutes(5),
                Optional.empty(),
                "cn-hangzhou");
        AccessKey alice = new AccessKey(Login.ALICE.id(), Secret.of(Login.ALICE.secret()));
        String target = "/" + BUCKET + "/" + key + "?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, alice, Instant.now())
                        .query()
                        .encoded();
        assertThat(storage.send("GET", target, "")).startsWith("HTTP/1.1 200 ");
        assertThat(storage.send("GET", target, ""))
                .startsWith("HTTP/1.1 403 ")
                .contains("<Code>AccessDenied</Code>", "good for one request");
        assertThat(arrived()).hasSize(1);
    }

    /** Signs for the key in V1, and sends the spelled key unchanged. */
    private String ask(String method, String spelled, String key) throws Exception {
        String date = RFC1123.format(Instant.now());
        String signature = hmac(method + "\n\n\n" + date + "\n/" + BUCKET + "/" + FOLDER + key);
        return storage.send(
                method,
                "/" + BUCKET + "/" + FOLDER + spelled,
                "Date: " + date + "\r\nAuthorization: OSS " + Login.ALICE.id() + ":" + signature + "\r\n");
    }

    private static String hmac(String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(Login.ALICE.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
    }
}
