package io.countersign.rotate;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamClient;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Takes events and moves keys on. Guarantees: an event that comes twice, late or in another order than it was sent does no harm; a crash between any two writes
 * leaves a state from which the next event goes on; no key is ever moved back; a holder never has more pairs than it may; every decision is told in an event and
 * recorded, in the transaction that makes it. Safe for any number of threads and processes.
 */
public final class Rotation {
    private final Compromise compromise;
    private final RotationRequestHandler request;
    private final DueKeyScan.Schedule schedule;
    private final TokenKeyRotation tokenKeys;

    /** Rotation of keys that are this registry's own; those that RAM makes are not touched. */
    public Rotation(RegistryStore store, Sealer sealer, RotateSettings settings, SecureRandom random) {
        this(store, sealer, settings, random, KeyAuthority.Authorities.registryAlone(random));
    }

    /** Rotation of keys that are this registry's own, and of those that RAM makes. */
    public Rotation(RegistryStore store, Sealer sealer, RotateSettings settings, SecureRandom random, RamClient ram) {
        this(store, sealer, settings, random, KeyAuthority.Authorities.with(ram, store, sealer, random));
    }

    Rotation(
            RegistryStore store,
            Sealer sealer,
            RotateSettings settings,
            SecureRandom random,
            KeyAuthority.Authorities authorities) {
        Holders holders = new Holders(store);
        ActionExecutor steps = new ActionExecutor(authorities, sealer, settings.cacheBound());
        this.tokenKeys = new TokenKeyRotation(store, holders, sealer, settings, random);
        ActionExecutor.ActionRunner attempts = new ActionExecutor.ActionRunner(steps, holders);
        this.compromise = new Compromise(store, holders, steps, new Compromise.RemoteDeactivation(holders, attempts));
        this.request = new RotationRequestHandler(store, holders, steps);
        this.schedule = new DueKeyScan.Schedule(store, holders, attempts, tokenKeys);
    }

    /**
     * Does what the event asks for, or says what it did when the event came the first time.
     *
     * @param now the present, whatever time the event bears
     * @throws StoreUnavailable when the store, or the authority over a key, does not answer: the event is to be sent again
     */
    public EventAnswer handle(IncomingEvent event, Instant now) throws StoreUnavailable {
        return switch (event) {
            case IncomingEvent.Scheduled scheduled -> schedule.handle(scheduled, now);
            case IncomingEvent.AccessKeyCompromised compromised -> compromise.handle(compromised, now);
            case IncomingEvent.AccessKeyRotationRequested requested -> request.handle(requested, now);
            case IncomingEvent.TokenKeyRotationRequested requested -> tokenKeys.handle(requested, now);
        };
    }
}
