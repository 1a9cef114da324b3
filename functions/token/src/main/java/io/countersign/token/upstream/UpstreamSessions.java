package io.countersign.token.upstream;

import io.countersign.http.LongWork;
import io.countersign.http.client.ServiceAddress;
import io.countersign.http.client.Transport;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.limits.LimitExceededException;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.policy.PolicyText;
import io.countersign.registry.Facts;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.RevocationItem;
import io.countersign.registry.Role;
import io.countersign.registry.SessionFacts;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import io.countersign.signing.AccessKey;
import io.countersign.token.session.TemporaryCredentials;
import io.countersign.token.session.TokenRefusal;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Obtains the sessions of roles with the authority {@code sts} from Alibaba Cloud's STS. It calls AssumeRole with the key of the role's signer and sends the
 * role's policies, filled in for this caller, as {@code Policy}. The session is therefore limited by the role at Alibaba Cloud and by these policies. A second
 * request for the same session within the first half of its life returns the first one.
 */
public final class UpstreamSessions {
    /** The longest Policy that STS accepts, in characters (docs/protocol.md 6). */
    static final int MAX_POLICY = 2_048;

    private final KeyRegistry registry;
    private final SubjectLimits limits;
    private final StsClient client;
    private final LongWork longWork;
    private final SessionCache cache = new SessionCache();

    /**
     * @param limits of this process, which everything that makes sessions shares
     * @param random draws nonces and the jitter of pauses
     * @param nanoTime a monotonic clock
     * @param longWork is told before each session, since STS or another thread may have to be waited for
     */
    public UpstreamSessions(
            KeyRegistry registry,
            SubjectLimits limits,
            StsEndpoint endpoint,
            SecureRandom random,
            LongSupplier nanoTime,
            LongWork longWork) {
        this(
                registry,
                limits,
                new StsClient(
                        endpoint,
                        new Transport.HttpTransport(),
                        random,
                        nanoTime,
                        pause -> Thread.sleep(pause.toMillis())),
                longWork);
    }

    UpstreamSessions(KeyRegistry registry, SubjectLimits limits, StsClient client, LongWork longWork) {
        this.registry = registry;
        this.limits = limits;
        this.longWork = longWork;
        this.client = client;
    }

    /**
     * Counts and returns a session. One that is returned again counts too. It is counted before STS is called, so that nobody uses up the calls of the account past the limit of one
     * subject; a session that STS then does not make stays counted.
     *
     * @param caller in a role whose authority is {@code sts}
     * @throws CallerRefusal TooManyRequests past the role's limit
     * @throws TokenRefusal when there is no session; the message says who has to act
     */
    public TemporaryCredentials assume(Caller caller, Duration duration, Instant now)
            throws CallerRefusal, TokenRefusal, StoreUnavailable {
        longWork.begins();
        Role role = caller.role();
        if (caller.principal().session().isPresent()) {
            throw new TokenRefusal(
                    TokenRefusal.Code.POLICY_NOT_TAKEN,
                    "The sessions of this role cannot be narrowed by a policy of the caller's; leave policy out.");
        }
        String policy = policy(caller);
        AccessKey signer = registry.signer(role, now)
                .map(Facts.Signer::key)
                .orElseThrow(() -> new TokenRefusal(
                        TokenRefusal.Code.NO_SIGNER,
                        "The role's signer has no active access key; the operator has to give it one."));
        AssumeRoleForm.Parameters parameters =
                new AssumeRoleForm.Parameters(role.arn(), caller.sessionName(), duration, policy);
        count(caller, now);
        return cache.get(
                        SessionCache.Key.of(caller, policy, signer.id(), duration),
                        now,
                        session -> isUnrevoked(session, caller, signer, now),
                        () -> new SessionCache.Session(
                                client.assumeRole(parameters, role.accountId(), signer, now), now))
                .credentials();
    }

    private void count(Caller caller, Instant now) throws CallerRefusal {
        try {
            limits.session(caller.limited(), caller.role().limits(), now);
        } catch (LimitExceededException exceeded) {
            throw CallerRefusal.of(exceeded);
        }
    }

    /** A revocation of the role, the provider, the subject or the signer's key ends a cached session. That the role trusts the caller was checked for this call. */
    private boolean isUnrevoked(SessionCache.Session session, Caller caller, AccessKey signer, Instant now)
            throws StoreUnavailable {
        Role role = caller.role();
        RevocationItem.Revocable.OfProvider provider = caller.provider().revocable();
        SessionFacts.Query ofSubject = new SessionFacts.Query(
                role.accountId(),
                role.name(),
                role.roleId(),
                provider,
                Optional.of(new RevocationItem.Revocable.OfSubject(provider, caller.subject())),
                Optional.empty());
        SessionFacts.Query ofSigner = new SessionFacts.Query(
                role.accountId(), role.name(), role.roleId(), new RevocationItem.Revocable.OfAccessKey(signer.id()));
        for (SessionFacts.Query query : List.of(ofSubject, ofSigner)) {
            if (!registry.session(query, now).stands(session.requestedAt())) {
                return false;
            }
        }
        return true;
    }

    private static String policy(Caller caller) throws TokenRefusal {
        try {
            String text = PolicyText.of(caller.principal().policies());
            if (text.length() > MAX_POLICY) {
                throw new TokenRefusal(
                        TokenRefusal.Code.POLICY_TOO_LONG,
                        "The role's policies have " + text.length() + " characters once filled in, and STS accepts "
                                + MAX_POLICY + "; the operator has to shorten them.");
            }
            return text;
        } catch (PolicyText.InexpressiblePolicyException e) {
            throw new TokenRefusal(
                    TokenRefusal.Code.POLICY_INEXPRESSIBLE,
                    "The role's policies cannot be written for STS: " + e.getMessage()
                            + ". The operator has to change them.");
        }
    }

    /** The address of STS: an https URL with a host and nothing else. http is for loopback only, because the answer is a secret. */
    public record StsEndpoint(URI uri) {
        private static final String OFFICIAL = "https://sts.aliyuncs.com";

        private static final Setting STS_ENDPOINT = Setting.of(
                "countersign.token.sts-endpoint",
                OFFICIAL,
                "The endpoint of STS that issues the sessions of roles with authority: sts. Plain http is accepted for this machine only.");

        /** The settings of this record. */
        public static final List<Setting> SETTINGS = List.of(STS_ENDPOINT);

        /** Alibaba Cloud's own. */
        public static final StsEndpoint DEFAULT = new StsEndpoint(URI.create(OFFICIAL));

        /** @throws PropertyValues.InvalidSettingException when the setting is not such a URL */
        public static StsEndpoint from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            return values.uri(STS_ENDPOINT, StsEndpoint::new);
        }

        /** @throws IllegalArgumentException for any other URL; the message says what is expected */
        public StsEndpoint {
            uri = ServiceAddress.checked(uri, OFFICIAL);
        }
    }
}
