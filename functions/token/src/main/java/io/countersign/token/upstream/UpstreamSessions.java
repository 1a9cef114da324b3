package io.countersign.token.upstream;

import io.countersign.http.client.ServiceAddress;
import io.countersign.http.client.Transport;
import io.countersign.identity.Caller;
import io.countersign.policy.PolicyText;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.SessionFacts;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.token.TemporaryCredentials;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Has the sessions of roles whose authority is {@code sts} made by Alibaba Cloud's STS: AssumeRole with the key of the role's signer, and with the role's
 * policies, filled in for this caller, as {@code Policy}. So a session may do what both the role there and these policies allow. Who asks for the same again within
 * the first half of a session's life is given it again.
 */
public final class UpstreamSessions {
    /** Characters that STS takes as Policy (protocol.md 6). */
    static final int MAX_POLICY = 2_048;

    private final KeyRegistry registry;
    private final Attempts attempts;
    private final KeptSessions kept = new KeptSessions();

    /**
     * @param random draws nonces, and what pauses differ by
     * @param nanoTime measures what a call has taken so far
     */
    public UpstreamSessions(KeyRegistry registry, StsEndpoint endpoint, SecureRandom random, LongSupplier nanoTime) {
        this(
                registry,
                new Attempts(
                        endpoint,
                        new Transport.HttpTransport(),
                        random,
                        nanoTime,
                        pause -> Thread.sleep(pause.toMillis())));
    }

    UpstreamSessions(KeyRegistry registry, Attempts attempts) {
        this.registry = registry;
        this.attempts = attempts;
    }

    /**
     * @param caller in a role whose authority is {@code sts}
     * @throws UpstreamRefusal when the session is not to be had, saying who has to do what
     */
    public TemporaryCredentials assume(Caller caller, Duration duration, Instant now)
            throws UpstreamRefusal, StoreUnavailable {
        Role role = caller.role();
        if (caller.principal().session().isPresent()) {
            throw new UpstreamRefusal(
                    UpstreamRefusal.UpstreamError.POLICY_NOT_TAKEN,
                    "The sessions of this role cannot be narrowed by a policy of the caller's; leave policy out.");
        }
        String policy = policy(caller);
        AccessKey signer = registry.signer(role, now)
                .map(Facts.Signer::key)
                .orElseThrow(() -> new UpstreamRefusal(
                        UpstreamRefusal.UpstreamError.NO_SIGNER,
                        "The role's signer has no active access key; the operator has to give it one."));
        AssumeRoleForm.Wanted wanted = new AssumeRoleForm.Wanted(role.arn(), caller.sessionName(), duration, policy);
        return kept.get(
                        KeptSessions.SessionKey.of(caller, policy, signer.id(), duration),
                        now,
                        session -> stands(session, caller, signer, now),
                        () -> new KeptSessions.KeptSession(
                                attempts.assumeRole(wanted, role.accountId(), signer, now), now))
                .credentials();
    }

    /** A revocation of the role, of the provider or of the key that STS was asked with ends what is kept; that the role trusts the caller was seen just now. */
    private boolean stands(KeptSessions.KeptSession session, Caller caller, AccessKey signer, Instant now)
            throws StoreUnavailable {
        Role role = caller.role();
        for (RevocationItem.Revocable.Founder founder :
                List.of(caller.provider().revocable(), new RevocationItem.Revocable.OfAccessKey(signer.id()))) {
            SessionFacts.SessionQuery query =
                    new SessionFacts.SessionQuery(role.accountId(), role.name(), role.roleId(), founder);
            if (!registry.session(query, now).stands(session.askedAt())) {
                return false;
            }
        }
        return true;
    }

    private static String policy(Caller caller) throws UpstreamRefusal {
        try {
            String text = PolicyText.of(caller.principal().policies());
            if (text.length() > MAX_POLICY) {
                throw new UpstreamRefusal(
                        UpstreamRefusal.UpstreamError.POLICY_TOO_LONG,
                        "The role's policies have " + text.length() + " characters once filled in, and STS takes "
                                + MAX_POLICY + "; the operator has to shorten them.");
            }
            return text;
        } catch (PolicyText.InexpressiblePolicyException e) {
            throw new UpstreamRefusal(
                    UpstreamRefusal.UpstreamError.POLICY_INEXPRESSIBLE,
                    "The role's policies cannot be written for STS: " + e.getMessage()
                            + ". The operator has to change them.");
        }
    }

    /** Where STS is asked: an https URL of a host alone; http for this machine alone, because the answer is a secret. */
    public record StsEndpoint(URI uri) {
        private static final String OFFICIAL = "https://sts.aliyuncs.com";

        /** Alibaba Cloud's own. */
        public static final StsEndpoint DEFAULT = new StsEndpoint(URI.create(OFFICIAL));

        /** @throws IllegalArgumentException when it is anything else; the message says what is expected */
        public StsEndpoint {
            uri = ServiceAddress.checked(uri, OFFICIAL);
        }
    }
}
