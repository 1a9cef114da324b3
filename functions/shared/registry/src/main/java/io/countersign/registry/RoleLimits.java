package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How much one subject of a role gets in a minute from each process. Absent: as much as it asks for.
 *
 * @param sessionsPerMinute 1 to {@link #MAX}
 * @param signaturesPerMinute 1 to {@link #MAX}; each URL, form and signed string is one
 */
public record RoleLimits(OptionalInt sessionsPerMinute, OptionalInt signaturesPerMinute) {
    /** The largest limit. */
    public static final int MAX = 100_000;

    /** No limit. */
    public static final RoleLimits NONE = new RoleLimits(OptionalInt.empty(), OptionalInt.empty());

    private static final String SESSIONS = "sessionsPerMinute";
    private static final String SIGNATURES = "signaturesPerMinute";

    /** @throws IllegalArgumentException when a limit is out of its bounds */
    public RoleLimits {
        requireIn(sessionsPerMinute);
        requireIn(signaturesPerMinute);
    }

    private static void requireIn(OptionalInt limit) {
        if (limit.isPresent() && (limit.getAsInt() < 1 || limit.getAsInt() > MAX)) {
            throw new IllegalArgumentException("a limit is from 1 to " + MAX);
        }
    }

    /**
     * Reads the limits of a manifest or of a stored role.
     *
     * @throws InvalidDocumentException when a member is unknown or out of its bounds
     */
    public static RoleLimits read(Members members) throws InvalidDocumentException {
        RoleLimits limits = new RoleLimits(limit(members, SESSIONS), limit(members, SIGNATURES));
        members.done();
        return limits;
    }

    private static OptionalInt limit(Members members, String name) throws InvalidDocumentException {
        OptionalLong limit = members.optionalInteger(name, 1, MAX);
        return limit.isPresent() ? OptionalInt.of((int) limit.getAsLong()) : OptionalInt.empty();
    }

    void write(JsonText.ObjectWriter members) {
        sessionsPerMinute.ifPresent(limit -> members.put(SESSIONS, limit));
        signaturesPerMinute.ifPresent(limit -> members.put(SIGNATURES, limit));
    }
}
