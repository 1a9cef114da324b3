package io.countersign.rotate;

import io.countersign.registry.RevocationItem;
import io.countersign.registry.Revocations;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Write;
import io.countersign.rotate.sessions.ProviderSearch;
import io.countersign.rotate.sessions.SessionsOf;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Handles a user of an identity provider as whom others may act: revokes the user's tokens and sessions in one transaction. */
record SubjectCompromise(RegistryStore store, KeyOwners items) {
    EventAnswer handle(IncomingEvent.SubjectCompromised event, Instant now) throws StoreUnavailable {
        IdempotencyStore.OptimisticRetry retry = new IdempotencyStore.OptimisticRetry(store, event, now);
        return retry.until(() -> attempt(event, retry, now));
    }

    private Optional<EventAnswer> attempt(
            IncomingEvent.SubjectCompromised event, IdempotencyStore.OptimisticRetry retry, Instant now)
            throws StoreUnavailable {
        return switch (new ProviderSearch(store).find(event.provider(), now)) {
            case ProviderSearch.Found.One one ->
                revoke(new RevocationItem.Revocable.OfSubject(one.provider(), event.subject()), event, retry, now);
            case ProviderSearch.Found.None none -> retry.refuse(EventAnswer.Refusal.NO_SUCH_PROVIDER);
            case ProviderSearch.Found.Several several -> retry.refuse(EventAnswer.Refusal.AMBIGUOUS_PROVIDER);
        };
    }

    private Optional<EventAnswer> revoke(
            RevocationItem.Revocable.OfSubject about,
            IncomingEvent event,
            IdempotencyStore.OptimisticRetry retry,
            Instant now)
            throws StoreUnavailable {
        Instant moment = now.truncatedTo(ChronoUnit.MILLIS);
        List<Write> moving = Revocations.Writes.of(about, moment, items.get(RevocationItem.key(about), now));
        EventRecorder recorder = new EventRecorder(event, now);
        if (!moving.isEmpty()) {
            recorder.recordFact(
                    Fact.Type.SESSIONS_REVOKED,
                    about.digest() + "." + moment.toEpochMilli(),
                    new SessionsOf.Subject(about).named(),
                    "others may act as this user",
                    detail -> detail.put("provider", new SessionsOf.Provider(about.provider()).named())
                            .put("subject", about.subject())
                            .put("accountId", about.provider().accountId())
                            .put("revokedBefore", moment.toString())
                            .put("cause", RotationAction.Cause.COMPROMISED.text()));
        }
        List<Write> writes = new ArrayList<>(recorder.writes());
        writes.addAll(moving);
        return retry.remembered(new EventAnswer.Done(recorder.facts()), writes);
    }
}
