package io.countersign.registry.manifest;

import static io.countersign.registry.Fixture.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.json.InvalidDocumentException;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.Bucket;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Facts;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.Records;
import io.countersign.registry.Upstream;
import io.countersign.registry.UpstreamKeyItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.Items;
import io.countersign.registry.store.RegistryStore;
import io.countersign.signing.AccessKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The store behind a bucket, from the manifest to the key that signs for it. */
class UpstreamManifestTest {
    private static final String SECRET = "foreignSecretForeignSecret";
    private static final String BY_USER =
            "{protocol: oss, endpoint: 'https://oss-cn-hangzhou.aliyuncs.com', region: cn-hangzhou, bucket:"
                    + " physical-one, signer: app}";
    private static final String BY_KEY =
            "{protocol: s3, endpoint: 'https://rgw.example.com:8443', region: us-east-1, bucket: physical.two,"
                    + " pathStyle: true, accessKey: {id: FOREIGNKEY, secret: "
                    + SECRET + "}}";

    private final Fixture fixture = new Fixture();

    @Test
    void aBucketComesBackWithItsUpstream() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        assertThat(bucket("first-bucket").upstream())
                .hasValue(new Upstream(
                        Upstream.Protocol.OSS,
                        new Upstream.Endpoint(true, "oss-cn-hangzhou.aliyuncs.com", 443),
                        "cn-hangzhou",
                        "physical-one",
                        false,
                        new Upstream.Signer.User("app")));
        assertThat(bucket("second-bucket").upstream())
                .hasValue(new Upstream(
                        Upstream.Protocol.S3,
                        new Upstream.Endpoint(true, "rgw.example.com", 8443),
                        "us-east-1",
                        "physical.two",
                        true,
                        new Upstream.Signer.ForeignKey("FOREIGNKEY")));
    }

    @Test
    void aBucketWrittenBeforeHasNone() throws Exception {
        Item item = Items.of(BucketItem.key("old-bucket"), 1, """
            {"name":"old-bucket","account":"7","region":"cn-hangzhou","acl":"private","domains":[],
            "endpoint":"https://{bucket}.oss-{region}.aliyuncs.com","cors":[]}\
            """);
        assertThat(BucketItem.read(item).upstream()).isEmpty();
    }

    @Test
    void theKeyThatSignsIsTheUsersOrTheStoresOwn() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        assertThat(key("first-bucket").id()).isEqualTo("LTAI5tAppUser");
        AccessKey foreign = key("second-bucket");
        assertThat(foreign.id()).isEqualTo("FOREIGNKEY");
        assertThat(foreign.secret().reveal()).isEqualTo(SECRET);
    }

    @Test
    void aKeyOfTheStoreVerifiesNothingHere() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        Facts.Query query = new Facts.Query(Optional.of("FOREIGNKEY"), Set.of(), Optional.empty());
        assertThat(fixture.registry().load(query, NOW).identity()).isEmpty();
    }

    @Test
    void theSecretIsSealedAndInNoOtherItem() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        assertThat(fixture.store.payloads().values()).noneMatch(payload -> payload.contains(SECRET));
        assertThat(sealed().sealed()).startsWith("1.");
    }

    @Test
    void applyingAgainChangesNothingAndAnotherSecretReplacesIt() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        Map<ItemKey, String> before = fixture.store.payloads();
        assertThat(fixture.apply(manifest(BY_USER, BY_KEY)).updated()).isEmpty();
        assertThat(fixture.store.payloads()).isEqualTo(before);
        assertThat(fixture.apply(manifest(BY_USER, BY_KEY.replace(SECRET, "anotherSecret")))
                        .updated())
                .containsExactly("bucket second-bucket");
        assertThat(key("second-bucket").secret().reveal()).isEqualTo("anotherSecret");
    }

    @Test
    void anotherIdReplacesTheKeyAlsoForWhomTheBucketIsStillRemembered() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        Bucket remembered = bucket("second-bucket");
        fixture.apply(manifest(BY_USER, BY_KEY.replace("FOREIGNKEY", "NEWKEY")));
        assertThat(fixture.registry()
                        .upstreamKey(remembered, remembered.upstream().orElseThrow(), NOW)
                        .map(AccessKey::id))
                .hasValue("NEWKEY");
    }

    @Test
    void aBucketWithoutItsUpstreamKeepsNoKeyAndFreesThePhysicalBucket() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        fixture.apply(manifest(BY_USER, "").replace(", upstream: }", "}"));
        assertThat(present(UpstreamKeyItem.key("second-bucket"))).isFalse();
        fixture.apply(manifest(BY_KEY, "").replace(", upstream: }", "}"));
        assertThat(bucket("first-bucket").upstream().map(Upstream::bucket)).hasValue("physical.two");
    }

    @Test
    void aKeyGivesWayToAUser() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        int key = BY_KEY.indexOf("accessKey");
        fixture.apply(manifest(BY_USER, BY_KEY.substring(0, key) + "signer: app}"));
        assertThat(present(UpstreamKeyItem.key("second-bucket"))).isFalse();
        assertThat(key("second-bucket").id()).isEqualTo("LTAI5tAppUser");
    }

    @Test
    void aPrunedBucketLeavesNothingOfItsUpstream() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        fixture.prune("accounts: [{id: \"7\", users: [{name: app}]}]");
        assertThat(fixture.store.payloads().keySet())
                .noneMatch(key ->
                        key.partition().startsWith("upstream/") || key.sort().equals("upstream-key"));
    }

    @Test
    void aPhysicalBucketIsBehindOneBucket() throws Exception {
        refusedByForm(manifest(BY_USER, BY_USER), "used here and at");
        fixture.apply(manifest(BY_USER, BY_KEY));
        for (String same : new String[] {
            BY_USER,
            BY_USER.replace("oss-cn-hangzhou.aliyuncs.com", "oss-cn-hangzhou-internal.aliyuncs.com"),
            BY_USER.replace("oss-cn-hangzhou.aliyuncs.com", "oss-accelerate.aliyuncs.com:443")
        }) {
            refused(
                    "accounts: [{id: \"8\", users: [{name: app}], buckets: [{name: thief-bucket, region: cn-hangzhou,"
                            + " upstream: "
                            + same + "}]}]",
                    "is behind the bucket first-bucket");
        }
        refused(
                "accounts: [{id: \"8\", buckets: [{name: thief-bucket, region: cn-hangzhou, upstream: "
                        + BY_KEY.replace("rgw.example.com:8443", "rgw.example.com:8443/") + "}]}]",
                "is behind the bucket second-bucket");
    }

    /** One that is a hyphen longer is another one. */
    @Test
    void anotherPhysicalBucketOfTheStoreIsFree() throws Exception {
        fixture.apply(manifest(BY_USER, BY_USER.replace("physical-one", "physical-one-b")));
        assertThat(bucket("second-bucket").upstream().map(Upstream::bucket)).hasValue("physical-one-b");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://store.example.com | http beyond loopback",
                "https://10.0.0.1 | private or reserved",
                "https://192.168.1.1:9000 | private or reserved",
                "https://100.64.0.1 | private or reserved",
                "https://169.254.169.254 | private or reserved",
                "https://0.0.0.0 | private or reserved",
                "https://224.0.0.1 | private or reserved",
                "https://[fd00::1] | private or reserved",
                "https://[fe80::1] | private or reserved",
                "https://[::ffff:10.0.0.1] | expected the store's URL",
            })
    void anEndpointInsideIsRefused(String endpoint, String why) {
        String upstream = BY_KEY.replace("https://rgw.example.com:8443", endpoint);
        if (why.startsWith("expected")) {
            refusedByForm(manifest(BY_USER, upstream), why);
        } else {
            refused(manifest(BY_USER, upstream), why);
        }
    }

    @ParameterizedTest
    @CsvSource({"http://store.example.com", "https://10.0.0.1", "http://10.0.0.1:9000", "http://store:8080"})
    void theSettingsAllowIt(String endpoint) throws Exception {
        ApplyOptions open = new ApplyOptions(
                false,
                Set.of(),
                ApplyOptions.SigningCaps.DEFAULT,
                "apply",
                BaseDomains.DEFAULT,
                new UpstreamRule(true, true));
        fixture.apply(manifest(BY_USER, BY_KEY.replace("https://rgw.example.com:8443", endpoint)), open, NOW);
        assertThat(bucket("second-bucket").upstream().orElseThrow().endpoint().text())
                .isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1:9000", "http://localhost:9000", "http://[::1]:9000", "https://localhost"})
    void loopbackNeedsNoSetting(String endpoint) throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY.replace("https://rgw.example.com:8443", endpoint)));
        assertThat(bucket("second-bucket").upstream().orElseThrow().endpoint().text())
                .isEqualTo(endpoint);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://store.example.com",
        "https://user:secret@store.example.com",
        "https://store.example.com/path",
        "https://store.example.com?query",
        "https://store.example.com#fragment",
        "https://store.example.com:0",
        "https://store.example.com:65536",
        "https://Store.example.com",
        "https://store.example.com.",
        "https://store..example.com",
        "https://-store.example.com",
        "https://127.1",
        "https://2130706433",
        "https://0x7f.0x0.0x0.0x1",
        "https://0177.0.0.1",
        "https://256.256.256.256",
        "https://[::1",
        "https://[zz::1]",
        "https://st\u00f6re.example.com",
        "https://",
        "store.example.com",
    })
    void anEndpointOfAnotherFormIsRefused(String endpoint) {
        refusedByForm(
                manifest(BY_USER, BY_KEY.replace("https://rgw.example.com:8443", endpoint)),
                "expected the store's URL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "protocol: s3 | protocol: webdav | expected oss or s3",
                "protocol: s3, | '' | \"protocol\" is missing",
                "pathStyle: true | pathStyle: true, tls: false | not known",
                "pathStyle: true | pathStyle: true, signer: app | either a \"signer\"",
                "id: FOREIGNKEY, | '' | \"id\" is missing",
                "id: FOREIGNKEY | id: 'FOREIGN KEY' | an access key id",
                "secret: | 'token: x, secret:' | not known",
                "region: us-east-1 | region: US | the region",
                "physical.two | physical_two | the name of the bucket in the store",
                "protocol: s3 | protocol: oss | the name of the bucket in the store",
                "pathStyle: true | pathStyle: true, flatNamespace: 1 | true or false",
                "pathStyle: true | pathStyle: true, flatNamespace: 'true' | true or false",
                "pathStyle: true | pathStyle: true, flatnamespace: true | not known",
            })
    void anotherFormIsRefused(String part, String instead, String why) {
        refusedByForm(manifest(BY_USER, BY_KEY.replace(part, instead)), why);
    }

    @Test
    void aFlatNamespaceIsSaidOfAStoreThatSpeaksS3() throws Exception {
        fixture.apply(manifest(BY_USER, BY_KEY));
        assertThat(second().flatNamespace()).isFalse();
        String item = fixture.item(BucketItem.key("second-bucket")).payload();
        assertThat(item).as("as earlier versions read it").doesNotContain("flatNamespace");
        String not = BY_KEY.replace("pathStyle: true", "pathStyle: true, flatNamespace: false");
        assertThat(fixture.apply(manifest(BY_USER, not)).changed()).isFalse();
        String flat = not.replace("false", "true");
        assertThat(fixture.apply(manifest(BY_USER, flat)).updated()).containsExactly("bucket second-bucket");
        assertThat(second().flatNamespace()).isTrue();
        for (String said : new String[] {"true", "false"}) {
            refusedByForm(
                    manifest(BY_USER.replace("signer:", "flatNamespace: " + said + ", signer:"), BY_KEY),
                    "take flatNamespace out");
        }
    }

    private Upstream second() throws Exception {
        return bucket("second-bucket").upstream().orElseThrow();
    }

    @Test
    void aRefusalNeverRepeatsTheSecret() {
        assertThatThrownBy(() -> Manifest.parse(manifest(BY_USER, BY_KEY.replace(SECRET, "'bad secret \t'"))))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageNotContaining("bad secret");
    }

    @Test
    void anAddressHasNoBucketBeforeIt() {
        refusedByForm(
                manifest(
                        BY_USER,
                        BY_KEY.replace("https://rgw.example.com:8443", "https://8.8.8.8")
                                .replace("pathStyle: true", "pathStyle: false")),
                "add pathStyle: true");
    }

    @Test
    void aSignerIsAUserOfTheAccount() {
        refusedByForm(manifest(BY_USER.replace("signer: app", "signer: nobody"), BY_KEY), "no user of this account");
    }

    private static String manifest(String first, String second) {
        return """
            accounts:
              - id: "7"
                users: [{name: app, accessKeys: [{id: LTAI5tAppUser, secret: appSecret}]}]
                buckets:
                  - {name: first-bucket, region: cn-hangzhou, upstream: %s}
                  - {name: second-bucket, region: cn-hangzhou, upstream: %s}
            """.formatted(first, second);
    }

    private void refused(String manifest, String why) {
        Map<ItemKey, String> before = fixture.store.payloads();
        assertThatThrownBy(() -> fixture.apply(manifest))
                .isInstanceOf(ApplyRefusal.class)
                .hasMessageContaining(why);
        assertThat(fixture.store.payloads()).isEqualTo(before);
    }

    private static void refusedByForm(String manifest, String why) {
        assertThatThrownBy(() -> Manifest.parse(manifest))
                .isInstanceOf(InvalidDocumentException.class)
                .hasMessageContaining(why);
    }

    private Bucket bucket(String name) throws Exception {
        return Records.read(fixture.item(BucketItem.key(name)), BucketItem::read);
    }

    private AccessKey key(String bucket) throws Exception {
        KeyRegistry registry = fixture.registry();
        Bucket record = bucket(bucket);
        return registry.upstreamKey(record, record.upstream().orElseThrow(), NOW)
                .orElseThrow();
    }

    private UpstreamKeyItem.SealedKey sealed() throws Exception {
        return Records.read(fixture.item(UpstreamKeyItem.key("second-bucket")), UpstreamKeyItem::read);
    }

    private boolean present(ItemKey key) throws Exception {
        return fixture.store
                .get(Set.of(key), RegistryStore.Consistency.STRONG, NOW)
                .containsKey(key);
    }
}
