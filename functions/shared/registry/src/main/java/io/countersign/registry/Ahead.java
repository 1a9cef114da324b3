package io.countersign.registry;

import io.countersign.registry.store.ItemKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells what is worth reading along: what a request names, and where that led the last time. */
final class Ahead {
    private final Lookups lookups;
    private final Possible possible;
    private final Links links;
    private final FactsLookups facts;
    private final SessionLookups sessions;
    private final SignerKeys signers;

    Ahead(
            Lookups lookups,
            Possible possible,
            Links links,
            FactsLookups facts,
            SessionLookups sessions,
            SignerKeys signers) {
        this.lookups = lookups;
        this.possible = possible;
        this.links = links;
        this.facts = facts;
        this.sessions = sessions;
        this.signers = signers;
    }

    List<Lookup<?>> of(Later later, Instant now) {
        List<Lookup<?>> all = new ArrayList<>();
        for (Name name : later.names()) {
            all.addAll(of(name, now));
        }
        return all;
    }

    private List<? extends Lookup<?>> of(Name name, Instant now) {
        return switch (name) {
            case Name.OfFacts of -> facts.lookups(of.query());
            case Name.OfSigner of -> signer(possible.bucket(of.bucket()), now);
            case Name.OfRegion of -> possible.region(of.region()).stream().toList();
            case Name.OfRole of -> role(possible.role(of.accountId(), of.name()));
            case Name.OfRoleOf of -> roleOf(possible.provider(of.issuer(), of.audience()), of.role());
            case Name.OfTokenKeys of -> List.of(lookups.tokenKeys());
            case Name.OfSession of -> sessions.lookups(of.query());
            case Name.OfSomeSession of -> links.from(Link.session(TokenKeyItem.KEY));
        };
    }

    private List<Lookup<?>> signer(Optional<Lookup<Bucket>> bucket, Instant now) {
        List<Lookup<?>> all = new ArrayList<>();
        if (bucket.isPresent()) {
            all.add(bucket.get());
            all.addAll(signers.ahead(bucket.get(), now));
        }
        return all;
    }

    private List<Lookup<?>> role(Optional<Lookup<Role>> role) {
        List<Lookup<?>> all = new ArrayList<>();
        if (role.isPresent()) {
            all.add(role.get());
            all.addAll(links.from(Link.signer(role.get().key())));
        }
        return all;
    }

    private List<Lookup<?>> roleOf(Optional<Lookup<OidcProvider>> provider, Optional<String> role) {
        List<Lookup<?>> all = new ArrayList<>();
        if (provider.isPresent()) {
            ItemKey audience = provider.get().key();
            for (Lookup<?> found : links.from(Link.role(audience, role.orElse("")))) {
                all.add(found);
                all.addAll(links.from(Link.signer(found.key())));
            }
        }
        return all;
    }
}
