package io.countersign.signing;

import io.countersign.signing.base.Hmac;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * V4's derived signing keys, kept for reuse: four HMACs each (protocol.md 3). An entry is found by all of its inputs: access key id, the secret itself,
 * date, region and product; a rotated secret under an old id finds nothing. The table has a fixed size, each key one place in it: a newcomer drives out what was there.
 */
public final class SigningKeys {
    private record Entry(CredentialScope scope, Secret secret, SecretKeySpec key) {
        boolean isFor(CredentialScope otherScope, Secret otherSecret) {
            return scope.equals(otherScope) && secret.isSameAs(otherSecret);
        }
    }

    private final AtomicReferenceArray<@Nullable Entry> entries;

    /** @param size how many derived keys to keep, at least one */
    public SigningKeys(int size) {
        if (size < 1) {
            throw new IllegalArgumentException("at least one signing key is kept");
        }
        entries = new AtomicReferenceArray<>(size);
    }

    /** The key of that scope and secret, derived now if it is not at hand. */
    public SecretKeySpec key(CredentialScope scope, Secret secret) {
        int place = Math.floorMod(scope.hashCode() * 31 + secret.slot(), entries.length());
        Entry entry = entries.getAcquire(place);
        if (entry != null && entry.isFor(scope, secret)) {
            return entry.key();
        }
        SecretKeySpec key = derive(scope, secret);
        entries.setRelease(place, new Entry(scope, secret, key));
        return key;
    }

    private static SecretKeySpec derive(CredentialScope scope, Secret secret) {
        SecretKeySpec key = Hmac.sha256Key("aliyun_v4" + secret.reveal());
        key = step(key, scope.date());
        key = step(key, scope.region());
        key = step(key, scope.product());
        return step(key, CredentialScope.TERMINATOR);
    }

    private static SecretKeySpec step(SecretKeySpec key, String text) {
        return Hmac.sha256Key(Hmac.sha256(key, text));
    }
}
