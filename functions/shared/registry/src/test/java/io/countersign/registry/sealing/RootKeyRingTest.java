package io.countersign.registry.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.store.ItemKey;
import io.countersign.signing.Secret;
import io.countersign.testkit.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class RootKeyRingTest {
    private static final long SECOND = 1_000_000_000L;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND / 2);
    private final Source source = new Source();

    @Test
    void aVersionThatAnotherProcessMadeIsFoundAtOnce() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        source.makeNext("v1");
        assertThat(ring.key("v2")).isPresent();
        assertThat(ring.key("v1")).isPresent();
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void ignoresVersionsThatDoNotOpenTheRecords() throws SealingException {
        Sealed records = new Sealed();
        RootKeyRing ring = RootKeyRing.open(source, records, nanos::get);
        source.versions.clear();
        source.versions.add(version("another"));
        for (int i = 0; i < 2; i++) {
            nanos.addAndGet(SECOND);
            assertThatThrownBy(ring::version)
                    .isInstanceOf(SealingException.class)
                    .hasMessageContaining("another one");
            assertThatThrownBy(ring::renew).isInstanceOf(SealingException.class);
            assertThat(ring.key("v1")).isPresent();
        }
        assertThatThrownBy(() -> RootKeyRing.open(source, records, nanos::get)).isInstanceOf(SealingException.class);
        source.versions.addFirst(version("v1"));
        nanos.addAndGet(SECOND);
        assertThat(ring.version()).isEqualTo("another");
    }

    /** Sealed under the version v1. */
    private static final class Sealed implements SealedRecords {
        @Override
        public boolean none() {
            return false;
        }

        @Override
        public void requireOpenedBy(RootKey root) throws SealingException {
            if (root.key("v1").isEmpty()) {
                throw new SealingException("the root key is another one");
            }
        }
    }

    @Test
    void sealingTurnsToTheNewestWithinASecond() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        source.makeNext("v1");
        nanos.addAndGet(SECOND - 1);
        assertThat(ring.version()).isEqualTo("v1");
        nanos.addAndGet(1);
        assertThat(ring.version()).isEqualTo("v2");
        assertThat(source.reads).isEqualTo(2);
    }

    @Test
    void aVersionThatIsNotThereIsAskedForOnceASecond() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        for (int i = 0; i < 100; i++) {
            assertThat(ring.key("nowhere")).isEmpty();
        }
        assertThat(source.reads).isEqualTo(2);
        assertThat(ring.key("nowhere-else")).isEmpty();
        assertThat(source.reads).isEqualTo(3);
        nanos.addAndGet(SECOND);
        assertThat(ring.key("nowhere")).isEmpty();
        assertThat(source.reads).isEqualTo(4);
        nanos.addAndGet(SECOND);
        source.versions.add(version("nowhere"));
        assertThat(ring.key("nowhere")).isPresent();
    }

    @Test
    void manyUnknownVersionsAreNotAllAskedFor() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        for (int i = 0; i < 64; i++) {
            assertThat(ring.key("unknown-" + i)).isEmpty();
        }
        int reads = source.reads;
        assertThatThrownBy(() -> ring.key("one-more")).isInstanceOf(SealingException.class);
        assertThat(source.reads).isEqualTo(reads);
        nanos.addAndGet(SECOND);
        assertThat(ring.key("one-more")).isEmpty();
    }

    @Test
    void doesNotLoadAnInvalidVersion() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        for (String text : List.of("", "a b", "ü", "a".repeat(65), "a/b")) {
            assertThat(ring.key(text)).isEmpty();
        }
        assertThat(source.reads).isEqualTo(1);
    }

    @Test
    void aLookUpThatFailsIsNotTriedForASecondAndKnownVersionsStayOpen() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        source.down = true;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> ring.key("v2"))
                    .isInstanceOf(SealingException.class)
                    .hasMessage("down");
            assertThat(ring.key("v1")).isPresent();
        }
        assertThat(source.reads).isEqualTo(2);
        source.down = false;
        source.makeNext("v1");
        nanos.addAndGet(SECOND);
        assertThat(ring.key("v2")).isPresent();
    }

    @Test
    void aNewVersionSealsAtOnceWhereItWasMade() throws SealingException {
        RootKeyRing ring = RootKeyRing.open(source, nanos::get);
        Sealer sealer = new Sealer(ring, Seeds.secure());
        Sealer.SealIdentity identity = new Sealer.SealIdentity(new ItemKey("p", "s"), "id");
        String old = sealer.seal(Secret.of("text"), identity);
        assertThat(ring.renew()).isEqualTo("v2");
        String renewed = sealer.renewed(old, identity).orElseThrow();
        assertThat(renewed).startsWith("1.v2.");
        assertThat(sealer.open(renewed, identity).reveal()).isEqualTo("text");
        assertThat(sealer.open(old, identity).reveal()).isEqualTo("text");
        assertThat(sealer.renewed(renewed, identity)).isEmpty();
    }

    @Test
    void printsOnlyTheNameOfAVersion() {
        assertThat(version("v1")).hasToString("v1");
        assertThatThrownBy(() -> new RootKey.Version("v1", new SecretKeySpec(new byte[16], "AES")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RootKey.Version("v.1", new SecretKeySpec(new byte[32], "AES")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static RootKey.Version version(String name) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) name.hashCode();
        return new RootKey.Version(name, new SecretKeySpec(bytes, "AES"));
    }

    private static final class Source implements RootKey.Source {
        private final List<RootKey.Version> versions = new ArrayList<>(List.of(version("v1")));
        private int reads;
        private boolean down;

        @Override
        public List<RootKey.Version> read() throws SealingException {
            reads++;
            if (down) {
                throw new SealingException("down");
            }
            return List.copyOf(versions);
        }

        @Override
        public void makeNext(String newest) {
            if (versions.getLast().name().equals(newest)) {
                versions.add(version("v" + (versions.size() + 1)));
            }
        }
    }
}
