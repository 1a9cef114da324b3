package io.countersign.signing;

import io.countersign.signing.base.Hmac;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A cache of signing keys: the derived keys of V4 and SigV4, which cost four HMACs each (docs/protocol.md 3), and the secrets as keys of V1 and V2. All inputs form the cache key: the secret, the use, and for V4
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

    private record DerivedForS3(SigV4Scope scope) implements Use {}

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

    /** The key of SigV4 for a scope and a secret; derived if it is not cached. */
    public Hmac.Key sigV4(SigV4Scope scope, Secret secret) {
        return key(new DerivedForS3(scope), secret);
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
            case Derived(CredentialScope scope) ->
                derive(
                        "aliyun_v4" + secret.reveal(),
                        scope.date(),
                        scope.region(),
                        scope.product(),
                        CredentialScope.TERMINATOR);
            case DerivedForS3(SigV4Scope scope) ->
                derive(
                        "AWS4" + secret.reveal(),
                        scope.day(),
                        scope.region(),
                        SigV4Scope.SERVICE,
                        SigV4Scope.TERMINATOR);
        };
    }

    /** Each part is signed with the signature of the part before it. */
    private static Hmac.Key derive(String secret, String day, String region, String product, String terminator) {
        byte[] ofDay = Hmac.sha256(Hmac.sha256Key(secret), day);
        byte[] ofRegion = Hmac.sha256(Hmac.sha256Key(ofDay), region);
        byte[] ofProduct = Hmac.sha256(Hmac.sha256Key(ofRegion), product);
        return Hmac.Key.sha256(Hmac.sha256(Hmac.sha256Key(ofProduct), terminator));
    }
}
