package io.countersign.registry.manifest;

import java.util.HashSet;
import java.util.Set;

/** What a manifest names; users, roles and providers behind their account and a slash. */
record Names(
        Set<String> accounts,
        Set<String> users,
        Set<String> roles,
        Set<String> providers,
        Set<String> buckets,
        Set<String> regions) {
    static Names of(Manifest manifest) {
        Names names = new Names(
                new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>(), new HashSet<>());
        for (ManifestAccount account : manifest.accounts()) {
            String in = account.id() + "/";
            names.accounts.add(account.id());
            account.users().forEach(user -> names.users.add(in + user.name()));
            account.roles().forEach(role -> names.roles.add(in + role.name()));
            account.providers()
                    .forEach(provider ->
                            names.providers.add(in + provider.record().name()));
            for (ManifestBucket bucket : account.buckets()) {
                names.buckets.add(bucket.record().name());
                names.regions.add(bucket.record().region());
            }
        }
        return names;
    }
}
