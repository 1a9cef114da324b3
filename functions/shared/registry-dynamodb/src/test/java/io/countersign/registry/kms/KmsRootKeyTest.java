package io.countersign.registry.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.kms.FakeKms.Fault;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.kms.KmsClient;

class KmsRootKeyTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(900);
    private static final Sealer.SealIdentity IDENTITY = new Sealer.SealIdentity(new ItemKey("key/a", "key"), "a");

    private final SecureRandom random = Seeds.secure();
    private final MemoryStore store = new MemoryStore();
    private final List<KmsClient> clients = new ArrayList<>();
    private FakeKms kms;

    @BeforeEach
    void start() throws Exception {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "localsecret");
        kms = new FakeKms();
    }

    @AfterEach
    void stop() {
        clients.forEach(KmsClient::close);
        kms.close();
    }

    @Test
    void theFirstStartMakesAKeyAndTheNextOneUnwrapsIt() throws Exception {
        RootKeyRing first = open();
        assertThat(first.version()).matches("kms-[0-9a-f]{12}");
        String sealed = new Sealer(first, random).seal(Secret.of("text"), IDENTITY);
        assertThat(kms.decrypted()).isZero();

        RootKeyRing second = open();
        assertThat(second.version()).isEqualTo(first.version());
        assertThat(new Sealer(second, random).open(sealed, IDENTITY).reveal()).isEqualTo("text");
        assertThat(kms.generated()).isEqualTo(1);
        assertThat(kms.decrypted()).isEqualTo(1);
    }

    @Test
    void theStoreHoldsNoKeyThatOpensAnything() throws Exception {
        RootKeyRing ring = open();
        byte[] key = ring.key(ring.version()).orElseThrow().getEncoded();
        String stored = store.payloads().toString();
        assertThat(stored)
                .contains(ring.version())
                .doesNotContain(java.util.Base64.getEncoder().encodeToString(key))
                .doesNotContain(HexFormat.of().formatHex(key));
    }

    @Test
    void aProcessUnwrapsEachVersionOnce() throws Exception {
        open().renew();
        int before = kms.decrypted();
        RootKeyRing ring = open();
        String newest = ring.version();
        for (int i = 0; i < 5; i++) {
            assertThat(ring.newestNow()).isEqualTo(newest);
            assertThat(ring.key(newest)).isPresent();
        }
        assertThat(kms.decrypted() - before).isEqualTo(2);
    }

    @Test
    void ofSixteenStartsAtOnceOneMakesTheKey() throws Exception {
        CyclicBarrier start = new CyclicBarrier(16);
        List<Future<RootKeyRing>> rings = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int i = 0; i < 16; i++) {
                KmsClient client = client(PATIENT);
                rings.add(threads.submit(() -> {
                    start.await();
                    return open(client, PATIENT);
                }));
            }
        }
        RootKeyRing one = rings.getFirst().get();
        String sealed = new Sealer(one, random).seal(Secret.of("text"), IDENTITY);
        for (Future<RootKeyRing> ring : rings) {
            assertThat(ring.get().version()).isEqualTo(one.version());
            assertThat(new Sealer(ring.get(), random).open(sealed, IDENTITY).reveal())
                    .isEqualTo("text");
        }
        assertThat(store.payloads()).hasSize(1);
    }

    @Test
    void aVersionThatAnotherProcessMadeIsUnwrappedWhenARecordNamesIt() throws Exception {
        RootKeyRing running = open();
        RootKeyRing renewing = open();
        String old = new Sealer(running, random).seal(Secret.of("old"), IDENTITY);
        String version = renewing.renew();
        String sealed = new Sealer(renewing, random).seal(Secret.of("new"), IDENTITY);
        assertThat(sealed).contains(version);
        Sealer sealer = new Sealer(running, random);
        assertThat(sealer.open(sealed, IDENTITY).reveal()).isEqualTo("new");
        assertThat(sealer.open(old, IDENTITY).reveal()).isEqualTo("old");
    }

    @Test
    void ofTwoRenewalsAtOnceOneWins() throws Exception {
        RootKeyRing one = open();
        RootKeyRing other = open();
        String first = one.renew();
        assertThat(other.newestNow()).isEqualTo(first);
        assertThat(other.renew()).isNotEqualTo(first).isEqualTo(one.newestNow());
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "FAIL", "LOSE_ANSWER"})
    void aFaultThatPassesIsNotSeen(Fault fault) throws Exception {
        kms.then(fault, fault);
        RootKeyRing first = open();
        kms.then(fault, fault);
        assertThat(open().version()).isEqualTo(first.version());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void aFaultThatStaysEndsInAClearErrorAndLeavesNoRecord(Fault fault) {
        kms.always(fault);
        assertThatThrownBy(() -> open(client(SHORT), SHORT))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining(FakeKms.KEY_ID)
                .hasNoCause();
        assertThat(store.payloads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "FAIL", "HANG", "GARBAGE", "DENY", "DISABLED", "EMPTY", "LOSE_ANSWER"})
    void aStartThatCannotUnwrapFails(Fault fault) throws Exception {
        open();
        kms.always(fault);
        assertThatThrownBy(() -> open(client(SHORT), SHORT)).isInstanceOf(SealingException.class);
    }

    @Test
    void aRunningProcessDoesNotNeedKms() throws Exception {
        RootKeyRing ring = open();
        Sealer sealer = new Sealer(ring, random);
        String sealed = sealer.seal(Secret.of("text"), IDENTITY);
        kms.always(Fault.DENY);
        assertThat(ring.newestNow()).isEqualTo(ring.version());
        assertThat(sealer.open(sealed, IDENTITY).reveal()).isEqualTo("text");
        sealer.seal(Secret.of("other"), IDENTITY);
    }

    @Test
    void aWrappedKeyUnderTheNameOfAnotherVersionIsRefused() throws Exception {
        String version = open().version();
        String payload = store.payloads().get(Wrapping.WrappedKey.ITEM);
        put(java.util.Objects.requireNonNull(payload).replace(version, "kms-000000000000"));
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class).hasMessageContaining("did not wrap");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"versions\":[]}",
                "{\"versions\":[{\"version\":\"kms-1\"}]}",
                "{\"versions\":[{\"version\":\"kms.1\",\"wrapped\":\"AAAA\"}]}",
                "{\"versions\":[{\"version\":\"kms-1\",\"wrapped\":\"%\"}]}",
                "{\"versions\":[{\"version\":\"kms-1\",\"wrapped\":\"\"}]}",
                "{\"versions\":[{\"version\":\"kms-1\",\"wrapped\":\"AAAA\",\"keyId\":\"other\"}]}"
            })
    void aRecordThatIsNotOfOursIsRefusedWithoutAskingKms(String payload) throws Exception {
        put(payload);
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class);
        assertThat(kms.decrypted()).isZero();
    }

    @Test
    void anotherKeyOfKmsIsNamed() {
        KeyLocation.Key other = new KeyLocation.Key("alias/other", PATIENT);
        assertThatThrownBy(() -> KmsRootKey.openOrMake(client(PATIENT), other, store, random, InstantSource.fixed(NOW)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("alias/other")
                .hasMessageContaining("does not exist");
    }

    @Test
    void aStoreThatIsDownIsNamedAndNothingIsMade() {
        store.down(true);
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class).hasMessageContaining("down");
        assertThat(kms.generated()).isZero();
    }

    @Test
    void aRootKeyWhoseRecordIsGoneIsNotMadeAgainByThoseThatRun() throws Exception {
        RootKeyRing ring = open();
        store.write(Transaction.of(Write.delete(Wrapping.WrappedKey.ITEM, Condition.anything())), NOW);
        assertThatThrownBy(ring::renew).isInstanceOf(SealingException.class).hasMessageContaining("restore");
        assertThat(kms.generated()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "alias/ü", "key\n"})
    void refusesAnInvalidKeyId(String keyId) {
        assertThatThrownBy(() -> new KeyLocation.Key(keyId, PATIENT)).isInstanceOf(IllegalArgumentException.class);
    }

    private RootKeyRing open() throws SealingException {
        return open(client(PATIENT), PATIENT);
    }

    private RootKeyRing open(KmsClient client, Duration budget) throws SealingException {
        return KmsRootKey.openOrMake(
                client, new KeyLocation.Key(FakeKms.KEY_ID, budget), store, random, InstantSource.fixed(NOW));
    }

    private KmsClient client(Duration budget) {
        KmsClient client = KeyLocation.Clients.of(
                "us-east-1", Optional.of(kms.endpoint()), new KeyLocation.Key(FakeKms.KEY_ID, budget), AwsHost.MACHINE);
        clients.add(client);
        return client;
    }

    private void put(String payload) throws Exception {
        store.write(Transaction.of(Write.put(Wrapping.WrappedKey.ITEM, payload, Condition.anything())), NOW);
    }
}
