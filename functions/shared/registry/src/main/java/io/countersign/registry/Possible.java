package io.countersign.registry;

import io.countersign.oss.Acl;
import io.countersign.oss.Target;
import io.countersign.policy.Principal;
import java.util.Optional;

/** The lookups of what a request names. What nothing can be called has none, and costs no read. */
final class Possible {
    private final Lookups lookups;

    Possible(Lookups lookups) {
        this.lookups = lookups;
    }

    Optional<Lookup<Lookups.Key>> accessKey(String id) {
        return Shapes.isAccessKeyId(id) ? Optional.of(lookups.accessKey(id)) : Optional.empty();
    }

    Optional<Lookup<Principal>> principal(String id) {
        return Shapes.isAccessKeyId(id) ? Optional.of(lookups.principal(id)) : Optional.empty();
    }

    Optional<Lookup<Bucket>> bucket(String name) {
        return Shapes.isBucket(name) ? Optional.of(lookups.bucket(name)) : Optional.empty();
    }

    Optional<Lookup<Acl>> objectAcl(Target.ObjectKey object) {
        return Shapes.isBucket(object.bucket()) && Shapes.isObjectKey(object.key())
                ? Optional.of(lookups.objectAcl(object.bucket(), object.key()))
                : Optional.empty();
    }

    Optional<Lookup<String>> domain(String host) {
        return Shapes.isDomain(host) ? Optional.of(lookups.domain(host)) : Optional.empty();
    }

    Optional<Lookup<String>> region(String region) {
        return Shapes.isRegion(region) ? Optional.of(lookups.region(region)) : Optional.empty();
    }

    Optional<Lookup<OidcProvider>> provider(String issuer, String audience) {
        return Shapes.isIssuerOrAudience(issuer) && Shapes.isIssuerOrAudience(audience)
                ? Optional.of(lookups.provider(issuer, audience))
                : Optional.empty();
    }

    Optional<Lookup<Role>> role(String accountId, String name) {
        return Shapes.isAccountId(accountId) && Shapes.isRamName(name)
                ? Optional.of(lookups.role(accountId, name))
                : Optional.empty();
    }
}
