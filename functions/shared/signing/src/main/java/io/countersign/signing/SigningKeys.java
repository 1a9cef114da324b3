package io.countersign.signing;

import io.countersign.signing.base.Hmac;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys ready to sign, kept for reuse: V4's derived ones, four HMACs each (protocol.md 3), and the secrets themselves as V1 and V2 use them. An entry is found by all of its inputs: the secret itself,
 * what the key is for, and for V4 access key id, date, region and product; a rotated secret under an old id finds nothing. The table has a fixed size, each key one place in it: a newcomer drives out what was there.
 */
public final class SigningKeys {
    /** What a key is for besides its secret. */
    private sealed interface Use {}

    /** The secret is the key. */
    private enum Whole implements Use {
        SHA1,
        SHA256
    }

    private record Derived(CredentialScope scope) implements Use {}

    private record Entry(Use use, Secret secret, Hmac.HmacKey key) {
        boolean isFor(Use otherUse, Secret otherSecret) {
            return use.equals(otherUse) && secret.isSameAs(otherSecret);
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> entries;

    /** @param size how many keys to keep, at least one */
    public SigningKeys(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("at least one signing key is kept");
        }
        entries = new AtomicReferenceArray<>(size);
    }

    /** V1's key: the secret, for HMAC-SHA1. */
    public Hmac.HmacKey v1(Secret secret) {
        return key(Whole.SHA1, secret);
    }

    /** V2's key: the secret, for HMAC-SHA256. */
    public Hmac.HmacKey v2(Secret secret) {
        return key(Whole.SHA256, secret);
    }

    /** V4's key of that scope and secret, derived now if it is not at hand. */
    public Hmac.HmacKey v4(CredentialScope scope, Secret secret) {
        return key(new Derived(scope), secret);
    }

    private Hmac.HmacKey key(Use use, Secret secret) {
        int place = Math.floorMod(use.hashCode() * 31 + secret.slot(), entries.length());
        Entry entry = entries.getAcquire(place);
        if (entry != null && entry.isFor(use, secret)) {
            return entry.key();
        }
        Hmac.HmacKey key = make(use, secret);
        entries.setRelease(place, new Entry(use, secret, key));
        return key;
    }

    private static Hmac.HmacKey make(Use use, Secret secret) {
        return switch (use) {
            case Whole.SHA1 -> Hmac.HmacKey.sha1(secret.reveal());
            case Whole.SHA256 -> Hmac.HmacKey.sha256(secret.reveal());
            case Derived(CredentialScope scope) -> Hmac.HmacKey.sha256(derive(scope, secret));
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
