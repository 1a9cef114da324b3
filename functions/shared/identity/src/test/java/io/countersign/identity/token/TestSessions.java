package io.countersign.identity.token;

import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.SessionPolicy;
import io.countersign.identity.TestClientContext;
import io.countersign.identity.TestKeys;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Sessions over a {@link TestRegistry}, from a bearer token or an access key to what is issued. */
public final class TestSessions {
    public static final Duration HOUR = Duration.ofHours(1);

    private TestSessions() {}

    /** A bearer's grant in the default role. */
    public static SessionIssuer.SessionGrant bearer(
            TestRegistry registry, String subject, Optional<String> sessionPolicy) {
        return bearerWith(registry, "\"sub\":\"" + subject + "\"", sessionPolicy);
    }

    /** @param claims the claims instead of the subject */
    public static SessionIssuer.SessionGrant bearerWith(
            TestRegistry registry, String claims, Optional<String> sessionPolicy) {
        String payload = TestToken.claims("").replace("\"sub\":\"alice\"", claims);
        String jwt = TestToken.good("EdDSA", "ed").withPayload(payload).signed(TestKeys.ED25519, "EdDSA");
        try {
            Caller caller = new BearerAuthenticator(registry.registry())
                    .authenticate(
                            jwt,
                            RoleFaces.Face.TOKEN,
                            Optional.empty(),
                            sessionPolicy.map(TestSessions::json),
                            TestClientContext.CLIENT,
                            ReadAhead.NOTHING,
                            TestToken.NOW);
            return new SessionIssuer.SessionGrant.OfBearer(caller);
        } catch (CallerRefusal | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    /** A grant in the default role for the holder of that key. */
    public static SessionIssuer.SessionGrant parent(
            TestRegistry registry, String keyId, Optional<String> sessionPolicy) {
        try {
            return new SessionIssuer.SessionGrant.OfAccessKey(
                    registry.registry()
                            .role(TestRegistry.ACCOUNT, TestRegistry.ROLE, ReadAhead.NOTHING, TestToken.NOW)
                            .orElseThrow(),
                    keyId,
                    "job-1",
                    SessionPolicy.parse(sessionPolicy.map(TestSessions::json)));
        } catch (CallerRefusal | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    public static SessionIssuer.IssuedSession issue(
            TestRegistry registry, SessionIssuer.SessionGrant grant, Instant now) {
        try {
            return new SessionIssuer(registry.registry(), new SubjectLimits(Seeds.secure()), Seeds.secure())
                    .issue(grant, HOUR, now);
        } catch (CallerRefusal | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    /** Alice's, issued now. */
    public static SessionIssuer.IssuedSession alice(TestRegistry registry) {
        return issue(registry, bearer(registry, "alice", Optional.empty()), TestToken.NOW);
    }

    static Value json(String text) {
        try {
            return Values.parse(text);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }
}
