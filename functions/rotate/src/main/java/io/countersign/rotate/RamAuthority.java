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
 * Alibaba Cloud's RAM. CreateAccessKey answers with a secret once: when that answer is lost, or this process dies before the registry holds the pair, a key stands
 * at RAM that nobody can use. So an intent is written first, and only while RAM lists no key of the user that the registry does not know. A key that is listed
 * afterwards, unknown, and made at or after the intent's moment (both by RAM's clock, to the second) is such a key and is deleted. Any other unknown key is
 * somebody's: it is never touched, and no key is made beside it.
 */
final class RamAuthority implements KeyAuthority {
    private static final int BY_BYTES = 16;

    private final RamClient ram;
    private final RamSigners signers;
    private final Holders holders;
    private final Intents intents;
    private final SecureRandom random;

    RamAuthority(RamClient ram, RamSigners signers, Holders holders, Intents intents, SecureRandom random) {
        this.ram = ram;
        this.signers = signers;
        this.holders = holders;
        this.intents = intents;
        this.random = random;
    }

    @Override
    public KeyAuthority.NewKey create(KeyOwner holder, Instant now) throws AuthorityFailure, StoreUnavailable {
        Optional<Intents.Standing> before = intents.of(holder.owner(), now);
        Unknown unknown = unknown(holder, before, now);
        Intents.Standing mine = take(holder, before, unknown, now);
        delete(unknown.orphans(), holder, now);
        unknown.refuseOlder();
        try {
            AccessKey pair = signers.ask(holder, Optional.empty(), now, signer -> ram.create(name(holder), signer));
            if (holders.key(pair.id(), now).isPresent()) {
                throw AuthorityFailure.passing(
                        RamRefusal.RamError.UNUSABLE.code(),
                        "what answers in place of RAM gave a new key the id of one that the registry holds;"
                                + " see to countersign.rotation.ram-endpoint");
            }
            // What another process asked for under the intent that this one took over may still be on its way.
            boolean stays = before.isPresent()
                    && over(before.get()).isAfter(unknown.listing().at());
            return new KeyAuthority.NewKey(pair, List.of(stays ? mine.stay(holder.owner()) : mine.end(holder.owner())));
        } catch (AuthorityFailure e) {
            AuthorityFailure failure =
                    e.code().equals(RamRefusal.RamError.LIMIT.code()) ? full(holder, unknown, now) : e;
            if (before.isEmpty() && !mayHaveActed(e)) {
                // RAM said no, so no key is on its way: one that the operator makes now is not to be taken for a lost
                // one.
                intents.end(holder.owner(), mine, now);
            }
            throw failure;
        }
    }

    private static boolean mayHaveActed(AuthorityFailure failure) {
        return failure.code().equals(RamRefusal.RamError.UNAVAILABLE.code())
                || failure.code().equals(RamRefusal.RamError.UNUSABLE.code());
    }

