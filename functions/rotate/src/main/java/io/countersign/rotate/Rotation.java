package io.countersign.rotate;

import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamClient;
import java.security.SecureRandom;
import java.time.Instant;

/**
 * Handles events by moving keys through their states, and revokes the sessions of compromised keys and users. Guarantees: duplicate, late and reordered events do no harm; after a crash between any two writes the next
 * event resumes; no key moves back to an earlier state; an owner never exceeds its limit of key pairs; the transaction of each decision also writes its event and
 * its audit record. Safe for any number of threads and processes.
 */
public final class Rotation {
    private final Compromise compromise;
    private final SubjectCompromise subjects;
    private final RotationRequestHandler request;
    private final DueKeyScan.Schedule schedule;
    private final TokenKeyRotation tokenKeys;

    /** Rotates keys of the registry only, and leaves RAM's keys unchanged. */
    public Rotation(RegistryStore store, Sealer sealer, RotateSettings settings, SecureRandom random) {
        this(store, sealer, settings, random, KeyAuthority.Authorities.registryAlone(random));
    }

    /** Rotates keys of the registry, and keys of RAM. */
    public Rotation(RegistryStore store, Sealer sealer, RotateSettings settings, SecureRandom random, RamClient ram) {
        this(store, sealer, settings, random, KeyAuthority.Authorities.with(ram, store, sealer, random));
    }

    Rotation(
            RegistryStore store,
            Sealer sealer,
            RotateSettings settings,
            SecureRandom random,
            KeyAuthority.Authorities authorities) {
        KeyOwners keyOwners = new KeyOwners(store);
        ActionExecutor executor = new ActionExecutor(authorities, sealer, settings.cacheBound());
        this.tokenKeys = new TokenKeyRotation(store, keyOwners, sealer, settings, random);
        ActionRunner runner = new ActionRunner(executor, keyOwners);
        this.compromise =
                new Compromise(store, keyOwners, executor, new Compromise.RemoteDeactivation(keyOwners, runner));
        this.subjects = new SubjectCompromise(store, keyOwners);
        this.request = new RotationRequestHandler(store, keyOwners, executor);
        this.schedule = new DueKeyScan.Schedule(store, keyOwners, runner, tokenKeys);
    }

    /**
     * Carries out the event, or returns the stored answer when the event was carried out before.
     *
     * @param now the present, whatever the event's own time
     * @throws StoreUnavailable when the store or the authority over a key does not answer; the event must be sent again
     */
    public EventAnswer handle(IncomingEvent event, Instant now) throws StoreUnavailable {
        return switch (event) {
            case IncomingEvent.Scheduled scheduled -> schedule.handle(scheduled, now);
            case IncomingEvent.AccessKeyCompromised compromised -> compromise.handle(compromised, now);
            case IncomingEvent.AccessKeyRotationRequested requested -> request.handle(requested, now);
            case IncomingEvent.SubjectCompromised compromised -> subjects.handle(compromised, now);
            case IncomingEvent.TokenKeyRotationRequested requested -> tokenKeys.handle(requested, now);
            case IncomingEvent.TokenKeyCompromised compromised -> tokenKeys.handle(compromised, now);
        };
    }
}
