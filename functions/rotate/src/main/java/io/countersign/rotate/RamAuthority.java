package io.countersign.rotate;

import io.countersign.registry.KeyStatus;
import io.countersign.registry.RamUser;
import io.countersign.registry.StoredKey;
import io.countersign.registry.rotation.IntentItem;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.Listing;
import io.countersign.rotate.ram.RamClient;
import io.countersign.rotate.ram.RamRefusal;
import io.countersign.signing.AccessKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Alibaba Cloud's RAM as the authority over keys. CreateAccessKey returns a secret once: when that answer is lost, or this process dies before the registry holds
 * the pair, RAM keeps a key that no one can use. Therefore an intent is written first, and only while RAM lists no key of the user that is unknown to the registry.
 * A key that RAM lists later, that the registry does not know, and that was created at or after the intent's time (both by RAM's clock, to the second) is such an
 * orphan and is deleted. Any other unknown key has another maker: it is never changed, and no key is created while it exists.
 */
final class RamAuthority implements KeyAuthority {
    private static final int BY_BYTES = 16;

    private final RamClient ram;
    private final RamSigners signers;
    private final KeyOwners keyOwners;
    private final Intents intents;
    private final SecureRandom random;

    RamAuthority(RamClient ram, RamSigners signers, KeyOwners keyOwners, Intents intents, SecureRandom random) {
        this.ram = ram;
        this.signers = signers;
        this.keyOwners = keyOwners;
        this.intents = intents;
        this.random = random;
    }

    @Override
    public KeyAuthority.NewKey create(KeyOwner keyOwner, Instant now) throws AuthorityFailure, StoreUnavailable {
        Optional<Intents.StoredIntent> before = intents.of(keyOwner.owner(), now);
        Unknown unknown = unknown(keyOwner, before, now);
        Intents.StoredIntent mine = take(keyOwner, before, unknown, now);
        delete(unknown.orphans(), keyOwner, now);
        unknown.refuseOlder();
        try {
            AccessKey pair = signers.ask(keyOwner, Optional.empty(), now, signer -> ram.create(name(keyOwner), signer));
            if (keyOwners.key(pair.id(), now).isPresent()) {
                throw AuthorityFailure.passing(
                        RamRefusal.RamError.UNUSABLE.code(),
                        "the server at the endpoint of RAM gave a new key the id of one that the registry holds;"
                                + " correct countersign.rotation.ram-endpoint");
            }
            // A call that another process made under the intent that this one took over may still take effect.
            boolean earlierMayArrive = before.isPresent()
                    && over(before.get()).isAfter(unknown.listing().at());
            return new KeyAuthority.NewKey(
                    pair, List.of(earlierMayArrive ? mine.keep(keyOwner.owner()) : mine.end(keyOwner.owner())));
        } catch (AuthorityFailure e) {
            AuthorityFailure failure =
                    e.code().equals(RamRefusal.RamError.LIMIT.code()) ? full(keyOwner, unknown, now) : e;
            if (before.isEmpty() && !mayHaveActed(e)) {
                // RAM refused, so no key will appear: a key that the operator creates now must not pass for an orphan.
                intents.end(keyOwner.owner(), mine, now);
            }
            throw failure;
        }
    }

    private static boolean mayHaveActed(AuthorityFailure failure) {
        return failure.code().equals(RamRefusal.RamError.UNAVAILABLE.code())
                || failure.code().equals(RamRefusal.RamError.UNUSABLE.code());
    }

    @Override
    public RamClient.Found deactivate(KeyOwner keyOwner, String accessKeyId, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        boolean fresh = isFresh(keyOwner, accessKeyId, now);
        RamClient.Found found = signers.ask(keyOwner, Optional.of(accessKeyId), now, signer -> {
            try {
                return ram.deactivate(name(keyOwner), accessKeyId, signer);
            } catch (RamRefusal e) {
                // RAM refuses the key's own signature: the key is Inactive there already.
                boolean outOfUse = e.error() == RamRefusal.RamError.SIGNER_REFUSED
                        && signer.id().equals(accessKeyId)
                        && !fresh;
                if (!outOfUse) {
                    throw e;
                }
                return RamClient.Found.THERE;
            }
        });
        return known(found, fresh);
    }

    @Override
    public void delete(KeyOwner keyOwner, String accessKeyId, Instant now) throws AuthorityFailure, StoreUnavailable {
        RamClient.Found found = signers.ask(
                keyOwner, Optional.of(accessKeyId), now, signer -> ram.delete(name(keyOwner), accessKeyId, signer));
        known(found, isFresh(keyOwner, accessKeyId, now));
    }

    private static boolean isFresh(KeyOwner keyOwner, String accessKeyId, Instant now) {
        return keyOwner.key(accessKeyId)
                .filter(key -> key.createdAt().plus(RamSigners.PROPAGATION).isAfter(now))
                .isPresent();
    }

    /** A new key that RAM does not know yet may appear later, so the call counts as failed. */
    private static RamClient.Found known(RamClient.Found found, boolean fresh) throws AuthorityFailure {
        return switch (found) {
            case THERE -> found;
            case GONE -> {
                if (fresh) {
                    throw RamSigners.notKnownYet();
                }
                yield found;
            }
        };
    }