    @Override
    public RamClient.Found deactivate(KeyOwner holder, String accessKeyId, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        boolean fresh = isFresh(holder, accessKeyId, now);
        RamClient.Found found = signers.ask(holder, Optional.of(accessKeyId), now, signer -> {
            try {
                return ram.deactivate(name(holder), accessKeyId, signer);
            } catch (RamRefusal e) {
                // When RAM does not take the key's own signature, it is out of use there.
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
    public void delete(KeyOwner holder, String accessKeyId, Instant now) throws AuthorityFailure, StoreUnavailable {
        RamClient.Found found = signers.ask(
                holder, Optional.of(accessKeyId), now, signer -> ram.delete(name(holder), accessKeyId, signer));
        known(found, isFresh(holder, accessKeyId, now));
    }

    private static boolean isFresh(KeyOwner holder, String accessKeyId, Instant now) {
        return holder.key(accessKeyId)
                .filter(key -> key.createdAt().plus(RamSigners.SPREADS).isAfter(now))
                .isPresent();
    }

    /** A fresh key that RAM does not know may turn up there: nothing was done about it yet. */
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
    public Optional<Instant> settle(KeyOwner holder, Instant now) throws AuthorityFailure, StoreUnavailable {
        Optional<Intents.Standing> before = intents.of(holder.owner(), now);
        if (before.isEmpty()) {
            return Optional.empty();
        }
        Instant over = over(before.get());
        if (over.isAfter(now)) {
            return Optional.of(over);
        }
        Unknown unknown = unknown(holder, before, now);
        Duration left = Duration.between(unknown.listing().at(), over);
        if (left.isPositive()) {
            // By RAM's clock, which the intent goes by, it is not over yet.
            return Optional.of(now.plus(left));
        }
        Intents.Standing mine = take(holder, before, unknown, now);
        delete(unknown.orphans(), holder, now);
        intents.end(holder.owner(), mine, now);
        unknown.refuseOlder();
        return Optional.empty();
    }

    /** By RAM's clock. */
    private static Instant over(Intents.Standing intent) {
        return intent.intent().since().plus(Intents.LASTS);
    }

    /** A fresh key is unknown at RAM, and where its signatures are verified, for a moment. */
    @Override
    public Duration propagationDelay() {
        return RamSigners.SPREADS;
    }

    /**
     * What RAM lists and the registry does not know.
     *
     * @param orphans whose secrets were lost
     * @param older somebody else's
     */
    private record Unknown(Listing listing, List<Listing.ListedKey> orphans, List<Listing.ListedKey> older) {
        void refuseOlder() throws AuthorityFailure {
            if (!older.isEmpty()) {
                throw AuthorityFailure.lasting(
                        "RamUnknownKey",
                        "RAM lists " + ids(older)
                                + " of the user, which the registry does not know, and does not touch; delete it there, or import it with its secret");
            }
        }
    }

    private Unknown unknown(KeyOwner holder, Optional<Intents.Standing> intent, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        Listing listing = signers.ask(holder, Optional.empty(), now, signer -> ram.list(name(holder), signer));
        List<Listing.ListedKey> orphans = new ArrayList<>();
        List<Listing.ListedKey> older = new ArrayList<>();
        for (Listing.ListedKey key : listing.keys()) {
            if (holders.key(key.id(), now).isPresent()) {
                continue;
            }
            boolean ours = intent.isPresent()
                    && !key.createdAt().isBefore(intent.get().intent().since());
            (ours ? orphans : older).add(key);
        }
        return new Unknown(listing, orphans, older);
    }

    /** The moment of an intent that stood there stays: what was asked for under it may still turn up. */
    private Intents.Standing take(KeyOwner holder, Optional<Intents.Standing> before, Unknown unknown, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        if (before.isEmpty()) {
            unknown.refuseOlder();
        }
        Instant since = before.map(standing -> standing.intent().since())
                .orElse(unknown.listing().at());
        byte[] by = new byte[BY_BYTES];
        random.nextBytes(by);
        return intents.take(
                holder.owner(),
                before,
                new IntentItem.Intent(since, HexFormat.of().formatHex(by)),
                now);
    }

    private void delete(List<Listing.ListedKey> orphans, KeyOwner holder, Instant now)
            throws AuthorityFailure, StoreUnavailable {
        for (Listing.ListedKey orphan : orphans) {
            delete(holder, orphan.id(), now);
        }
    }

    /** RAM's lists lag behind what was done a moment ago; a key that was deleted here long ago and stands there is another matter. */
    private AuthorityFailure full(KeyOwner holder, Unknown unknown, Instant now) throws StoreUnavailable {
        List<Listing.ListedKey> left = new ArrayList<>();
        for (Listing.ListedKey key : unknown.listing().keys()) {
            Optional<StoredKey> stored = holders.key(key.id(), now);
            boolean buried = stored.isPresent()
                    && stored.get().status() == KeyStatus.DELETED
                    && !stored.get().since().plus(Intents.LASTS).isAfter(now);
            boolean anothers = stored.isPresent() && !stored.get().owner().equals(holder.owner());
            if (buried || anothers) {
                left.add(key);
            }
        }
        return left.isEmpty()
                ? AuthorityFailure.passing(
                        RamRefusal.RamError.LIMIT.code(),
                        "RAM says that the user has " + RamUser.MAX_KEYS
                                + " keys, and does not list them all yet; it is asked again by itself")
                : AuthorityFailure.lasting(
                        RamRefusal.RamError.LIMIT.code(),
                        "RAM holds " + ids(left)
                                + " of the user, which the registry has deleted or gives to another owner; delete it there");
    }

    private static String ids(List<Listing.ListedKey> keys) {
        return keys.stream().map(Listing.ListedKey::id).sorted().collect(Collectors.joining(", "));
    }

    private static String name(KeyOwner holder) {
        return switch (holder.subject()) {
            case KeyOwner.Subject.OfUser user -> user.user().name();
            case KeyOwner.Subject.OfAccount account ->
                throw new IllegalArgumentException("the keys of an account are never RAM's to rotate");
        };
    }
}
