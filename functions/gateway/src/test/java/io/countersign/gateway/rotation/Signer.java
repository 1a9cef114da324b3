package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.rotation.MortalStore.Death;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.signing.AccessKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The user who signs for one bucket, step by step through a rotation. */
final class Signer {
    private final Site site;
    private final String bucket;

    Signer(Site site, String bucket) {
        this.site = site;
        this.bucket = bucket;
    }

    /** The keys that are not deleted, the oldest first. */
    List<StoredKey> keys() {
        return site.keysOf(bucket);
    }

    /** One of each kind, from a process that was just started. */
    List<Held> heldNow() throws StoreUnavailable {
        Reader reader = site.reader();
        AccessKey key = reader.signer(bucket, site.now).orElseThrow();
        return List.of(
                reader.presign(bucket, Site.LONGEST, site.now),
                reader.selfSign(bucket, site.now),
                reader.assumeRole(key, bucket, Site.LONGEST, site.now).orElseThrow(),
                reader.token(bucket, Site.LONGEST, site.now));
    }

    /** A credential that rests on no key passes in any case. */
    void allPass(List<Held> held, boolean pass) throws StoreUnavailable {
        Reader reader = site.reader();
        for (Held each : held) {
            assertThat(reader.verify(each.request(site.now), site.now).allowed())
                    .as(each.toString())
                    .isEqualTo(pass || each.restsOn().isEmpty());
        }
    }

    String newest() {
        return keys().stream()
                .filter(key -> key.status() == KeyStatus.ACTIVE)
                .toList()
                .getLast()
                .id();
    }

    /** Makes the key that signs retire; another signs now. */
    String retire() throws StoreUnavailable {
        String key = newest();
        site.send(new IncomingEvent.AccessKeyRotationRequested(site.newId(), key));
        site.pass(Site.BOUND);
        site.scheduled();
        assertThat(site.witness.key(key).status()).isEqualTo(KeyStatus.RETIRING);
        return key;
    }

    void compromise(String key, Death death) throws Exception {
        List<Instant> dead = new ArrayList<>();
        site.killed(
                site.sending(new IncomingEvent.AccessKeyCompromised(site.newId(), key)),
                death,
                () -> dead.add(site.now));
        assertThat(dead).hasSize(1);
        assertThat(site.witness.outOfUse(key)).contains(site.now);
    }

    /** Until one key signs and none retires, and all of it was told. */
    void settle() throws Exception {
        site.pass(Site.OVERLAP);
        site.scheduled();
        assertThat(keys()).filteredOn(key -> key.status().verifies()).hasSize(1);
        site.everythingWasTold();
        site.pass(Site.BOUND);
    }
}
