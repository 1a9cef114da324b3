package io.countersign.rotate;

import io.countersign.registry.StoredKey;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The state machine of an access key: {@code Active -> Retiring -> Inactive -> deleted}. The next action follows from the keys and the time only, so that it does
 * not depend on the process that computes it, on repetition, or on the order of events.
 */
final class Lifecycle {
    private static final String OLD = "it has been Inactive for long enough";

    private Lifecycle() {}

    /** Returns the action that is due. Another may be due after it. */
    static Optional<RotationAction> next(KeyOwner keyOwner, Instant now) {
        return remoteDeactivation(keyOwner)
                .or(() -> keyOwner.keys().stream()
                        .flatMap(key -> move(keyOwner, key, now).stream())
                        .findFirst())
                .or(() -> replacement(keyOwner, now));
    }

    /**
     * Returns the next action for a key that is Inactive in the registry and not yet at its authority. It may be the only key that can sign calls to the authority,
     * so its replacement is created first. At the limit of pairs the key is deleted first if another key can sign; otherwise a spent key is deleted to make room.
     */
    static Optional<RotationAction> remoteDeactivation(KeyOwner keyOwner) {
        return keyOwner.keys().stream()
                .filter(StoredKey::deactivationPending)
                .findFirst()
                .map(key -> remoteDeactivation(keyOwner, key));
    }

    private static RotationAction remoteDeactivation(KeyOwner keyOwner, StoredKey key) {
        boolean isReplaced = keyOwner.newestActive().isPresent()
                && keyOwner.stillReplacedBy(key).isEmpty();
        return isReplaced || key.followsManifest()
                ? new RotationAction.DeactivateRemotely(key, Optional.empty())
                : supplant(keyOwner, key);
    }

    private static RotationAction supplant(KeyOwner keyOwner, StoredKey key) {
        boolean anotherSigns =
                keyOwner.keys().stream().anyMatch(other -> other.status().verifies());
        if (!keyOwner.isFull() || anotherSigns) {
            return new RotationAction.Supplant(key, keyOwner.isFull());
        }
        return keyOwner.spentBeside(key)
                .<RotationAction>map(room -> new RotationAction.MakeRoom(key, room))
                .orElseGet(() -> new RotationAction.DeactivateRemotely(key, Optional.of(full(keyOwner))));
    }

    /** The failure of an owner that has the maximum number of keys. */
    static AuthorityFailure full(KeyOwner keyOwner) {
        return AuthorityFailure.lasting(
                "KeyPairLimit",
                "its owner has " + keyOwner.maxKeys()
                        + " key pairs already; delete one that is not in use; then rotation replaces it");
    }

    /** Returns the action that replaces a key now: room for the new key first, then the key. */
    static RotationAction.Replacing replace(KeyOwner keyOwner, StoredKey key) {
        if (!keyOwner.isFull()) {
            return new RotationAction.Create(key);
        }
        return keyOwner.spent()
                .<RotationAction.Replacing>map(spent -> new RotationAction.Delete(spent, ActionExecutor.NEEDED))
                .orElseGet(() -> new RotationAction.Full(key));
    }

    /** Returns when the next action becomes due if nothing else changes: not before {@code now}, and empty when none will. */
    static Optional<Instant> nextCheckAt(KeyOwner keyOwner, Instant now) {
        Stream<Instant> moves = keyOwner.keys().stream().flatMap(key -> movesAt(keyOwner, key).stream());
        return Stream.concat(moves, due(keyOwner).map(Due::at).stream())
                .map(moment -> moment.isBefore(now) ? now : moment)
                .min(Instant::compareTo);
    }

    private static Optional<RotationAction> move(KeyOwner keyOwner, StoredKey key, Instant now) {
        if (movesAt(keyOwner, key).filter(moment -> !moment.isAfter(now)).isEmpty()) {
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

    private static Optional<Instant> movesAt(KeyOwner keyOwner, StoredKey key) {
        return switch (key.status()) {
            case ACTIVE -> keyOwner.successor(key).map(StoredKey::signsFrom);
            case RETIRING -> Optional.of(key.since().plus(keyOwner.rule().overlap()));
            case INACTIVE -> inactiveMovesAt(keyOwner, key);
            case DELETED -> Optional.empty();
        };
    }

    private static Optional<Instant> inactiveMovesAt(KeyOwner keyOwner, StoredKey key) {
        if (key.debt() != StoredKey.Debt.NONE) {
            return Optional.of(key.since());
        }
        return KeyOwner.isSpent(key)
                ? Optional.of(key.since().plus(keyOwner.rule().removeAfter()))
                : Optional.empty();
    }

    private static Optional<RotationAction> replacement(KeyOwner keyOwner, Instant now) {
        return due(keyOwner).filter(due -> !due.at().isAfter(now)).map(due -> replace(keyOwner, due.key()));
    }

    /** A key to replace, and the time. */
    private record Due(StoredKey key, Instant at) {}

    /** Returns the newest key with the time of its replacement. During a rotation no other key is due, unless no key is left that signs. */
    private static Optional<Due> due(KeyOwner keyOwner) {
        if (!keyOwner.rotatesByItself()) {
            return Optional.empty();
        }
        if (keyOwner.newestActive().isEmpty()) {
            return keyOwner.newestRetiring().map(key -> new Due(key, key.since()));
        }
        return keyOwner.isRotating()
                ? Optional.empty()
                : keyOwner.newestActive()
                        .map(key -> new Due(
                                key, key.createdAt().plus(keyOwner.rule().every())));
    }
}
