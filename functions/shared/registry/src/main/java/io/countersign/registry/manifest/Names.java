package io.countersign.registry.manifest;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a manifest names; users, roles and providers behind their account and a slash; UIDs with the user that has each, likewise. */
record Names(
        Set<String> accounts,
        Set<String> users,
        Map<String, String> uids,
        Set<String> roles,
        Set<String> providers,
        Set<String> buckets,
        Set<String> regions) {
    static Names of(Manifest manifest) {
        Names names = new Names(
                new HashSet<>(),
                new HashSet<>(),
                new HashMap<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>(),
                new HashSet<>());
        for (ManifestAccount account : manifest.accounts()) {
            String in = account.id() + "/";
            names.accounts.add(account.id());
            for (ManifestUser user : account.users()) {
                names.users.add(in + user.name());
                user.uid().ifPresent(uid -> names.uids.put(uid, in + user.name()));
            }
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
