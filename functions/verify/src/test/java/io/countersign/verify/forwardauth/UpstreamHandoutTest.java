package io.countersign.verify.forwardauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.identity.TrustedProxies;
import io.countersign.oss.Acl;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.registry.AclWriter;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.Upstream;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.store.RegistryStore;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.upstream.oracle.SdkVerifier;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.HeaderText;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code /auth} tells a proxy of the store behind; the official SDK checks what the proxy would send. */
class UpstreamHandoutTest extends AbstractAuthTest {
    private static final String BUCKET = "behind-bucket";
    private static final String PHYSICAL = "physical-bucket";
    private static final SdkVerifier STORE = new SdkVerifier("cn-shanghai", "FOREIGNKEY", "foreignSecret");

    private final AuthFunction guarded = function(true);

    @BeforeEach
    void fill() throws Exception {
        bucket(BUCKET, Upstream.Protocol.OSS);
    }

    @Test
    void aProxyGetsAllThatTheRequestNeeds() {
        Reply reply =
                assertAllowed(guarded, signed(ClientRequest.get(BUCKET, "a b+c").header("range", "bytes=0-9")));
        assertThat(upstream(reply, "Uri")).isEqualTo("/physical-bucket/a%20b%2Bc");
        assertThat(upstream(reply, "Host")).isEqualTo("127.0.0.1:9000");
        assertThat(upstream(reply, "H-range")).isEqualTo("bytes=0-9");
        assertThat(upstream(reply, "Copy-Source")).isEmpty();
        assertThat(upstream(reply, "Security-Token")).isEmpty();
        assertThat(objection("GET", reply, "a b+c")).isEmpty();
    }

    /** A proxy that copies what is there would otherwise keep the client's. */
    @Test
    void everyNameOfTheClosedListIsThereWhateverTheRequestHas() {
        Reply reply = assertAllowed(guarded, signed(ClientRequest.get(BUCKET, "k")));
        assertThat(UpstreamHandout.NAMES)
                .contains("content-type", "range", "x-oss-tagging", "x-oss-symlink-target")
                .doesNotContain("x-oss-copy-source", "x-oss-acl", "x-oss-object-acl", "x-oss-meta-")
                .allSatisfy(name ->
                        assertThat(reply.header(UpstreamHandout.SET + name)).isPresent());
    }

    @Test
    void metadataOfTheClientIsSignedAsItIs() {
        Reply reply = assertAllowed(
                guarded,
                signed(ClientRequest.put(BUCKET, "k")
                        .header("content-type", "text/plain")
                        .header("x-oss-meta-a", "b")));
        assertThat(upstream(reply, "H-content-type")).isEqualTo("text/plain");
        assertThat(objection("PUT", reply, "k", "x-oss-meta-a", "b")).isEmpty();
        assertThat(objection("PUT", reply, "k")).isPresent();
        assertThat(objection("PUT", reply, "k", "x-oss-meta-a", "b", "x-oss-meta-b", "c"))
                .isPresent();
    }

    @Test
    void aCopyNamesThePhysicalBucket() {
        Reply reply = assertAllowed(
                guarded, signed(ClientRequest.put(BUCKET, "k").header("x-oss-copy-source", "/" + BUCKET + "/a%2Bb")));
        assertThat(upstream(reply, "Copy-Source")).isEqualTo("/physical-bucket/a%2Bb");
        assertThat(objection("PUT", reply, "k")).isEmpty();
    }

    @Test
    void textBeyondAsciiArrivesAsItsBytes() {
        Reply reply = assertAllowed(
                guarded,
                signed(ClientRequest.put(BUCKET, "k")
                        .header("content-disposition", "attachment; filename=\"\u00e9\"")));
        assertThat(upstream(reply, "H-content-disposition")).isEqualTo("attachment; filename=\"\u00c3\u00a9\"");
        assertThat(objection("PUT", reply, "k")).isEmpty();
    }

