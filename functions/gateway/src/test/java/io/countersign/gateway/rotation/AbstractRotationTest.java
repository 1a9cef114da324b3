package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.rotation.MortalStore.Death;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.keys.Resealer;
import io.countersign.registry.sealing.FileRootKey;
import io.countersign.registry.sealing.NothingSealed;
import io.countersign.registry.sealing.RootKeyRing;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.RegistryStore;
import io.countersign.rotate.IncomingEvent;
import io.countersign.signing.AccessKey;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.VerifyAnswer;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The guarantees of rotation to clients and readers, over one kind of store. {@link Witness} looks at every write of each of these tests. */
abstract class AbstractRotationTest {
    private static final int ROTATIONS = 50;
    private static final String BUCKET = "photos";
    private static final Death[] DEATHS = Death.values();

    @TempDir
    private Path keys;

    private final SecureRandom random = Seeds.secure();
    private Optional<RegistryStore> store = Optional.empty();
    private Site site;
    private Signer signer;

    /** An empty store. */
    protected abstract RegistryStore open() throws Exception;

    protected abstract Load.Pace pace();

    @BeforeEach
    void start() throws Exception {
        RegistryStore opened = open();
        store = Optional.of(opened);
        site = new Site(opened, rootKey());
        signer = new Signer(site, BUCKET);
    }

    @AfterEach
    void stop() {
        store.ifPresent(RegistryStore::close);
    }

    @Test
    void throughFiftyRotationsNothingValidIsRefusedAndNothingRetiredAccepted() throws Exception {
        Load load = new Load(site, pace(), Seeds.random());
        load.run(ROTATIONS);
        assertThat(load.claims().accepted).hasValueGreaterThan(500);
        assertThat(load.claims().refused).hasValueGreaterThan(50);
        assertThat(load.claims().compromises()).isGreaterThan(2);
        assertThat(site.deaths).hasValueGreaterThan(20);
        site.everythingWasTold();
    }

    @Test
    void clientsThatWorkAtTheSameTimeAsRotationFareNoWorse() throws Exception {
        Crowd crowd = new Crowd(site, pace().clients());
        crowd.run(ROTATIONS / 5);
        assertThat(crowd.claims().accepted).hasValueGreaterThan(50);
        site.everythingWasTold();
    }

    @Test
    void aRevokedUserIsRefusedEverywhereWithinTheCachesTimeAndNobodyElseIs() throws Exception {
        Logins users = new Logins(site, pace().clients(), Seeds.random());
        users.run(25);
        assertThat(users.accepted).isGreaterThan(500);
        assertThat(users.refused).isGreaterThan(50);
        site.everythingWasTold();
    }

    @Test
    void aCompromiseIsEffectiveOnEveryReaderWithinTheCachesTime() throws Exception {
        for (int round = 0; round < pace().rounds(); round++) {
            Lag lag = new Lag(site, BUCKET, pace().clients(), Seeds.random());
            site.send(new IncomingEvent.AccessKeyCompromised(site.newId(), lag.keyId()));
            lag.measure();
            assertThat(lag.longest()).as(lag.toString()).isEqualTo(Site.BOUND.minus(Lag.STEP));
        }
        site.everythingWasTold();
    }

    @Test
    void aRetiringKeyGoesOnVerifyingWhileItsSuccessorIsCompromised() throws Exception {
        for (Death death : DEATHS) {
            List<Held> older = signer.heldNow();
            String retiring = signer.retire();
            List<Held> newer = signer.heldNow();
            String successor = signer.newest();
            signer.compromise(successor, death);
            site.pass(Site.BOUND);
            assertThat(site.witness.key(retiring).status()).isEqualTo(KeyStatus.RETIRING);
            assertThat(site.witness.key(successor).status()).isEqualTo(KeyStatus.DELETED);
            assertThat(signer.newest()).isNotIn(retiring, successor);
            signer.allPass(older, true);
            signer.allPass(newer, false);
            signer.allPass(signer.heldNow(), true);
            signer.settle();
        }
    }

    @Test
    void aRetiringKeyIsCompromisedAndItsSuccessorGoesOn() throws Exception {
        for (Death death : DEATHS) {
            List<Held> older = signer.heldNow();
            String retiring = signer.retire();
            List<Held> newer = signer.heldNow();
            String successor = signer.newest();
            signer.compromise(retiring, death);
            site.pass(Site.BOUND);
            assertThat(site.witness.key(retiring).status()).isEqualTo(KeyStatus.INACTIVE);
            assertThat(signer.newest()).isEqualTo(successor);
            signer.allPass(older, false);
            signer.allPass(newer, true);
            signer.allPass(signer.heldNow(), true);
            signer.settle();
        }
    }

