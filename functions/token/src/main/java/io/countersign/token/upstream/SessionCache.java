package io.countersign.token.upstream;

import io.countersign.http.client.RetryPolicy;
import io.countersign.identity.Caller;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.base.Hmac;
import io.countersign.token.session.TemporaryCredentials;
import io.countersign.token.session.TokenRefusal;
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
 * Caches the sessions that STS made, a bounded number of them, each for the first half of its life. Of concurrent requests for one session, one calls STS and the
 * others share its result. Refusals are not cached. Safe for any number of threads.
 */
final class SessionCache {
    /** A session usually needs 2 KB and at most 9 KB. Past this number the least recently used one is dropped. */
    static final int MAX_SESSIONS = 4_000;

    private final SequencedMap<Key, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Key, CompletableFuture<Session>> pending = new ConcurrentHashMap<>();

    /** Calls STS. */
    @FunctionalInterface
    interface Loader {
        Session load() throws TokenRefusal;
    }

    /** Checks a cached session against the registry's revocations. */
    @FunctionalInterface
    interface Check {
        boolean isUnrevoked(Session session) throws StoreUnavailable;
    }

    Session get(Key key, Instant now, Check check, Loader loader) throws TokenRefusal, StoreUnavailable {
        Optional<Session> cached = find(key, now);
        if (cached.isPresent() && check.isUnrevoked(cached.get())) {
            return cached.get();
        }
        CompletableFuture<Session> own = new CompletableFuture<>();
        CompletableFuture<Session> running = pending.putIfAbsent(key, own);
        if (running == null) {
            return load(key, cached, now, own, check, loader);
        }
        Session shared = await(running);
        // The session was requested a moment ago and may have been revoked since.
        return shared.isInFirstHalf(now) && check.isUnrevoked(shared) ? shared : put(key, loader.load());
    }

    private Session load(
            Key key, Optional<Session> revoked, Instant now, CompletableFuture<Session> own, Check check, Loader loader)
            throws TokenRefusal, StoreUnavailable {
        try {
            // Another call may have finished between the lookup and the registration.
            Optional<Session> cached = find(key, now).filter(found -> !revoked.equals(Optional.of(found)));
            Session session =
                    cached.isPresent() && check.isUnrevoked(cached.get()) ? cached.get() : put(key, loader.load());
            own.complete(session);
            return session;
        } catch (TokenRefusal refusal) {
            own.completeExceptionally(refusal);
            throw refusal;
        } finally {
            // After any other failure of this call, the waiting calls must not wait on.
            own.completeExceptionally(StsClient.unavailable());
            pending.remove(key, own);
        }
    }

    private static Session await(CompletableFuture<Session> running) throws TokenRefusal {
        try {
            return running.get(RetryPolicy.ALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof TokenRefusal refusal ? refusal : StsClient.unavailable();
        } catch (TimeoutException e) {
            throw StsClient.unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StsClient.unavailable();
        }
    }

    private Optional<Session> find(Key key, Instant now) {
        synchronized (sessions) {
            return Optional.ofNullable(sessions.get(key)).filter(session -> session.isInFirstHalf(now));
        }
    }

    private Session put(Key key, Session session) {
        synchronized (sessions) {
            sessions.put(key, session);
            if (sessions.size() > MAX_SESSIONS) {
                sessions.pollFirstEntry();
            }
        }
        return session;
    }

    /**
     * A session that STS made.
     *
     * @param requestedAt the moment of the request, which is not after STS made the session
     */
    record Session(TemporaryCredentials credentials, Instant requestedAt) {
        /** Whether less than half of its life has passed. The distance counts in both directions, so a clock that is set back does not prolong it. */
        boolean isInFirstHalf(Instant now) {
            Duration half =
                    Duration.between(requestedAt, credentials.expiration()).dividedBy(2);
            return Duration.between(requestedAt, now).abs().compareTo(half) < 0;
        }
    }

    /**
     * All inputs of a session: equal keys get the same session.
     *
     * @param roleId of the role; ids are never reused
     * @param policyHash of the policies as they are sent
     * @param provider the key of the provider that vouches for the subject
     * @param signerKeyId the access key that signs the call
     */
    record Key(
            String roleId,
            String policyHash,
            String sessionName,
            String provider,
            String subject,
            String signerKeyId,
            Duration duration) {
        /** @param policy the filled policies as they are sent */
        static Key of(Caller caller, String policy, String signerKeyId, Duration duration) {
            return new Key(
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
