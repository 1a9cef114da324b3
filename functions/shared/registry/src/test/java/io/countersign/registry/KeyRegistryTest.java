package io.countersign.registry;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Acl;
import io.countersign.oss.Target;
import io.countersign.policy.Principal;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRegistryTest {
    private static final Target.ObjectKey README = new Target.ObjectKey("examplebucket", "public/readme.txt");
    private static final Facts.Query QUERY =
            new Facts.Query(Optional.of(SIGNER_KEY), Set.of("examplebucket", "otherbucket"), Optional.of(README));

    private final Fixture fixture = new Fixture();
    private KeyRegistry registry;
    private int readsBefore;

    @BeforeEach
    void fill() throws Exception {
        fixture.apply(Fixture.golden());
        registry = fixture.registry();
        readsBefore = fixture.store.reads();
    }

    @Test
    void aRequestLearnsWhatItNeedsInOneBatchAndThenInNone() throws StoreUnavailable {
        Facts facts = registry.load(QUERY, NOW);
        assertThat(reads()).isEqualTo(1);
        Facts.Identity identity = facts.identity().orElseThrow();
        assertThat(identity.key().status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(identity.key().owner()).isEqualTo(new Owner.OfUser(ACCOUNT, "app-signer"));
        assertThat(identity.key().secret().reveal()).isEqualTo("signerSecretsignerSecretsigner");
        assertThat(identity.principal()).isInstanceOfSatisfying(Principal.RamUser.class, user -> {
            assertThat(user.name()).isEqualTo("app-signer");
            assertThat(user.policies()).hasSize(1);
        });
        assertThat(facts.bucket("examplebucket").orElseThrow().signer()).contains("app-signer");
        assertThat(facts.bucket("otherbucket").orElseThrow().acl()).isEqualTo(Acl.PRIVATE);
        assertThat(facts.objectAcl()).contains(Acl.PUBLIC_READ);

        assertThat(registry.load(QUERY, NOW.plusSeconds(4)).identity()).contains(identity);
        assertThat(reads()).isEqualTo(1);
    }

    @Test
    void anAccountsKeyIsTheAccount() throws StoreUnavailable {
        Facts.Identity identity = identity("LTAI5tRootRootRootRootRo", NOW).orElseThrow();
        assertThat(identity.principal()).isEqualTo(new Principal.Account(ACCOUNT));
        assertThat(identity.key().owner()).isEqualTo(new Owner.OfAccount(ACCOUNT));
    }

    @Test
    void anInactiveKeyIsKnownAndDoesNotVerify() throws StoreUnavailable {
        Facts.Identity identity = identity("LTAI5tOldRootOldRootOldR", NOW).orElseThrow();
        assertThat(identity.key().status()).isEqualTo(KeyStatus.INACTIVE);
        assertThat(identity.key().status().verifies()).isFalse();
    }

    @Test
    void aDeletedKeyIsUnknown() throws StoreUnavailable {
        fixture.put(
                AccessKeyItem.key(SIGNER_KEY),
                AccessKeyItem.text(fixture.key(SIGNER_KEY).tombstone(Fixture.NOW)));
        assertThat(identity(SIGNER_KEY, NOW)).isEmpty();
    }

    @Test
    void aKeyThatIsRememberedWhileItAndItsOwnerAreGoneIsUnknown() throws StoreUnavailable {
        Bucket bucket = registry.load(QUERY, NOW).bucket("examplebucket").orElseThrow();
        KeyRegistry signing = fixture.registry();
        assertThat(signing.signer(bucket, NOW)).isPresent();
        fixture.put(
                AccessKeyItem.key(SIGNER_KEY),
                AccessKeyItem.text(fixture.key(SIGNER_KEY).tombstone(NOW)));
        fixture.store.write(Transaction.of(Write.delete(PrincipalItem.key(SIGNER_KEY), Condition.anything())), NOW);
        Facts.Query query = new Facts.Query(Optional.of(SIGNER_KEY), Set.of(), Optional.empty());
        assertThat(signing.load(query, NOW.plusSeconds(1)).identity()).isEmpty();
    }

    @Test
    void aKeyThatTookTheLastOnesPlaceSignsAtOnceThoughTheSignerIsRemembered() throws Exception {
        Bucket bucket = registry.load(QUERY, NOW).bucket("examplebucket").orElseThrow();
        assertThat(registry.signer(bucket, NOW.plusSeconds(3))).isPresent();
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        String other = "LTAI5tOtherOtherOtherOth";
        fixture.put(AccessKeyItem.key(other), AccessKeyItem.text(replacement(other)));
        RamUser user = Records.read(fixture.item(UserItem.key(ACCOUNT, "app-signer")), UserItem::read);
        fixture.put(UserItem.key(ACCOUNT, "app-signer"), UserItem.text(user.with(List.of(SIGNER_KEY, other))));
        assertThat(registry.signer(bucket, NOW.plusSeconds(6))
                        .map(signer -> signer.key().id()))
                .contains(other);
    }

    @Test
    void aSignerWithoutAnActiveKeyIsNotReadAgainAndAgain() throws Exception {
        Bucket bucket = registry.load(QUERY, NOW).bucket("examplebucket").orElseThrow();
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        readsBefore = fixture.store.reads();
        Instant at = NOW.plusSeconds(6);
        for (int i = 0; i < 1_000; i++) {
            assertThat(registry.signer(bucket, at.plusMillis(i))).isEmpty();
        }
        assertThat(reads()).isEqualTo(4);
    }

    @Test
    void aKeyWithoutItsOwnerIsNoKeyToDecideBy() throws StoreUnavailable {
        fixture.store.write(Transaction.of(Write.delete(PrincipalItem.key(SIGNER_KEY), Condition.anything())), NOW);
        assertThatThrownBy(() -> identity(SIGNER_KEY, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("without its owner");
    }

    @Test
    void aRevocationIsSeenWithinTheBoundAndNotBeforeTheCacheLapses() throws StoreUnavailable {
        assertThat(status(NOW)).isEqualTo(KeyStatus.ACTIVE);
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        assertThat(status(NOW.plusMillis(4_999))).isEqualTo(KeyStatus.ACTIVE);
        assertThat(status(NOW.plusSeconds(5))).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void aClockThatIsSetBackKeepsNothingForLonger() throws StoreUnavailable {
        assertThat(status(NOW)).isEqualTo(KeyStatus.ACTIVE);
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        assertThat(status(NOW.minus(Duration.ofHours(1)))).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void anUnknownKeyIsRememberedForASecond() throws StoreUnavailable {
        String id = "LTAI5tNobodyNobodyNobody";
        assertThat(identity(id, NOW)).isEmpty();
        assertThat(identity(id, NOW.plusMillis(999))).isEmpty();
        assertThat(reads()).isEqualTo(1);
        assertThat(identity(id, NOW.plusSeconds(1))).isEmpty();
        assertThat(reads()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "STS.abc", "a b", "käy", "a/b", "key\nid", "../x"})
    void anIdThatNoKeyCanHaveCostsNoRead(String id) throws StoreUnavailable {
        assertThat(identity(id, NOW)).isEmpty();
        assertThat(identity("x".repeat(129), NOW)).isEmpty();
        assertThat(reads()).isZero();
    }

    @Test
    void namesThatNothingCanHaveCostNoRead() throws StoreUnavailable {
        Facts facts = registry.load(
                new Facts.Query(
                        Optional.empty(),
                        Set.of("Bad_Bucket", "a", ""),
                        Optional.of(new Target.ObjectKey("examplebucket", "k".repeat(1_024)))),
                NOW);
        assertThat(facts.buckets()).isEmpty();
        for (String host : List.of("no-dots", "localhost", "127.0.0.1", "10.0.0.300", "[::1]")) {
            assertThat(registry.bucketOfDomain(host, ReadAhead.NOTHING, NOW)).isEmpty();
            assertThat(registry.lastBucketOfDomain(host)).isEmpty();
        }
        assertThat(provider("", "app")).isEmpty();
        assertThat(registry.role(ACCOUNT, "a/b", ReadAhead.NOTHING, NOW)).isEmpty();
        assertThat(registry.isRegion("cn hangzhou", NOW)).isFalse();
        assertThat(reads()).isZero();
    }

    @Test
    void boundsTheCache() throws StoreUnavailable {
        KeyRegistry small = new KeyRegistry(
                fixture.store,
                fixture.sealer,
                new CacheSettings.Bounds(Duration.ofSeconds(5), Duration.ofSeconds(5), 10));
        for (int i = 0; i < 200; i++) {
            small.load(new Facts.Query(Optional.of("LTAI5tUnknown" + i), Set.of(), Optional.empty()), NOW);
        }
        int before = fixture.store.reads();
        for (int i = 0; i < 200; i++) {
            small.load(new Facts.Query(Optional.of("LTAI5tUnknown" + i), Set.of(), Optional.empty()), NOW);
        }
        assertThat(fixture.store.reads() - before).isGreaterThanOrEqualTo(190);
    }

    @Test
    void moreThanAHundredBucketsTakeSeveralBatches() throws StoreUnavailable {
        Set<String> buckets =
                IntStream.range(0, 250).mapToObj(i -> "bucket-" + i).collect(Collectors.toSet());
        registry.load(new Facts.Query(Optional.empty(), buckets, Optional.empty()), NOW);
        assertThat(reads()).isEqualTo(3);
    }

    @Test
    void aStoreThatDoesNotAnswerIsNoAnswer() throws StoreUnavailable {
        registry.load(QUERY, NOW);
        fixture.store.down(true);
        assertThat(registry.load(QUERY, NOW.plusSeconds(1)).identity()).isPresent();
        assertThatThrownBy(() -> registry.load(QUERY, NOW.plusSeconds(5))).isInstanceOf(StoreUnavailable.class);
        assertThatThrownBy(() -> provider("https://idp.example", "app")).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void anotherRootKeyIsNoAnswer() {
        Sealer other = new Sealer(new TestRootKey("test-2", 2), fixture.random);
        KeyRegistry wrong = new KeyRegistry(fixture.store, other, CacheSettings.Bounds.DEFAULT);
        assertThatThrownBy(() -> wrong.load(QUERY, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("root key");
    }

    @Test
    void aRecordThatCannotBeReadIsNoAnswer() throws StoreUnavailable {
        fixture.put(BucketItem.key("examplebucket"), "{\"name\":\"examplebucket\",\"surprise\":1}");
        assertThatThrownBy(() -> registry.load(QUERY, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("bucket/examplebucket");
    }

    @Test
    void aKeyWithoutItsOwnerIsNoAnswer() throws StoreUnavailable {
        fixture.store.write(Transaction.of(Write.delete(PrincipalItem.key(SIGNER_KEY), Condition.anything())), NOW);
        assertThatThrownBy(() -> registry.load(QUERY, NOW)).isInstanceOf(StoreUnavailable.class);
    }

    @Test
    void providersAreFoundByIssuerAndAudienceExactly() throws StoreUnavailable {
        OidcProvider provider = provider("https://idp.example", "app-beta").orElseThrow();
        assertThat(provider.arn()).isEqualTo("acs:ram::" + ACCOUNT + ":oidc-provider/demo");
        assertThat(provider.jwks()).isInstanceOf(OidcProvider.JwksSource.Inline.class);
        assertThat(reads()).isEqualTo(1);
        assertThat(provider("https://other.example", "app").orElseThrow().name())
                .isEqualTo("remote");
        assertThat(provider("https://idp.example/", "app")).isEmpty();
        assertThat(provider("https://other.example", "app-beta")).isEmpty();
        assertThat(provider("https://idp.examplea", "pp")).isEmpty();
    }

    @Test
    void rolesDomainsAndRegionsAreFound() throws StoreUnavailable {
        assertThat(registry.role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, NOW)
                        .orElseThrow()
                        .maxSessionDuration())
                .isEqualTo(Duration.ofHours(1));
        assertThat(registry.role("42", "mobile-app", ReadAhead.NOTHING, NOW)).isEmpty();
        assertThat(registry.bucketOfDomain("img.example.com", ReadAhead.NOTHING, NOW))
                .contains("examplebucket");
        assertThat(registry.bucketOfDomain("www.example.com", ReadAhead.NOTHING, NOW))
                .isEmpty();
        assertThat(registry.isRegion("cn-beijing", NOW)).isTrue();
        assertThat(registry.isRegion("cn-shanghai", NOW)).isFalse();
    }

    @Test
    void theSignersActiveKeySigns() throws StoreUnavailable {
        assertThat(signer(NOW)).contains(SIGNER_KEY);
        assertThat(reads()).isEqualTo(2);
        assertThat(signer(NOW.plusSeconds(2))).contains(SIGNER_KEY);
        assertThat(reads()).isEqualTo(2);
        Bucket unsigned = registry.load(QUERY, NOW).bucket("otherbucket").orElseThrow();
        assertThat(registry.signer(unsigned, NOW)).isEmpty();
    }

    @Test
    void aKeyThatIsNotActiveNeverSigns() throws StoreUnavailable {
        for (KeyStatus status : new KeyStatus[] {KeyStatus.RETIRING, KeyStatus.INACTIVE}) {
            fixture.move(SIGNER_KEY, status);
            registry = fixture.registry();
            assertThat(signer(NOW)).isEmpty();
        }
    }

    @Test
    void aNewKeySignsOnceEveryReaderMustHaveSeenIt() throws Exception {
        String second = "LTAI5tSecondSecondSecond";
        Instant later = NOW.plusSeconds(60);
        fixture.apply(
                Fixture.golden()
                        .replace(
                                "secret: \"signerSecretsignerSecretsigner\"}",
                                "secret: \"signerSecretsignerSecretsigner\"}\n          - {id: " + second
                                        + ", secret: other}"),
                ApplyOptions.of(false),
                later);
        assertThat(signer(later)).contains(SIGNER_KEY);
        assertThat(signer(later.plusSeconds(5))).contains(second);
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        registry = fixture.registry();
        assertThat(signer(later)).contains(second);
    }

    @Test
    void theStoreIsProbedOnceASecondAtMost() throws StoreUnavailable {
        registry.probe(NOW);
        registry.probe(NOW.plusMillis(999));
        assertThat(reads()).isEqualTo(1);
        fixture.store.down(true);
        registry.probe(NOW.plusMillis(999));
        assertThatThrownBy(() -> registry.probe(NOW.plusSeconds(1))).isInstanceOf(StoreUnavailable.class);
        fixture.store.down(false);
        assertThatThrownBy(() -> registry.probe(NOW.plusMillis(1_999))).isInstanceOf(StoreUnavailable.class);
        registry.probe(NOW.plusSeconds(2));
        assertThat(reads()).isEqualTo(3);
    }

    @Test
    void aProbeOpensWhatTheRegistryHasSealed() throws Exception {
        KeyRegistry wrong = new KeyRegistry(
                fixture.store, new Sealer(new TestRootKey("test-2", 2), fixture.random), CacheSettings.Bounds.DEFAULT);
        assertThatThrownBy(() -> wrong.probe(NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining("root key");
        new KeyRegistry(new MemoryStore(), fixture.sealer, CacheSettings.Bounds.DEFAULT).probe(NOW);
    }

    private StoredKey replacement(String id) throws Exception {
        String sealed = fixture.sealer.seal(Secret.of("otherSecret"), StoredKey.sealIdentity(id));
        return new StoredKey(
                id,
                new Owner.OfUser(ACCOUNT, "app-signer"),
                KeyStatus.ACTIVE,
                StoredKey.KeyOrigin.MADE,
                Optional.of(sealed),
                NOW,
                NOW,
                false);
    }

    private int reads() {
        return fixture.store.reads() - readsBefore;
    }

    private Optional<OidcProvider> provider(String issuer, String audience) throws StoreUnavailable {
        return Optional.ofNullable(registry.providers(issuer, Set.of(audience), ReadAhead.NOTHING, NOW)
                .get(audience));
    }

    private Optional<Facts.Identity> identity(String id, Instant now) throws StoreUnavailable {
        return registry.load(new Facts.Query(Optional.of(id), Set.of(), Optional.empty()), now)
                .identity();
    }

    private KeyStatus status(Instant now) throws StoreUnavailable {
        return identity(SIGNER_KEY, now).orElseThrow().key().status();
    }

    @Test
    void theSignerOfARoleIsItsUsersKeyAsThatOfABucketIs() throws Exception {
        fixture.apply(Fixture.golden()
                .replace(
                        "authority: registry\n    oidcProviders:",
                        "authority: sts\n        signer: app-signer\n    oidcProviders:"));
        Instant later = NOW.plusSeconds(10);
        Role role =
                registry.role(ACCOUNT, "mobile-app", ReadAhead.NOTHING, later).orElseThrow();
        assertThat(role.signer()).contains("app-signer");
        assertThat(registry.signer(role, later).map(signer -> signer.key().id()))
                .contains(SIGNER_KEY);
    }

    private Optional<String> signer(Instant now) throws StoreUnavailable {
        Bucket bucket = Records.read(fixture.item(BucketItem.key("examplebucket")), BucketItem::read);
        readsBefore++;
        return registry.signer(bucket, now).map(signer -> signer.key().id());
    }
}
