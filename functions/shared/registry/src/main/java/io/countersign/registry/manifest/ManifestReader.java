package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.Account;
import io.countersign.registry.Shapes;
import java.util.ArrayList;
import java.util.List;

/** Reads the manifest's members into records; how they fit together is {@link ManifestCheck}'s. */
final class ManifestReader {
    private static final int MAX_ACCOUNTS = 1_000;
    private static final int MAX_MEMBERS = 10_000;

    private ManifestReader() {}

    static Manifest read(Value document) throws InvalidDocumentException {
        Members members = Members.of(document);
        members.required("accounts");
        List<ManifestAccount> accounts = new ArrayList<>();
        for (Value account : Texts.elements(members, "accounts", MAX_ACCOUNTS)) {
            accounts.add(account(Members.of(account)));
        }
        members.done();
        return new Manifest(accounts);
    }

    private static ManifestAccount account(Members members) throws InvalidDocumentException {
        String id = Texts.required(members, "id", Shapes::isAccountId, "an account id: 1 to 32 digits, in quotes");
        ManifestAccount account = new ManifestAccount(
                members.at(),
                id,
                KeysReader.read(members, Account.MAX_KEYS),
                each(members, "users", UserReader::read),
                each(members, "roles", RoleReader::read),
                each(members, "oidcProviders", provider -> ProviderReader.read(provider, id)),
                each(members, "buckets", bucket -> BucketReader.read(bucket, id)));
        members.done();
        return account;
    }

    private interface Reader<T> {
        T read(Members members) throws InvalidDocumentException;
    }

    /** Each element is an object whose members must all be known. */
    private static <T> List<T> each(Members members, String name, Reader<T> reader) throws InvalidDocumentException {
        List<T> records = new ArrayList<>();
        for (Value element : Texts.elements(members, name, MAX_MEMBERS)) {
            Members inner = Members.of(element);
            records.add(reader.read(inner));
            inner.done();
        }
        return records;
    }
}
