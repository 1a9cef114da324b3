package io.countersign.registry;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Target;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often a reader goes to the store for requests whose way leads from record to record. */
class OneBatchTest {
    private static final Instant FORGOTTEN = NOW.plus(CacheSettings.Bounds.DEFAULT.known());
    private static final Facts.Query KEY = new Facts.Query(Optional.of(SIGNER_KEY), Set.of(), Optional.empty());
    private static final Facts.Query BUCKET =
            new Facts.Query(Optional.empty(), Set.of("examplebucket"), Optional.empty());

    private final Fixture fixture = new Fixture();
    private KeyRegistry registry;
    private RegistryReads asking;
    private SessionFacts.Query session;

    @BeforeEach
    void fill() throws Exception {
        fixture.apply(Fixture.golden());
        registry = fixture.registry();
        asking = new RegistryReads(registry, true);
        Role role = Records.read(fixture.item(RoleItem.key(ACCOUNT, "mobile-app")), RoleItem::read);
        session = new SessionFacts.Query(
                ACCOUNT, "mobile-app", role.roleId(), new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo"));
    }

    private interface Asks {
        String at(Instant now) throws StoreUnavailable;
    }

    private void costs(int first, Asks asks) throws StoreUnavailable {
        assertThat(reads(() -> asks.at(NOW))).isEqualTo(first);
        assertThat(reads(() -> asks.at(NOW.plusMillis(999)))).isZero();
        assertThat(reads(() -> asks.at(FORGOTTEN))).isEqualTo(1);
        assertThat(reads(() -> asks.at(FORGOTTEN))).isZero();
    }

    private interface Step {
        Object make() throws StoreUnavailable;
    }

    private int reads(Step step) throws StoreUnavailable {
        int before = fixture.store.reads();
        step.make();
        return fixture.store.reads() - before;
    }

    @Test
    void readsARequestsRecordsInOneBatchAndTheLinkedOnesToo() throws StoreUnavailable {
        costs(3, now -> asking.presign("examplebucket", now));
    }

    @Test
    void aRoleComesWithTheProviderThatLedToIt() throws StoreUnavailable {
        costs(2, now -> asking.token(Optional.empty(), now));
        assertThat(reads(() -> asking.token(Optional.of("mobile-app"), FORGOTTEN)))
                .isZero();
    }

    @Test
    void aRoleThatIsNamedComesWithTheProviderToo() throws StoreUnavailable {
        costs(2, now -> asking.token(Optional.of("mobile-app"), now));
    }

    @Test
    void aCustomDomainComesWithItsBucket() throws StoreUnavailable {
        costs(2, now -> asking.verify(RegistryReads.DOMAIN, now));
        assertThat(registry.lastBucketOfDomain(RegistryReads.DOMAIN)).contains("examplebucket");
    }

    @Test
    void readsTheLastSessionsRecordsWithTheTokenKeys() throws StoreUnavailable {
        assertThat(reads(() -> asking.session(session, NOW))).isEqualTo(2);
        assertThat(reads(() -> asking.session(session, FORGOTTEN))).isEqualTo(1);
        SessionFacts.Query another = new SessionFacts.Query(
                ACCOUNT, "mobile-app", "other", new RevocationItem.Revocable.OfAccessKey(SIGNER_KEY));
        assertThat(reads(() -> asking.session(another, FORGOTTEN.plusSeconds(5))))
                .isEqualTo(2);
    }

    @Test
    void aSessionThatIsInvalidIsNoGuessForTheNext() throws StoreUnavailable {
        asking.session(session, NOW);
        SessionFacts.Query gone = new SessionFacts.Query(
                ACCOUNT, "nobody", "gone", new RevocationItem.Revocable.OfProvider(ACCOUNT, "gone"));
        asking.session(gone, FORGOTTEN);
        assertThat(reads(() -> asking.session(session, FORGOTTEN.plusSeconds(5))))
                .isEqualTo(1);
    }

    @Test
    void aMemoryThatIsWrongCostsABatchAndNoAnswer() throws StoreUnavailable {
        String before = asking.presign("examplebucket", NOW);
        Bucket bucket = Records.read(fixture.item(BucketItem.key("examplebucket")), BucketItem::read);
        fixture.put(BucketItem.key("examplebucket"), BucketItem.text(bucket).replace("app-signer", "reader"));
        assertThat(asking.presign("examplebucket", FORGOTTEN))
                .isNotEqualTo(before)
                .endsWith("nobody signs");
        assertThat(asking.presign("examplebucket", FORGOTTEN.plusSeconds(5))).endsWith("nobody signs");
    }

    @Test
    void cachesAReadAheadRecordFromItsReadTime() throws StoreUnavailable {
        registry.load(BUCKET, ReadAhead.of(new ReadAhead.Hint.OfFacts(KEY)), NOW);
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        assertThat(status(NOW.plusMillis(4_999))).isEqualTo(KeyStatus.ACTIVE);
        assertThat(status(FORGOTTEN)).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void bringingAlongDoesNotRenewWhatIsStillRemembered() throws StoreUnavailable {
        assertThat(status(NOW)).isEqualTo(KeyStatus.ACTIVE);
        fixture.move(SIGNER_KEY, KeyStatus.INACTIVE);
        registry.load(BUCKET, ReadAhead.of(new ReadAhead.Hint.OfFacts(KEY)), NOW.plusSeconds(3));
        assertThat(status(NOW.plusMillis(4_999))).isEqualTo(KeyStatus.ACTIVE);
        assertThat(status(FORGOTTEN)).isEqualTo(KeyStatus.INACTIVE);
    }

    @Test
    void cachesAReadAheadAbsenceForNoLonger() throws StoreUnavailable {
        Facts.Query nobody = new Facts.Query(Optional.of("LTAI5tNobodyNobody"), Set.of(), Optional.empty());
        registry.load(BUCKET, ReadAhead.of(new ReadAhead.Hint.OfFacts(nobody)), NOW);
        assertThat(reads(() -> registry.load(nobody, NOW.plusMillis(999)))).isZero();
        assertThat(reads(() -> registry.load(nobody, NOW.plusSeconds(1)))).isEqualTo(1);
    }

    @Test
    void computesNoHintWhenTheCacheHasTheRecord() throws StoreUnavailable {
        registry.load(BUCKET, NOW);
        registry.load(
                BUCKET,
                () -> {
                    throw new AssertionError("nothing is read");
                },
                NOW.plusSeconds(4));
    }

    @Test
    void ignoresADamagedReadAheadRecordUntilItIsNeeded() throws StoreUnavailable {
        fixture.put(AccessKeyItem.key(SIGNER_KEY), "{\"surprise\":1}");
        Facts facts = registry.load(BUCKET, ReadAhead.of(new ReadAhead.Hint.OfFacts(KEY)), NOW);
        assertThat(facts.bucket("examplebucket")).isPresent();
        assertThatThrownBy(() -> registry.load(KEY, NOW))
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(SIGNER_KEY);
    }

    @Test
    void readsRecordsBeyondTheBatchOnDemand() throws StoreUnavailable {
        List<ReadAhead.Hint> many = IntStream.range(0, 300)
                .<ReadAhead.Hint>mapToObj(i -> new ReadAhead.Hint.OfRegion("region-" + i))
                .toList();
        assertThat(reads(() -> registry.load(BUCKET, () -> many, NOW))).isEqualTo(1);
        assertThat(reads(() -> registry.isRegion("region-0", NOW))).isZero();
        assertThat(reads(() -> registry.isRegion("region-299", NOW))).isEqualTo(1);
    }

    @Test
    void aReaderThatRemembersNothingBringsNothingAlong() throws StoreUnavailable {
        for (CacheSettings.Bounds bounds : List.of(
                new CacheSettings.Bounds(Duration.ZERO, Duration.ZERO, 10),
                new CacheSettings.Bounds(Duration.ofSeconds(5), Duration.ZERO, 10))) {
            KeyRegistry forgetful = new KeyRegistry(fixture.store, fixture.sealer, bounds);
            forgetful.load(
                    BUCKET,
                    () -> {
                        throw new AssertionError("it would be read again");
                    },
                    NOW);
        }
    }

    @Test
    void aFullCacheLosesNothingThatARequestIsAboutToAskFor() throws StoreUnavailable {
        CacheSettings.Bounds small = new CacheSettings.Bounds(Duration.ofSeconds(5), Duration.ofSeconds(1), 50);
        KeyRegistry full = new KeyRegistry(fixture.store, fixture.sealer, small);
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < 50; i++) {
                full.isRegion("region-" + i, NOW.plusSeconds(10L * round));
            }
        }
        for (int i = 0; i < 500; i++) {
            String id = "LTAI5tSomebody" + i;
            Facts.Query key = new Facts.Query(Optional.of(id), Set.of("bucket-" + i), Optional.empty());
            int before = fixture.store.reads();
            full.bucketOfDomain(
                    "bucket-" + i + ".example.com",
                    ReadAhead.of(new ReadAhead.Hint.OfFacts(key)),
                    NOW.plusSeconds(200));
            full.load(key, NOW.plusSeconds(200));
            assertThat(fixture.store.reads() - before).isEqualTo(1);
        }
    }