    @Override
    public Optional<Instant> settle(KeyOwner keyOwner, Instant now) throws AuthorityFailure, StoreUnavailable {
        Optional<Intents.StoredIntent> before = intents.of(keyOwner.owner(), now);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Instant over = over(before.get());
        if (over.isAfter(now)) {
            return Optional.of(over);
        }
        Unknown unknown = unknown(keyOwner, before, now);
        Duration left = Duration.between(unknown.listing().at(), over);
        if (left.isPositive()) {
            // The intent's time is by RAM's clock, and by that clock it is not over yet.
            return Optional.of(now.plus(left));
        }
        Intents.StoredIntent mine = take(keyOwner, before, unknown, now);
        delete(unknown.orphans(), keyOwner, now);
        intents.end(keyOwner.owner(), mine, now);
        unknown.refuseOlder();
        return Optional.empty();
    }

    /** The end of the intent by RAM's clock. */
    private static Instant over(Intents.StoredIntent intent) {
        return intent.intent().since().plus(Intents.LASTS);
    }

    /** RAM, and the services that verify signatures, learn of a new key with a delay. */
    @Override
    public Duration propagationDelay() {
        return RamSigners.PROPAGATION;
    }

    /**
     * The keys that RAM lists and the registry does not know.
     *
     * @param orphans keys whose secrets were lost
     * @param older keys of another maker
     */
    private record Unknown(Listing listing, List<Listing.ListedKey> orphans, List<Listing.ListedKey> older) {
        void refuseOlder() throws AuthorityFailure {
            if (!older.isEmpty()) {
                throw AuthorityFailure.lasting(
                        "RamUnknownKey",
                        "RAM lists " + ids(older)
                                + " of the user, which the registry does not know and does not change; delete it at RAM, or import it with its secret");
            }
        }
    }

    private Unknown unknown(KeyOwner keyOwner, Optional<Intents.StoredIntent> intent, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        Listing listing = signers.ask(keyOwner, Optional.empty(), now, signer -> ram.list(name(keyOwner), signer));
        List<Listing.ListedKey> orphans = new ArrayList<>();
        List<Listing.ListedKey> older = new ArrayList<>();
        for (Listing.ListedKey key : listing.keys()) {
            if (keyOwners.key(key.id(), now).isPresent()) {
                continue;
            }
            boolean ours = intent.isPresent()
                    && !key.createdAt().isBefore(intent.get().intent().since());
            (ours ? orphans : older).add(key);
        }
        return new Unknown(listing, orphans, older);
    }

    /** Keeps the time of an earlier intent, because a key that was requested under it may still appear. */
    private Intents.StoredIntent take(
            KeyOwner keyOwner, Optional<Intents.StoredIntent> before, Unknown unknown, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        if (before.isEmpty()) {
            unknown.refuseOlder();
        }
        Instant since = before.map(standing -> standing.intent().since())
                .orElse(unknown.listing().at());
        byte[] by = new byte[BY_BYTES];
        random.nextBytes(by);
        return intents.take(
                keyOwner.owner(),
                before,
                new IntentItem.Intent(since, HexFormat.of().formatHex(by)),
                now);
    }

    private void delete(List<Listing.ListedKey> orphans, KeyOwner keyOwner, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        for (Listing.ListedKey orphan : orphans) {
            delete(keyOwner, orphan.id(), now);
        }
    }

    /** RAM's lists lag behind recent deletions; a key that the registry deleted long ago and RAM still holds is a lasting failure. */
    private AuthorityFailure full(KeyOwner keyOwner, Unknown unknown, Instant now) throws StoreUnavailable {
        List<Listing.ListedKey> left = new ArrayList<>();
        for (Listing.ListedKey key : unknown.listing().keys()) {
            Optional<StoredKey> stored = keyOwners.key(key.id(), now);
            boolean recentlyDeleted = stored.isPresent()
                    && stored.get().status() == KeyStatus.DELETED
                    && !stored.get().since().plus(Intents.LASTS).isAfter(now);
            boolean ofAnotherOwner = stored.isPresent() && !stored.get().owner().equals(keyOwner.owner());
            if (recentlyDeleted || ofAnotherOwner) {
                left.add(key);
            }
        }
        return left.isEmpty()
                ? AuthorityFailure.passing(
                        RamRefusal.RamError.LIMIT.code(),
                        "RAM says that the user has " + RamUser.MAX_KEYS
                                + " keys, and does not list them all yet; rotation retries")
                : AuthorityFailure.lasting(
                        RamRefusal.RamError.LIMIT.code(),
                        "RAM holds " + ids(left)
                                + " of the user, which the registry has deleted or assigns to another owner; delete it at RAM");
    }

    private static String ids(List<Listing.ListedKey> keys) {
        return keys.stream().map(Listing.ListedKey::id).sorted().collect(Collectors.joining(", "));
    }

    private static String name(KeyOwner keyOwner) {
        return switch (keyOwner.subject()) {
            case KeyOwner.Subject.OfUser user -> user.user().name();
            case KeyOwner.Subject.OfAccount account ->
                throw new IllegalArgumentException("the keys of an account are never RAM's to rotate");
        };
    }
}
