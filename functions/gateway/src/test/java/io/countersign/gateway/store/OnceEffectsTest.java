package io.countersign.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Endpoint;
import io.countersign.http.Header;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.OnceParameter;
import io.countersign.oss.QueryParameter;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.BucketItem;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ObjectAclItem;
import io.countersign.registry.TestRootKey;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.OvertakenStore;
import io.countersign.registry.store.ReadOnlyStore;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The registry changes only for the one request whose URL was used up. */
class OnceEffectsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final AccessKey ALICE = new AccessKey(StoreFixture.ALICE, Secret.of(StoreFixture.ALICE_SECRET));

    private final MemoryStore store = new MemoryStore();
    private final Sealer sealer = new Sealer(TestRootKey.ONE, Seeds.secure());
    private final KeyRegistry registry =
            new KeyRegistry(store, sealer, new CacheSettings.Bounds(Duration.ZERO, Duration.ZERO, 100));

    /** A request that changes an ACL before the answer: of a bucket, and of an object that it writes anew. */
    private record Change(Target target, String path, List<QueryParameter> query, Headers headers, ItemKey changes) {
        Call signed() throws Exception {
            List<QueryParameter> all = new ArrayList<>(query);
            all.add(OnceParameter.of(Seeds.secure()));
            UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                    SignatureVersion.V4,
                    HttpMethod.PUT,
                    target,
                    new QueryParameters(all),
                    headers,
                    Duration.ofMinutes(5),
                    Optional.empty(),
                    "cn-hangzhou");
            List<Header> sent = new ArrayList<>(List.of(new Header("Host", "127.0.0.1")));
            headers.fields().forEach(field -> sent.add(new Header(field.name(), field.value())));
            return new Call(
                    "PUT",
                    path + "?"
                            + new UrlSigner(new SigningKeys(1))
                                    .sign(url, ALICE, NOW)
                                    .query()
                                    .encoded(),
                    Optional.empty(),
                    sent,
                    Bytes.EMPTY,
                    "203.0.113.9",
                    false);
        }
    }

    static Stream<Change> changes() {
        String bucket = StoreFixture.PRIVATE;
        return Stream.of(
                new Change(
                        Target.bucket(bucket),
                        "/" + bucket + "/",
                        List.of(QueryParameter.of("acl", "")),
                        Headers.NONE.and("x-oss-acl", "public-read"),
                        BucketItem.key(bucket)),
                new Change(
                        Target.object(bucket, "shown.txt"),
                        "/" + bucket + "/shown.txt",
                        List.of(),
                        Headers.NONE,
                        ObjectAclItem.key(bucket, "shown.txt")));
    }

    @BeforeEach
    void apply() throws Exception {
        try (ScriptedStore behind = ScriptedStore.ofOwner()) {
            ManifestApplier.apply(
                    Manifest.parse(StoreFixture.manifest(behind)),
                    store,
                    sealer,
                    ApplyOptions.of(false),
                    KeyKeeper.reportAlone(),
                    NOW,
                    Seeds.secure());
        }
    }

    private Endpoint port(RegistryStore ofUses) {
        return JudgedOnly.of(registry, store, ofUses, BaseDomains.DEFAULT);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aUseThatCannotBeRecordedChangesNothing(Change change) throws Exception {
        Call call = change.signed();
        Map<ItemKey, String> before = store.payloads();
        assertThatThrownBy(() -> port(new ReadOnlyStore(store)).handle(call, NOW))
                .hasCauseInstanceOf(StoreUnavailable.class);
        assertThat(store.payloads()).isEqualTo(before);
        assertThat(port(store).handle(call, NOW).status()).isEqualTo(200);
        assertThat(store.payloads().get(change.changes())).isNotEqualTo(before.get(change.changes()));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void ofTwoAtOnceOneChangesTheAcl(Change change) throws Exception {
        Call call = change.signed();
        Map<ItemKey, String> before = store.payloads();
        int writes = store.writes();
        Endpoint slower = port(new OvertakenStore(store, () -> {
            assertThat(store.payloads()).isEqualTo(before);
            assertThat(port(store).handle(call, NOW).status()).isEqualTo(200);
        }));
        assertThat(slower.handle(call, NOW).status()).isEqualTo(403);
        assertThat(store.writes()).as("two uses and one ACL").isEqualTo(writes + 3);
    }

    @Test
    void aRefusalOfThePortUsesNothingUp() throws Exception {
        String bucket = StoreFixture.PRIVATE;
        Change version = new Change(
                Target.object(bucket, "shown.txt"),
                "/" + bucket + "/shown.txt",
                List.of(QueryParameter.of("acl", ""), QueryParameter.of("versionId", "v1")),
                Headers.NONE.and("x-oss-object-acl", "private"),
                ObjectAclItem.key(bucket, "shown.txt"));
        int writes = store.writes();
        assertThat(port(store).handle(version.signed(), NOW).status()).isEqualTo(501);
        assertThat(store.writes()).isEqualTo(writes);
    }
}
