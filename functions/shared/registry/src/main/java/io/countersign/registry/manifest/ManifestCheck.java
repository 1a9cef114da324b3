package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value;
import io.countersign.registry.BucketItem;
import io.countersign.registry.Upstream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks the relations between the records of a manifest: unique names, and references to names that exist. */
final class ManifestCheck {
    private final Map<String, Value.Location> taken = new HashMap<>();

    private ManifestCheck() {}

    static void check(Manifest manifest) throws InvalidDocumentException {
        ManifestCheck check = new ManifestCheck();
        for (Manifest.ManifestAccount account : manifest.accounts()) {
            check.once("the account " + account.id(), account.at());
            check.ids(account);
            check.names(account);
            check.owners(account);
            check.references(account);
        }
    }

    /** Bucket policies name accounts and users by numbers of the same form, so no number may belong to two of them. */
    private void ids(Manifest.ManifestAccount account) throws InvalidDocumentException {
        once("the id " + account.id(), account.at());
        for (Manifest.ManifestUser user : account.users()) {
            if (user.uid().isPresent()) {
                once("the id " + user.uid().get(), user.at());
            }
        }
    }

    /** Names that are unique within their account. */
    private void names(Manifest.ManifestAccount account) throws InvalidDocumentException {
        String of = " of the account " + account.id();
        for (Manifest.ManifestUser user : account.users()) {
            once("the user " + user.name() + of, user.at());
        }
        for (Manifest.ManifestRole role : account.roles()) {
            once("the role " + role.name() + of, role.at());
        }
        for (Manifest.ManifestUpload upload : account.uploads()) {
            once("the upload " + upload.record().name() + of, upload.at());
        }
        for (Manifest.ManifestProvider provider : account.providers()) {
            once("the provider " + provider.record().name() + of, provider.at());
        }
    }

    /** Names that have one owner in all accounts. */
    private void owners(Manifest.ManifestAccount account) throws InvalidDocumentException {
        List<Manifest.ManifestKey> keys = new ArrayList<>(account.accessKeys());
        account.users().forEach(user -> keys.addAll(user.accessKeys()));
        for (Manifest.ManifestKey key : keys) {
            if (key.id().isPresent()) {
                once("the access key " + key.id().get(), key.at());
            }
        }
        for (Manifest.ManifestProvider provider : account.providers()) {
            for (String audience : provider.record().clientIds()) {
                once(
                        "the client id " + audience + " of the issuer "
                                + provider.record().issuer(),
                        provider.at());
            }
        }
        for (Manifest.ManifestBucket bucket : account.buckets()) {
            once("the bucket " + bucket.record().name(), bucket.at());
            for (String domain : bucket.record().domains()) {
                once("the domain " + domain, bucket.at());
            }
            if (bucket.record().upstream().isPresent()) {
                Upstream upstream = bucket.record().upstream().get();
                once(
                        "the upstream "
                                + BucketItem.physicalKey(upstream).partition().substring("upstream/".length()),
                        bucket.at());
            }
        }
    }

    private static void references(Manifest.ManifestAccount account) throws InvalidDocumentException {
        Set<String> roles =
                account.roles().stream().map(Manifest.ManifestRole::name).collect(Collectors.toSet());
        for (Manifest.ManifestProvider provider : account.providers()) {
            String role = provider.record().defaultRole().orElse("");
            if (!role.isEmpty() && !roles.contains(role)) {
                throw new InvalidDocumentException(
                        provider.at(), "the defaultRole " + role + " is no role of this account; add it to its roles");
            }
        }
        Set<String> users =
                account.users().stream().map(Manifest.ManifestUser::name).collect(Collectors.toSet());
        for (Manifest.ManifestRole role : account.roles()) {
            signer(role.signer(), users, role.at());
            subjects(account.id(), role);
        }
        for (Manifest.ManifestBucket bucket : account.buckets()) {
            signer(bucket.record().signer(), users, bucket.at());
            signer(bucket.record().upstream().flatMap(Upstream::signingUser), users, bucket.at());
        }
        for (Manifest.ManifestUpload upload : account.uploads()) {
            UploadCheck.check(account, upload);
        }
    }

    /**
     * Each provider assigns its own subjects. The subject alice of two providers is one person only when the operator
     * says so.
     */
    private static void subjects(String accountId, Manifest.ManifestRole role) throws InvalidDocumentException {
        boolean used =
                role.policies().stream().anyMatch(policy -> policy.variables().contains("sub"));
        if (used && !role.sharedSubjects() && role.trust().providersOf(accountId) > 1) {
            throw new InvalidDocumentException(
                    role.at(),
                    "the role trusts several providers and its policies use ${jwt:sub}, so that one provider's users get what is another's; make a role for each provider, or add sharedSubjects: true if one sub is one person at all of them");
        }
    }

    private static void signer(Optional<String> signer, Set<String> users, Value.Location at)
            throws InvalidDocumentException {
        if (signer.isPresent() && !users.contains(signer.get())) {
            throw new InvalidDocumentException(
                    at, "the signer " + signer.get() + " is no user of this account; add it to its users");
        }
    }

    private void once(String what, Value.Location at) throws InvalidDocumentException {
        Value.Location first = taken.putIfAbsent(what, at);
        if (first != null) {
            throw new InvalidDocumentException(
                    at, what + " is used here and at " + first + ", line " + first.line() + "; use it once");
        }
    }
}
