package io.countersign.registry.wrapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.AccountItem;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.MemoryStore;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of a root key under every key management service. */
public abstract class WrappedRootKeyContract extends RootKeyContract {
    protected static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    protected static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(900);

    protected final MemoryStore store = new MemoryStore();

    /** The service. */
    protected abstract KmsServer kms();

    /** The wrapper of a process. */
    protected abstract KeyWrapper wrapper(String keyId, Duration budget) throws SealingException;

    @AfterEach
    void stop() {
        kms().close();
    }

    @Override
    protected RootKeyRing open() throws SealingException {
        return open(PATIENT);
    }

    private RootKeyRing open(Duration budget) throws SealingException {
        return open(wrapper(kms().keyId(), budget));
    }

    protected RootKeyRing open(KeyWrapper wrapper) throws SealingException {
        return WrappedRootKey.openOrMake(wrapper, store, random, InstantSource.fixed(NOW));
    }

    @Override
    protected void someIsSealed() throws Exception {
        store.write(
                Transaction.of(
                        Write.put(new ItemKey(AccountItem.PARTITION, "1234567890123456"), "{}", Condition.anything())),
                NOW);
    }

    @Override
    protected void lose() throws Exception {
        store.write(Transaction.of(Write.delete(WrappedKey.ITEM, Condition.anything())), NOW);
    }

    @Test
    void theFirstStartGeneratesOnceAndTheNextUnwrapsOnce() throws Exception {
        open();
        assertThat(kms().generated()).isEqualTo(1);
        assertThat(kms().decrypted()).isZero();
        open();
        assertThat(kms().generated()).isEqualTo(1);
        assertThat(kms().decrypted()).isEqualTo(1);
        assertThat(store.payloads()).hasSize(1);
    }

    @Test
    void theStoreHoldsNoKeyThatOpensAnything() throws Exception {
        RootKeyRing ring = open();
        byte[] key = ring.key(ring.version()).orElseThrow().getEncoded();
        String stored = store.payloads().toString();
        assertThat(stored)
                .contains(ring.version())
                .doesNotContain(Base64.getEncoder().encodeToString(key))
                .doesNotContain(HexFormat.of().formatHex(key));
    }

    @Test
    void aProcessUnwrapsEachVersionOnce() throws Exception {
        open().renew();
        int before = kms().decrypted();
        RootKeyRing ring = open();
        String newest = ring.version();
        for (int i = 0; i < 5; i++) {
            assertThat(ring.newestNow()).isEqualTo(newest);
            assertThat(ring.key(newest)).isPresent();
        }
        assertThat(kms().decrypted() - before).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "FAIL", "LOSE_ANSWER"})
    void aFaultThatPassesIsNotSeen(KmsServer.Fault fault) throws Exception {
        kms().then(fault, fault);
        RootKeyRing first = open();
        kms().then(fault, fault);
        assertThat(open().version()).isEqualTo(first.version());
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE"})
    void aFaultThatStaysEndsInAClearErrorInTimeAndLeavesNoRecord(KmsServer.Fault fault) {
        kms().always(fault);
        long begun = System.nanoTime();
        assertThatThrownBy(() -> open(SHORT))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("the KMS key " + kms().keyId())
                .hasMessageContaining("; ")
                .hasNoCause();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
        assertThat(store.payloads()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"NONE", "SHORT"})
    void aStartThatCannotUnwrapFails(KmsServer.Fault fault) throws Exception {
        open();
        kms().always(fault);
        assertThatThrownBy(() -> open(SHORT)).isInstanceOf(SealingException.class);
    }

    @Test
    void aRunningProcessDoesNotNeedKms() throws Exception {
        RootKeyRing ring = open();
        String sealed = sealed(ring, "text");
        kms().always(KmsServer.Fault.DENY);
        assertThat(ring.newestNow()).isEqualTo(ring.version());
        assertThat(opened(ring, sealed)).isEqualTo("text");
        sealed(ring, "other");
    }

    @Test
    void aWrappedKeyUnderTheNameOfAnotherVersionIsRefused() throws Exception {
        String version = open().version();
        String payload = Objects.requireNonNull(store.payloads().get(WrappedKey.ITEM));
        put(payload.replace(version, "kms-000000000000"));
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
        assertThat(kms().decrypted()).isZero();
    }

    @Test
    void aTextThatNoKeyWrappedIsRefused() throws Exception {
        put("{\"versions\":[{\"version\":\"kms-1\",\"wrapped\":\"AAAA\"}]}");
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class).hasMessageContaining("did not wrap");
    }

    @Test
    void aKeyThatKmsDoesNotHaveIsNamed() {
        assertThatThrownBy(() -> open(wrapper("other-key", PATIENT)))
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("other-key")
                .hasMessageContaining("does not exist");
    }

    @Test
    void aStoreThatIsDownIsNamedAndNothingIsMade() {
        store.down(true);
        assertThatThrownBy(this::open).isInstanceOf(SealingException.class).hasMessageContaining("down");
        assertThat(kms().generated()).isZero();
    }

    private void put(String payload) throws Exception {
        store.write(Transaction.of(Write.put(WrappedKey.ITEM, payload, Condition.anything())), NOW);
    }
}
