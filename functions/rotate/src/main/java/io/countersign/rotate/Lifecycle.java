package io.countersign.rotate;

import io.countersign.registry.StoredKey;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state machine: {@code Active -> Retiring -> Inactive -> deleted}. It looks at the keys and the time alone, so that the same state leads to the same step
 * whoever asks, however often, and in whatever order events came.
 */
final class Lifecycle {
    private static final String OLD = "it has been Inactive for long enough";

    private Lifecycle() {}

    /** The one step that is due; after it there may be another. */
    static Optional<RotationAction> next(KeyOwner holder, Instant now) {
        return withdrawal(holder)
                .or(() -> holder.keys().stream()
                        .flatMap(key -> move(holder, key, now).stream())
                        .findFirst())
                .or(() -> replacement(holder, now));
    }

    /**
     * The next step about a key that is out of use here while its authority is yet to be told: it may be the only one that can sign there, so another key stands
     * before it goes. At the limit of pairs it goes first, when another can sign; else one makes room that signs nowhere any more.
     */
    static Optional<RotationAction> withdrawal(KeyOwner holder) {
        return holder.keys().stream()
                .filter(StoredKey::deactivationPending)
                .findFirst()
                .map(key -> withdrawal(holder, key));
    }

    private static RotationAction withdrawal(KeyOwner holder, StoredKey key) {
        boolean stands =
                holder.newestActive().isPresent() && holder.stillReplacedBy(key).isEmpty();
        return stands || key.followsManifest()
                ? new RotationAction.Withdraw(key, Optional.empty())
                : supplant(holder, key);
    }

    private static RotationAction supplant(KeyOwner holder, StoredKey key) {
        boolean anotherSigns =
                holder.keys().stream().anyMatch(other -> other.status().verifies());
        if (!holder.isFull() || anotherSigns) {
            return new RotationAction.Supplant(key, holder.isFull());
        }
        return holder.spentBeside(key)
                .<RotationAction>map(room -> new RotationAction.MakeRoom(key, room))
                .orElseGet(() -> new RotationAction.Withdraw(key, Optional.of(full(holder))));
    }

    /** Why no key can be made. */
    static AuthorityFailure full(KeyOwner holder) {
        return AuthorityFailure.lasting(
                "KeyPairLimit",
                "its owner has " + holder.maxKeys()
                        + " key pairs already; delete one that is not in use, then it is replaced");
    }

    /** Makes room for a new key, then makes it; for a key that is to be replaced now. */
    static RotationAction.Replacing replace(KeyOwner holder, StoredKey key) {
        if (!holder.isFull()) {
            return new RotationAction.Create(key);
        }
        return holder.spent()
                .<RotationAction.Replacing>map(spent -> new RotationAction.Delete(spent, ActionExecutor.NEEDED))
                .orElseGet(() -> new RotationAction.Full(key));
    }

    /** When there will be something to do, if nothing else happens; never before {@code now}, and empty when never. */
    static Optional<Instant> nextCheckAt(KeyOwner holder, Instant now) {
        Stream<Instant> moves = holder.keys().stream().flatMap(key -> movesAt(holder, key).stream());
        return Stream.concat(moves, due(holder).map(Due::at).stream())
                .map(moment -> moment.isBefore(now) ? now : moment)
                .min(Instant::compareTo);
    }

    private static Optional<RotationAction> move(KeyOwner holder, StoredKey key, Instant now) {
        if (movesAt(holder, key).filter(moment -> !moment.isAfter(now)).isEmpty()) {
            return Optional.empty();
        }
        return switch (key.status()) {
            case ACTIVE -> Optional.of(new RotationAction.Retire(key));
            case RETIRING -> Optional.of(new RotationAction.Deactivate(key));
            case INACTIVE ->
                Optional.of(new RotationAction.Delete(
                        key, key.debt() == StoredKey.Debt.DELETION ? ActionExecutor.NEEDED : OLD));
            case DELETED -> Optional.empty();
        };
    }

    private static Optional<Instant> movesAt(KeyOwner holder, StoredKey key) {
        return switch (key.status()) {
            case ACTIVE -> holder.successor(key).map(StoredKey::signsFrom);
            case RETIRING -> Optional.of(key.since().plus(holder.rule().overlap()));
            case INACTIVE -> inactiveMovesAt(holder, key);
            case DELETED -> Optional.empty();
        };
    }

    private static Optional<Instant> inactiveMovesAt(KeyOwner holder, StoredKey key) {
        if (key.debt() != StoredKey.Debt.NONE) {
            return Optional.of(key.since());
        }
        return KeyOwner.isSpent(key)
                ? Optional.of(key.since().plus(holder.rule().removeAfter()))
                : Optional.empty();
    }

    private static Optional<RotationAction> replacement(KeyOwner holder, Instant now) {
        return due(holder).filter(due -> !due.at().isAfter(now)).map(due -> replace(holder, due.key()));
    }

    /** A key that is to be replaced, and when. */
    private record Due(StoredKey key, Instant at) {}

    /** The newest key when it comes of age; while one is on its way out no other follows, unless none is left that signs. */
    private static Optional<Due> due(KeyOwner holder) {
        if (!holder.rotatesByItself()) {
            return Optional.empty();
        }
        if (holder.newestActive().isEmpty()) {
            return holder.newestRetiring().map(key -> new Due(key, key.since()));
        }
        return holder.isRotating()
                ? Optional.empty()
                : holder.newestActive()
                        .map(key ->
                                new Due(key, key.createdAt().plus(holder.rule().every())));
    }
}
