package io.countersign.registry.wrapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.ItemKey;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The contract of every source of a root key: a file, or a key management service. */
public abstract class RootKeyContract {
    protected static final Sealer.SealIdentity IDENTITY = new Sealer.SealIdentity(new ItemKey("key/a", "key"), "a");

    protected final SecureRandom random = Seeds.secure();

    /** A process that opens the root key, and makes the first version when there is none and nothing was sealed. */
    protected abstract RootKeyRing open() throws SealingException;

    /** From now on the registry has records that a root key sealed. */
    protected abstract void someIsSealed() throws Exception;

    /** Takes all versions away from where they are kept. */
    protected abstract void lose() throws Exception;

    protected String sealed(RootKeyRing ring, String text) throws SealingException {
        return new Sealer(ring, random).seal(Secret.of(text), IDENTITY);
    }

    protected String opened(RootKeyRing ring, String sealed) throws SealingException {
        return new Sealer(ring, random).open(sealed, IDENTITY).reveal();
    }

    @Test
    void theNextProcessOpensWhatTheFirstSealed() throws Exception {
        RootKeyRing first = open();
        String sealed = sealed(first, "text");
        RootKeyRing second = open();
        assertThat(second.version()).isEqualTo(first.version()).matches("[a-z]+-[0-9a-f]{12}");
        assertThat(opened(second, sealed)).isEqualTo("text");
        assertThat(second.key("kms-000000000000")).isEmpty();
    }

    @Test
    void ofSixteenStartsAtOnceOneMakesTheKey() throws Exception {
        List<RootKeyRing> rings = atOnce(16);
        String sealed = sealed(rings.getFirst(), "text");
        for (RootKeyRing ring : rings) {
            assertThat(ring.version()).isEqualTo(rings.getFirst().version());
            assertThat(opened(ring, sealed)).isEqualTo("text");
        }
    }

    @Test
    void aVersionThatAnotherProcessMadeOpensAndTheOldOneStillDoes() throws Exception {
        RootKeyRing running = open();
        RootKeyRing renewing = open();
        String old = sealed(running, "old");
        String version = renewing.renew();
        String made = sealed(renewing, "new");
        assertThat(made).contains(version);
        assertThat(opened(running, made)).isEqualTo("new");
        assertThat(opened(running, old)).isEqualTo("old");
        RootKeyRing later = open();
        assertThat(later.version()).isEqualTo(version);
        assertThat(opened(later, old)).isEqualTo("old");
    }

    @Test
    void ofTwoRenewalsAtOnceOneWins() throws Exception {
        RootKeyRing one = open();
        RootKeyRing other = open();
        String first = one.renew();
        assertThat(other.newestNow()).isEqualTo(first);
        assertThat(other.renew()).isNotEqualTo(first).isEqualTo(one.newestNow());
    }

    @Test
    void everyVersionOfRenewalsAtOnceOpens() throws Exception {
        List<RootKeyRing> rings = atOnce(8);
        CyclicBarrier start = new CyclicBarrier(rings.size());
        Set<String> made = new HashSet<>();
        try (var threads = Executors.newFixedThreadPool(rings.size())) {
            List<Future<String>> versions = new ArrayList<>();
            for (RootKeyRing ring : rings) {
                versions.add(threads.submit(() -> {
                    start.await();
                    return ring.renew();
                }));
            }
            for (Future<String> version : versions) {
                made.add(version.get());
            }
        }
        RootKeyRing started = open();
        assertThat(made).contains(started.version());
        for (String version : made) {
            assertThat(started.key(version)).isPresent();
        }
    }

    @Test
    void noneIsMadeForARegistryThatHasSealedRecords() throws Exception {
        someIsSealed();
        assertThatThrownBy(this::open)
                .isInstanceOf(SealingException.class)
                .hasMessageContaining("is gone")
                .hasMessageContaining("restore");
    }

    @Test
    void aKeyThatIsGoneIsNotMadeAgainByThoseThatRun() throws Exception {
        RootKeyRing ring = open();
        lose();
        assertThatThrownBy(ring::renew).isInstanceOf(SealingException.class).hasMessageContaining("restore");
    }

    private List<RootKeyRing> atOnce(int processes) throws InterruptedException, ExecutionException {
        CyclicBarrier start = new CyclicBarrier(processes);
        List<Future<RootKeyRing>> rings = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(processes)) {
            for (int i = 0; i < processes; i++) {
                rings.add(threads.submit(() -> {
                    start.await();
                    return open();
                }));
            }
        }
        List<RootKeyRing> opened = new ArrayList<>();
        for (Future<RootKeyRing> ring : rings) {
            opened.add(ring.get());
        }
        return opened;
    }
}
