package io.countersign.token.upstream;

import io.countersign.http.client.RetryPolicy;
import io.countersign.identity.Caller;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.base.Hmac;
import io.countersign.token.TemporaryCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Remembers the sessions that STS has made for the first half of their life, a bounded number of them, and has one call at a time ask for each. Those who ask for
 * the same session meanwhile get what that call gets. A refusal is not remembered. For any number of threads.
 */
final class KeptSessions {
    /** A session takes 2 KB as a rule, and 9 KB at most; beyond this number the one that was asked for longest ago is forgotten. */
    static final int MOST = 4_000;

    private final SequencedMap<SessionKey, KeptSession> kept = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<SessionKey, CompletableFuture<KeptSession>> asked = new ConcurrentHashMap<>();

    /** Asks STS. */
    @FunctionalInterface
    interface Maker {
        KeptSession make() throws UpstreamRefusal;
    }

    /** Says whether a session that was made before may still be handed out. */
    @FunctionalInterface
    interface Standing {
        boolean stands(KeptSession session) throws StoreUnavailable;
    }

    KeptSession get(SessionKey key, Instant now, Standing standing, Maker maker)
            throws UpstreamRefusal, StoreUnavailable {
        Optional<KeptSession> known = find(key, now);
        if (known.isPresent() && standing.stands(known.get())) {
            return known.get();
        }
        CompletableFuture<KeptSession> mine = new CompletableFuture<>();
        CompletableFuture<KeptSession> others = asked.putIfAbsent(key, mine);
        if (others == null) {
            return lead(key, known, now, mine, standing, maker);
        }
        KeptSession joined = await(others);
        // It was asked for a moment ago, and may have been revoked since.
        return joined.isInItsFirstHalf(now) && standing.stands(joined) ? joined : remember(key, maker.make());
    }

    private KeptSession lead(
            SessionKey key,
            Optional<KeptSession> refused,
            Instant now,
            CompletableFuture<KeptSession> mine,
            Standing standing,
            Maker maker)
            throws UpstreamRefusal, StoreUnavailable {
        try {
            // The call before this one may have ended between the look and the turn.
            Optional<KeptSession> known = find(key, now).filter(found -> !refused.equals(Optional.of(found)));
            KeptSession session =
                    known.isPresent() && standing.stands(known.get()) ? known.get() : remember(key, maker.make());
            mine.complete(session);
            return session;
        } catch (UpstreamRefusal refusal) {
            mine.completeExceptionally(refusal);
            throw refusal;
        } finally {
            // Whatever else went wrong is this call's: the others are not left waiting for it.
            mine.completeExceptionally(unavailable());
            asked.remove(key, mine);
        }
    }

    private static KeptSession await(CompletableFuture<KeptSession> others) throws UpstreamRefusal {
        try {
            return others.get(RetryPolicy.ALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UpstreamRefusal refusal ? refusal : unavailable();
        } catch (TimeoutException e) {
            throw unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable();
        }
    }

    static UpstreamRefusal unavailable() {
        return new UpstreamRefusal(
                UpstreamRefusal.UpstreamError.UNAVAILABLE,
                "Alibaba Cloud's STS does not answer at present; try again in a moment.");
    }

    private Optional<KeptSession> find(SessionKey key, Instant now) {
        synchronized (kept) {
            return Optional.ofNullable(kept.get(key)).filter(session -> session.isInItsFirstHalf(now));
        }
    }

    private KeptSession remember(SessionKey key, KeptSession session) {
        synchronized (kept) {
            kept.put(key, session);
            if (kept.size() > MOST) {
                kept.pollFirstEntry();
            }
        }
        return session;
    }

    /**
     * A session that STS has made.
     *
     * @param askedAt when it was asked for: not after it was made
     */
    record KeptSession(TemporaryCredentials credentials, Instant askedAt) {
        /** Whether less than half of its life has gone. A clock that was set back does not make it last longer: distance in either direction counts. */
        boolean isInItsFirstHalf(Instant now) {
            Duration half = Duration.between(askedAt, credentials.expiration()).dividedBy(2);
            return Duration.between(askedAt, now).abs().compareTo(half) < 0;
        }
    }

    /**
     * What makes two asks for a session ask for the same one.
     *
     * @param roleId of the role, never used twice
     * @param policyHash of the policies as they are sent
     * @param provider who vouches for the subject
     * @param signerKeyId the access key that STS is asked with
     * @param duration as it is asked for
     */
    record SessionKey(
            String roleId,
            String policyHash,
            String sessionName,
            String provider,
            String subject,
            String signerKeyId,
            Duration duration) {
        /** @param policy the filled policies as they are sent */
        static SessionKey of(Caller caller, String policy, String signerKeyId, Duration duration) {
            return new SessionKey(
                    caller.role().roleId(),
                    Hmac.Digests.sha256Hex(policy),
                    caller.sessionName(),
                    caller.provider().revocable().key(),
                    caller.subject(),
                    signerKeyId,
                    duration);
        }
    }
}