    /** OSS ignores it, and so does the decision. */
    @Test
    void anIgnoredParameterNeverGoesOn() {
        Reply reply = assertAllowed(
                guarded, signed(ClientRequest.get(BUCKET, "k").query("utm_source=mail&prefix=a&versionId=1")));
        assertThat(upstream(reply, "Uri")).isEqualTo("/physical-bucket/k?versionId=1");
    }

    @Test
    void anotherBucketGetsNone() {
        for (ClientRequest asked : List.of(
                ClientRequest.get(SampleRegistry.PRIVATE, "k"),
                ClientRequest.of(HttpMethod.GET, SampleRegistry.PRIVATE, ""))) {
            assertThat(assertAllowed(guarded, signed(asked)).headers())
                    .extracting(Header::name)
                    .noneMatch(name -> name.startsWith(UpstreamHandout.PREFIX));
        }
    }

    @Test
    void aRefusalTellsNothing() {
        Reply reply = assertRefused(
                guarded, ProxyCall.nginx(ClientRequest.get(BUCKET, "k").anonymous()), 403, "AccessDenied");
        assertThat(reply.headers()).extracting(Header::name).noneMatch(name -> name.startsWith(UpstreamHandout.PREFIX));
    }

    /** Everybody on this machine could sign for the store. */
    @Test
    void whereNobodyGuardsTheEndpointThereIsNoDecision() {
        Reply reply = ask(function(false), signed(ClientRequest.get(BUCKET, "k")));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.headers().toString()).doesNotContain("Signature", "FOREIGNKEY", PHYSICAL);
        assertThat(reply.body().utf8()).doesNotContain(PHYSICAL);
    }

    @Test
    void aStoreThatSpeaksS3IsNotOffered() throws Exception {
        bucket("s3-bucket", Upstream.Protocol.S3);
        Reply reply = assertRefused(guarded, signed(ClientRequest.get("s3-bucket", "k")), 501, "NotImplemented");
        assertThat(reply.body().utf8()).contains("serve --store-port").doesNotContain(PHYSICAL);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET | k | acl | 501 | NotImplemented",
                "GET | '' | location | 501 | NotImplemented",
                "GET | '' | website | 501 | NotImplemented",
                "POST | k | x-oss-process=image/info%7Csys/saveas,o_dA | 501 | NotImplemented",
                "GET | '' | prefix=a | 501 | NotImplemented",
                "GET | '' | bucketInfo | 501 | NotImplemented",
                "POST | k | uploads | 501 | NotImplemented",
                "GET | k | x-oss-request-payer=requester | 501 | NotImplemented",
                "PUT | k | callback=e30%3D | 501 | NotImplemented",
                "POST | '' | delete | 405 | MethodNotAllowed",
            })
    void whatAProxyCannotDoIsRefused(String method, String key, String query, int status, String code) {
        assertRefused(
                guarded,
                signed(ClientRequest.of(HttpMethod.valueOf(method), BUCKET, key).query(query)),
                status,
                code);
    }

    /** A proxy writes no document anew, so only a bucket of the same name may be told of. */
    @Test
    void aListPassesWhereBothNamesAreOne() throws Exception {
        bucket(PHYSICAL, Upstream.Protocol.OSS);
        for (String query : List.of("prefix=a", "uploads", "versions")) {
            assertAllowed(
                    guarded,
                    signed(ClientRequest.of(HttpMethod.GET, PHYSICAL, "").query(query)));
        }
        assertRefused(
                guarded,
                signed(ClientRequest.of(HttpMethod.GET, PHYSICAL, "").query("bucketInfo")),
                501,
                "NotImplemented");
    }

    /** nginx overwrites header by header, so one that the configuration does not name would be the client's. */
    @Test
    void theConfigurationOfNginxNamesEveryHeader() throws Exception {
        String configuration = Files.readString(Path.of("..", "..", "infra", "nginx", "upstream.conf"));
        for (String name : UpstreamHandout.NAMES) {
            String variable = "$countersign_h_" + name.replace('-', '_');
            assertThat(configuration)
                    .contains("proxy_set_header " + name + " " + variable + ";")
                    .contains("auth_request_set " + variable + " $upstream_http_x_countersign_upstream_h_"
                            + name.replace('-', '_') + ";");
        }
        assertThat(configuration.split("auth_request_set \\$countersign_h_", -1))
                .hasSize(UpstreamHandout.NAMES.size() + 1);
    }

    /** A request that never reaches the store must not change what the object shows. */
    @Test
    void whatIsRefusedKeepsItsAcl() throws Exception {
        registry.objectAcl(BUCKET, "k", Acl.PUBLIC_READ);
        assertRefused(guarded, signed(ClientRequest.put(BUCKET, "k").query("callback=e30%3D")), 501, "NotImplemented");
        assertThat(registry.store.get(
                        Set.of(ObjectAclItem.key(BUCKET, "k")), RegistryStore.Consistency.STRONG, SampleRegistry.NOW))
                .isNotEmpty();
    }

    private static ProxyCall signed(ClientRequest asked) {
        return ProxyCall.nginx(asked.signed(SignatureVersion.V4, SampleRegistry.ROOT));
    }

    private static String upstream(Reply reply, String name) {
        return reply.header(UpstreamHandout.PREFIX + name).orElseThrow();
    }

    /** What the store says of what a proxy sends: the headers that it was told, and the client's own metadata. */
    private static Optional<String> objection(String method, Reply reply, String key, String... metadata) {
        Headers sent = Headers.NONE
                .and("host", upstream(reply, "Host"))
                .and("authorization", upstream(reply, "Authorization"))
                .and("x-oss-date", upstream(reply, "Date"))
                .and("x-oss-content-sha256", "UNSIGNED-PAYLOAD");
        if (!upstream(reply, "Copy-Source").isEmpty()) {
            sent = sent.and("x-oss-copy-source", upstream(reply, "Copy-Source"));
        }
        for (Header header : reply.headers()) {
            if (header.name().startsWith(UpstreamHandout.SET) && !header.value().isEmpty()) {
                sent = sent.and(header.name().substring(UpstreamHandout.SET.length()), HeaderText.utf8(header.value()));
            }
        }
        for (int i = 0; i < metadata.length; i += 2) {
            sent = sent.and(metadata[i], metadata[i + 1]);
        }
        return STORE.objection(method, upstream(reply, "Uri"), sent, PHYSICAL, Optional.of(key), SampleRegistry.NOW);
    }

    private AuthFunction function(boolean isGuarded) {
        return new AuthFunction(
                registry.reader(),
                new AclWriter(registry.store),
                new UrlUses(registry.store),
                SessionOpener.NONE,
                new SigningKeys(16),
                new AuthSettings(
                        HeaderFamily.NGINX,
                        AuthSettings.KeyRule.OBJECT,
                        TrustedProxies.NONE,
                        VpcRule.NONE,
                        BaseDomains.DEFAULT),
                isGuarded,
                Seeds.secure(),
                () -> 0);
    }

    private void bucket(String name, Upstream.Protocol protocol) throws Exception {
        Upstream upstream = new Upstream(
                protocol,
                new Upstream.Endpoint(false, "127.0.0.1", 9000),
                "cn-shanghai",
                PHYSICAL,
                true,
                new Upstream.Signer.ForeignKey("FOREIGNKEY"));
        registry.put(
                BucketItem.key(name),
                BucketItem.text(new Bucket(
                        name,
                        SampleRegistry.OWNER,
                        "cn-hangzhou",
                        Acl.PRIVATE,
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Bucket.DEFAULT_ENDPOINT,
                        List.of(),
                        Optional.of(upstream),
                        Optional.empty())));
        UpstreamKeyItem.SealedKey key = new UpstreamKeyItem.SealedKey(UpstreamKeyItem.key(name), "FOREIGNKEY", "");
        registry.put(
                key.item(),
                UpstreamKeyItem.text(
                        key.resealed(registry.sealer.seal(Secret.of("foreignSecret"), key.sealIdentity()))));
    }
}