    @Test
    void keepsKnownLinksDespiteManyUnknownDomains() throws StoreUnavailable {
        asking.verify(RegistryReads.DOMAIN, NOW);
        for (int i = 0; i < 20_000; i++) {
            registry.bucketOfDomain("d" + i + ".example.org", ReadAhead.NOTHING, NOW);
        }
        assertThat(registry.lastBucketOfDomain("d0.example.org")).isEmpty();
        assertThat(registry.lastBucketOfDomain(RegistryReads.DOMAIN)).contains("examplebucket");
    }

    @Test
    void forgetsTheLinkOfADeletedDomain() throws StoreUnavailable {
        asking.verify(RegistryReads.DOMAIN, NOW);
        fixture.store.write(
                Transaction.of(Write.delete(BucketItem.domainKey(RegistryReads.DOMAIN), Condition.anything())), NOW);
        assertThat(asking.verify(RegistryReads.DOMAIN, FORGOTTEN)).startsWith("Optional.empty");
        assertThat(registry.lastBucketOfDomain(RegistryReads.DOMAIN)).isEmpty();
    }

    @Test
    void namesThatNothingCanHaveAreNotBroughtAlong() throws StoreUnavailable {
        List<ReadAhead.Hint> impossible = List.of(
                new ReadAhead.Hint.OfSigner("Bad_Bucket"),
                new ReadAhead.Hint.OfRegion("cn hangzhou"),
                new ReadAhead.Hint.OfRole("x", "mobile-app"),
                new ReadAhead.Hint.OfRole(ACCOUNT, "a/b"),
                new ReadAhead.Hint.OfRoleOf("", "app", Optional.empty()),
                new ReadAhead.Hint.OfFacts(new Facts.Query(
                        Optional.of("STS.x"), Set.of("a"), Optional.of(new Target.ObjectKey("a", "k".repeat(2_000))))));
        assertThat(registry.load(BUCKET, () -> impossible, NOW).bucket("examplebucket"))
                .isPresent();
    }

    private KeyStatus status(Instant now) throws StoreUnavailable {
        return registry.load(KEY, now).identity().orElseThrow().key().status();
    }

    @Test
    void aSubjectsRevocationComesWithTheProviderThatItsTokenLedToBefore() throws StoreUnavailable {
        assertThat(reads(() -> asking.token(Optional.empty(), NOW))).isEqualTo(2);
        ReadAhead.Hint hint = new ReadAhead.Hint.OfSubjectOf(RegistryReads.ISSUER, RegistryReads.AUDIENCE, "alice");
        assertThat(reads(() -> registry.providers(
                        RegistryReads.ISSUER, Set.of(RegistryReads.AUDIENCE), ReadAhead.of(hint), FORGOTTEN)))
                .isEqualTo(1);
        RevocationItem.Revocable.OfSubject alice = new RevocationItem.Revocable.OfSubject(
                new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo"), "alice");
        assertThat(reads(() -> registry.revokedBefore(alice, ReadAhead.NOTHING, FORGOTTEN)))
                .isZero();
    }
}
