package io.countersign.rotate;

import io.countersign.http.client.Transport;
import io.countersign.registry.Fixture;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.StoredKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamKey;
import io.countersign.rotate.ram.RamServer;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The user of {@link Keys}, whose keys RAM makes. */
final class RamKeys implements AutoCloseable {
    static final String USER = "app-signer";
    static final String SECRET = "signerSecretsignerSecretsigner";

    final Keys keys = new Keys();
    final RamServer ram = new RamServer(keys.now);
    Rotation rotation;

    RamKeys() throws Exception {
        keys.fixture.apply(manifest());
        ram.put(USER, Keys.FIRST, SECRET, Fixture.NOW.minus(Duration.ofDays(1)));
        rotation = rotation(keys.fixture.store, UnaryOperator.identity());
    }

    static String manifest() {
        return Fixture.golden()
                .replace(
                        "removeAfter: P30D}\n        authority: registry",
                        "removeAfter: P30D}\n        authority: ram");
    }

    /** A process of its own. */
    Rotation rotation(RegistryStore store, UnaryOperator<Transport> around) {
        return new Rotation(
                store,
                keys.fixture.sealer,
                new RotateSettings(Keys.BOUND, Keys.TOKEN_KEYS),
                Seeds.secure(),
                ram.client(around));
    }

    void pass(Duration time) {
        keys.pass(time);
        ram.clock(keys.now);
    }

    List<String> scheduled() throws StoreUnavailable {
        return told(rotation.handle(new IncomingEvent.Scheduled(keys.newId()), keys.now));
    }

    List<String> compromised(String id) throws StoreUnavailable {
        return told(rotation.handle(new IncomingEvent.AccessKeyCompromised(keys.newId(), id), keys.now));
    }

    List<String> requested(String id) throws StoreUnavailable {
        return told(rotation.handle(new IncomingEvent.AccessKeyRotationRequested(keys.newId(), id), keys.now));
    }

    /** The keys that RAM takes signatures of. */
    List<String> takenByRam() {
        return ram.keys(USER).stream().filter(RamKey::active).map(RamKey::id).toList();
    }

    List<String> atRam() {
        return ram.keys(USER).stream().map(RamKey::id).toList();
    }

    /** The key that signs here is one that RAM takes, with the secret that it has there. */
    boolean signerIsGood() throws StoreUnavailable {
        String signer = keys.signs(keys.reader()).orElse("none");
        StoredKey stored = keys.key(signer);
        return stored.status() == KeyStatus.ACTIVE
                && ram.keys(USER).stream()
                        .anyMatch(key -> key.id().equals(signer) && key.active() && holds(stored, key.secret()));
    }

    private boolean holds(StoredKey stored, String secret) {
        try {
            return keys.fixture.sealer.holds(
                    stored.sealed().orElseThrow(),
                    StoredKey.sealIdentity(stored.id()),
                    io.countersign.signing.Secret.of(secret));
        } catch (io.countersign.registry.sealing.SealingException e) {
            throw new AssertionError(e);
        }
    }

    static List<String> told(EventAnswer answer) {
        return switch (answer) {
            case EventAnswer.Done done ->
                done.facts().stream().map(fact -> fact.type().text()).toList();
            case EventAnswer.Refused refused -> List.of(refused.refusal().code());
        };
    }

    @Override
    public void close() {
        ram.close();
    }
}