    @Test
    void aKeyIsCompromisedWhileItsSuccessorStillWaits() throws Exception {
        for (Death death : DEATHS) {
            List<Held> older = signer.heldNow();
            String old = signer.newest();
            site.send(new IncomingEvent.AccessKeyRotationRequested(site.newId(), old));
            String successor = signer.newest();
            assertThat(site.witness.key(successor).signsFrom()).isAfter(site.now);
            signer.compromise(old, death);
            assertThat(signer.heldNow())
                    .filteredOn(held -> held.restsOn().isPresent())
                    .extracting(Held::restsOn)
                    .containsOnly(Optional.of(successor));
            site.pass(Site.BOUND);
            signer.allPass(older, false);
            signer.allPass(signer.heldNow(), true);
            signer.settle();
        }
    }

    @Test
    void aSuccessorIsCompromisedWhileItWaits() throws Exception {
        for (Death death : DEATHS) {
            List<Held> older = signer.heldNow();
            String old = signer.newest();
            site.send(new IncomingEvent.AccessKeyRotationRequested(site.newId(), old));
            String successor = signer.newest();
            signer.compromise(successor, death);
            String next = signer.newest();
            site.scheduled();
            site.pass(Site.BOUND);
            assertThat(site.witness.key(old).status()).isEqualTo(KeyStatus.RETIRING);
            assertThat(next).isNotIn(old, successor);
            signer.allPass(older, true);
            signer.allPass(signer.heldNow(), true);
            signer.settle();
        }
    }

    @Test
    void aSessionWorksUntilItEndsThoughItsTokenKeyIsReplaced() throws Exception {
        Reader before = site.reader();
        Held.Session session = before.token(BUCKET, Site.LONGEST, site.now);
        for (Death death : DEATHS) {
            site.killed(site.sending(new IncomingEvent.TokenKeyRotationRequested(site.newId())), death, () -> {});
        }
        while (site.now.plus(Duration.ofMinutes(3)).isBefore(session.until())) {
            site.pass(Duration.ofMinutes(3));
            site.scheduled();
            assertThat(before.verify(session.request(site.now), site.now).allowed())
                    .isTrue();
            assertThat(site.reader().verify(session.request(site.now), site.now).allowed())
                    .isTrue();
        }
        Held.Session next = site.reader().token(BUCKET, Site.LONGEST, site.now);
        site.pass(Duration.between(site.now, session.until()));
        assertThat(before.verify(session.request(site.now), site.now)
                        .error()
                        .orElseThrow()
                        .code())
                .isEqualTo("SecurityTokenExpired");
        assertThat(before.verify(next.request(site.now), site.now).allowed()).isTrue();
        assertThat(site.witness.told())
                .filteredOn(id -> id.startsWith("TokenKeyRotated."))
                .hasSize(1);
    }

    @Test
    void aStartWithTheSameManifestRevivesNothing() throws Exception {
        AccessKey imported = site.reader().signer(BUCKET, site.now).orElseThrow();
        signer.compromise(imported.id(), Death.BEFORE_THE_ANSWER);
        for (Death death : DEATHS) {
            for (Duration time : List.of(Duration.ZERO, Duration.ofHours(2), Site.EVERY, Site.OVERLAP)) {
                site.pass(time);
                site.scheduled();
                List<StoredKey> keys = signer.keys();
                site.killed(site::apply, death, () -> {});
                assertThat(signer.keys()).isEqualTo(keys);
                VerifyAnswer stolen =
                        site.reader().verify(Held.presigned(BUCKET, imported, Optional.empty(), site.now), site.now);
                assertThat(stolen.error().orElseThrow().code()).isEqualTo("InvalidAccessKeyId");
            }
        }
        assertThat(site.witness.key(imported.id()).status()).isEqualTo(KeyStatus.DELETED);
        site.everythingWasTold();
    }

    @Test
    void aResealThatIsKilledAnywhereCutsNothingOffAndIsFinishedByTheNext() throws Exception {
        for (Death death : DEATHS) {
            String before = rootKey().version();
            List<Held> held = signer.heldNow();
            int deaths = site.deaths.get();
            site.killed(this::reseal, death, () -> signer.allPass(held, true));
            assertThat(site.deaths.get() - deaths).isGreaterThan(2);
            String after = rootKey().version();
            assertThat(after).isNotEqualTo(before);
            for (String bucket : Site.BUCKETS) {
                assertThat(site.keysOf(bucket))
                        .isNotEmpty()
                        .allSatisfy(
                                key -> assertThat(key.sealed().orElseThrow()).startsWith("1." + after + "."));
            }
            site.pass(Site.BOUND);
            signer.allPass(held, true);
            signer.allPass(signer.heldNow(), true);
        }
    }

    /** The root key as a process finds it that starts now. */
    private RootKeyRing rootKey() throws SealingException {
        return FileRootKey.openOrMake(keys.resolve("root.key"), NothingSealed.YET, random);
    }

    private void reseal(RegistryStore mortal) throws Exception {
        RootKeyRing ring = rootKey();
        new Resealer(mortal, ring, new Sealer(ring, random), site.now).run(pause -> {});
    }
}
