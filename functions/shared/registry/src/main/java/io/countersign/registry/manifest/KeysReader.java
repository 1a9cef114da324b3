package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Shapes;
import io.countersign.signing.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code accessKeys}. */
final class KeysReader {
    private static final int MAX_SECRET = 128;

    private KeysReader() {}

    static List<ManifestKey> read(Members owner, int max) throws InvalidDocumentException {
        List<ManifestKey> keys = new ArrayList<>();
        for (Value element : Texts.elements(owner, "accessKeys", max)) {
            Members members = Members.of(element);
            keys.add(key(members));
            members.done();
        }
        return keys;
    }

    private static ManifestKey key(Members members) throws InvalidDocumentException {
        Optional<String> id = Texts.optional(
                members,
                "id",
                Shapes::isAccessKeyId,
                "an access key id: 2 to 128 of A-Z a-z 0-9 . _ - and not beginning with STS.");
        Optional<Secret> secret = secret(members);
        if (id.isEmpty() && secret.isPresent()) {
            throw new InvalidDocumentException(
                    members.at(), "a secret stands here without its access key id; add \"id\", or take the secret out");
        }
        KeyStatus status = Texts.word(
                members,
                "status",
                KeyStatus.ACTIVE,
                text -> KeyStatus.of(text).filter(KeysReader::mayBeGiven),
                "Active or Inactive");
        return new ManifestKey(members.at(), id, secret, status);
    }

    /** The text is never repeated in a refusal. */
    private static Optional<Secret> secret(Members members) throws InvalidDocumentException {
        Optional<String> text = Texts.optional(
                members,
                "secret",
                KeysReader::isSecret,
                "a secret: 1 to " + MAX_SECRET + " printable ASCII characters, no blank at either end");
        return text.map(Secret::of);
    }

    private static boolean isSecret(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_SECRET
                && text.chars().allMatch(c -> c >= ' ' && c <= '~')
                && !text.startsWith(" ")
                && !text.endsWith(" ");
    }

    private static boolean mayBeGiven(KeyStatus status) {
        return switch (status) {
            case ACTIVE, INACTIVE -> true;
            case RETIRING, DELETED -> false;
        };
    }
}
