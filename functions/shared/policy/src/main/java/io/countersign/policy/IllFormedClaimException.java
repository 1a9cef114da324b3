package io.countersign.policy;

/**
 * A claim that a role policy uses has a value that cannot be filled in. The message names the claim, never its value.
 */
public final class IllFormedClaimException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String claim;

    IllFormedClaimException(String claim) {
        super(
                "the claim \"" + claim + "\" cannot be filled into the role's policies; it must be 1 to "
                        + Claims.MAX_LENGTH + " ASCII letters, digits or .-_@|:+=~ and not \".\" or \"..\"",
                null,
                false,
                false);
        this.claim = claim;
    }

    /** The name of the claim, without {@code jwt:}. */
    public String claim() {
        return claim;
    }
}
