package io.countersign.registry;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.SIGNER_KEY;

import io.countersign.oss.Target;
import io.countersign.registry.store.StoreUnavailable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads a registry as the faces do: one record after the other, each found by the one before.
 *
 * @param ahead whether it gives hints for a read-ahead
 */
record RegistryReads(KeyRegistry registry, boolean ahead) {
    static final String ISSUER = "https://idp.example";
    static final String AUDIENCE = "app";
    static final String DOMAIN = "img.example.com";
    static final String OBJECT = "public/readme.txt";
    private static final ReadAhead.Hint TOKEN_KEYS = new ReadAhead.Hint.OfTokenKeys();

    /** As {@code /verify} does with a request that is signed with an access key. */
    String verify(String host, Instant now) throws StoreUnavailable {
        ReadAhead later = later(registry.lastBucketOfDomain(host).map(RegistryReads::facts).stream()
                .<ReadAhead.Hint>map(ReadAhead.Hint.OfFacts::new)
                .toList());
        Optional<String> bucket = registry.bucketOfDomain(host, later, now);
        return bucket + " " + (bucket.isPresent() ? told(registry.load(facts(bucket.get()), now)) : "");
    }

    /** As {@code /presign} does. */
    String presign(String bucket, Instant now) throws StoreUnavailable {
        ReadAhead later = later(List.of(new ReadAhead.Hint.OfSigner(bucket)));
        String caller = caller(Optional.empty(), later, now);
        Facts.Query query = new Facts.Query(Optional.empty(), Set.of(bucket), Optional.empty());
        Optional<Bucket> found = registry.load(query, later, now).bucket(bucket);
        return caller + " " + (found.isPresent() ? told(registry.signer(found.get(), now)) : "");
    }

    /** As {@code /token} does. */
    String token(Optional<String> role, Instant now) throws StoreUnavailable {
        ReadAhead later = later(List.of(TOKEN_KEYS));
        return caller(role, later, now) + " "
                + registry.tokenKeys(ReadAhead.NOTHING, now).keys().size();
    }

    /** As {@code /verify} does with a session's token that it has not seen before. */
    String session(SessionFacts.Query query, Instant now) throws StoreUnavailable {
        int keys = registry.tokenKeys(later(List.of(new ReadAhead.Hint.OfSomeSession())), now)
                .keys()
                .size();
        SessionFacts facts = registry.session(query, now);
        return keys + " " + facts.role().map(Role::maxSessionDuration) + " " + facts.founded() + " "
                + facts.revokedBefore();
    }

    private String caller(Optional<String> role, ReadAhead later, Instant now) throws StoreUnavailable {
        ReadAhead.Hint.OfRoleOf token = new ReadAhead.Hint.OfRoleOf(ISSUER, AUDIENCE, role);
        Optional<OidcProvider> provider = Optional.ofNullable(registry.providers(
                        ISSUER, Set.of(AUDIENCE), later(List.of(token)).and(later), now)
                .get(AUDIENCE));
        Optional<String> name = role.or(() -> provider.flatMap(OidcProvider::defaultRole));
        return provider.isEmpty() || name.isEmpty()
                ? "nobody"
                : registry.role(token, ACCOUNT, name.get(), later, now)
                        .map(found -> found.name() + " " + found.maxSessionDuration())
                        .orElse("no role");
    }

    private ReadAhead later(List<ReadAhead.Hint> names) {
        return ahead ? () -> names : ReadAhead.NOTHING;
    }

    private static Facts.Query facts(String bucket) {
        return new Facts.Query(
                Optional.of(SIGNER_KEY), Set.of(bucket), Optional.of(new Target.ObjectKey(bucket, OBJECT)));
    }

    private static String told(Facts facts) {
        return facts.identity().map(identity -> identity.key().status()) + " "
                + facts.buckets().values().stream().map(Bucket::acl).toList() + " " + facts.objectAcl();
    }

    private static String told(Optional<Facts.Signer> signer) {
        return signer.map(found -> found.key().id() + " " + found.user().name()).orElse("nobody signs");
    }
}
