package io.countersign.verify.decide;

import io.countersign.identity.Caller;
import io.countersign.identity.CallerRefusal;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.identity.token.SessionIssuer;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Values;
import io.countersign.policy.PolicyDocument;
import io.countersign.policy.Principal;
import io.countersign.policy.TrustPolicy;
import io.countersign.registry.Authority;
import io.countersign.registry.OidcProvider;
import io.countersign.registry.ProviderItem;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.Role;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.RoleItem;
import io.countersign.registry.RoleLimits;
import io.countersign.registry.TokenKeyRing;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.testkit.Seeds;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sessions of a role of the owner: what is below {@code users/} and the subject, from anywhere but one network. */
public final class Sessions {
    public static final String ROLE_ID = "300000000000000001";

    private static final String TRUST = """
            {"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole",
             "Principal":{"Federated":["acs:ram::1000000000000001:oidc-provider/demo"]}}]}""";
    private static final String POLICY = """
            {"Version":"1","Statement":[
             {"Effect":"Allow","Action":["oss:GetObject","oss:PutObject"],"Resource":"acs:oss:*:*:private-bucket/users/${jwt:sub}/*",
              "Condition":{"NotIpAddress":{"acs:SourceIp":"198.51.100.0/24"}}},
             {"Effect":"Allow","Action":"oss:PutObject","Resource":["acs:oss:*:*:private-bucket/jobs/*","acs:oss:*:*:others-bucket/*"]}]}""";

    private final SampleRegistry registry;
    private final SessionIssuer issuer;

    public Sessions(SampleRegistry registry) {
        this.registry = registry;
        this.issuer = new SessionIssuer(registry.reader(), new SubjectLimits(Seeds.secure()), Seeds.secure());
        role(ROLE_ID, POLICY);
        provider();
        try {
            TokenKeyRing.TokenKeys.ensure(registry.store, registry.sealer, SampleRegistry.NOW, Seeds.secure());
        } catch (StoreUnavailable | SealingException e) {
            throw new AssertionError(e);
        }
    }

    public void role(String roleId, String policy) {
        try {
            Role role = new Role(
                    SampleRegistry.OWNER,
                    "mobile",
                    roleId,
                    Duration.ofHours(1),
                    TrustPolicy.parse(Values.parse(TRUST)),
                    List.of(PolicyDocument.parse(Values.parse(policy), PolicyDocument.Kind.ROLE)),
                    Authority.REGISTRY,
                    Optional.empty(),
                    Role.SessionNaming.SUBJECT,
                    RoleLimits.NONE,
                    RoleFaces.ALL);
            registry.put(RoleItem.key(role.accountId(), role.name()), RoleItem.text(role));
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    private OidcProvider provider() {
        OidcProvider provider = new OidcProvider(
                SampleRegistry.OWNER,
                "demo",
                "https://idp.example",
                List.of("app"),
                new OidcProvider.JwksSource.At(URI.create("https://idp.example/keys")),
                Optional.of("mobile"),
                false);
        registry.put(ProviderItem.key(provider.accountId(), provider.name()), ProviderItem.text(provider));
        return provider;
    }

    /** A bearer's session, issued then. */
    public SessionIssuer.IssuedSession bearer(String subject, Optional<String> sessionPolicy, Instant issued) {
        Principal.AssumedRole principal = new Principal.AssumedRole(
                SampleRegistry.OWNER, "mobile", subject, List.of(), sessionPolicy.map(Sessions::sessionPolicy));
        Caller caller = new Caller(
                provider(), "app", role(), subject, principal, Map.of("sub", subject), issued, SampleRegistry.NOW);
        return issue(new SessionIssuer.SessionGrant.OfBearer(caller), issued);
    }

    /** Alice's, issued now, with all that the role may do. */
    public SessionIssuer.IssuedSession alice() {
        return bearer("alice", Optional.empty(), SampleRegistry.NOW);
    }

    /** A session that somebody with that key asked for. */
    public SessionIssuer.IssuedSession of(AccessKey parent) {
        return issue(
                new SessionIssuer.SessionGrant.OfAccessKey(role(), parent.id(), "job-1", Optional.empty()),
                SampleRegistry.NOW);
    }

    /** The access key of the session. */
    public static AccessKey key(SessionIssuer.IssuedSession session) {
        return new AccessKey(session.accessKeyId(), session.secret());
    }

    private Role role() {
        try {
            return registry.reader()
                    .role(SampleRegistry.OWNER, "mobile", ReadAhead.NOTHING, SampleRegistry.NOW)
                    .orElseThrow();
        } catch (StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private SessionIssuer.IssuedSession issue(SessionIssuer.SessionGrant grant, Instant issued) {
        try {
            return issuer.issue(grant, Duration.ofHours(1), issued);
        } catch (CallerRefusal | StoreUnavailable e) {
            throw new AssertionError(e);
        }
    }

    private static PolicyDocument sessionPolicy(String json) {
        try {
            return PolicyDocument.parse(Values.parse(json), PolicyDocument.Kind.SESSION);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }
}
