package io.countersign.signing;

import io.countersign.signing.base.Hmac;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A cache of signing keys: the derived keys of V4, which cost four HMACs each (docs/protocol.md 3), and the secrets as keys of V1 and V2. All inputs form the cache key: the secret, the use, and for V4
 * access key id, date, region and product. A rotated secret under an old id therefore never matches. The table has a fixed size with one slot per key; a new entry replaces the previous one in its slot. Safe for any number of threads.
 */
public final class SigningKeys {
    /** The use of a key. */
    private sealed interface Use {}

    /** The secret itself is the key. */
    private enum Direct implements Use {
        SHA1,
        SHA256
    }

    private record Derived(CredentialScope scope) implements Use {}

    private record Entry(Use use, Secret secret, Hmac.Key key) {
        boolean isFor(Use otherUse, Secret otherSecret) {
            return use.equals(otherUse) && secret.isSameAs(otherSecret);
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> entries;

    /** @param size the number of slots, at least one */
    public SigningKeys(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("the cache needs at least one slot");
        }
        entries = new AtomicReferenceArray<>(size);
    }

    /** The key of V1: the secret, for HMAC-SHA1. */
    public Hmac.Key v1(Secret secret) {
        return key(Direct.SHA1, secret);
    }

    /** The key of V2: the secret, for HMAC-SHA256. */
    public Hmac.Key v2(Secret secret) {
        return key(Direct.SHA256, secret);
    }

    /** The key of V4 for a scope and a secret; derived if it is not cached. */
    public Hmac.Key v4(CredentialScope scope, Secret secret) {
        return key(new Derived(scope), secret);
    }

    private Hmac.Key key(Use use, Secret secret) {
        int slot = Math.floorMod(use.hashCode() * 31 + secret.slot(), entries.length());
        Entry entry = entries.getAcquire(slot);
        if (entry != null && entry.isFor(use, secret)) {
            return entry.key();
        }
        Hmac.Key key = make(use, secret);
        entries.setRelease(slot, new Entry(use, secret, key));
        return key;
    }

    private static Hmac.Key make(Use use, Secret secret) {
        return switch (use) {
            case Direct.SHA1 -> Hmac.Key.sha1(secret.reveal());
            case Direct.SHA256 -> Hmac.Key.sha256(secret.reveal());
            case Derived(CredentialScope scope) -> Hmac.Key.sha256(derive(scope, secret));
        };
    }

    private static byte[] derive(CredentialScope scope, Secret secret) {
        SecretKeySpec ofSecret = Hmac.sha256Key("aliyun_v4" + secret.reveal());
        byte[] ofDay = Hmac.sha256(ofSecret, scope.date());
        byte[] ofRegion = Hmac.sha256(Hmac.sha256Key(ofDay), scope.region());
        byte[] ofProduct = Hmac.sha256(Hmac.sha256Key(ofRegion), scope.product());
        return Hmac.sha256(Hmac.sha256Key(ofProduct), CredentialScope.TERMINATOR);
    }
}
