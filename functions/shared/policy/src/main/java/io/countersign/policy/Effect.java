package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;

/** What a statement does when it matches. */
enum Effect {
    ALLOW,
    DENY;

    /** Whether a statement applies of which that is in doubt. */
    boolean applies(Doubt doubt) {
        return switch (this) {
            case ALLOW -> doubt == Doubt.ALLOWS;
            case DENY -> doubt == Doubt.REFUSES;
        };
    }

    /** Whether a statement applies whose Condition is this. */
    boolean applies(Truth condition, Doubt doubt) {
        return switch (condition) {
            case TRUE -> true;
            case UNKNOWN -> applies(doubt);
            case FALSE -> false;
        };
    }

    static Effect parse(Text text) throws InvalidDocumentException {
        return switch (text.text()) {
            case "Allow" -> ALLOW;
            case "Deny" -> DENY;
            default -> throw text.refused("the effect is \"Allow\" or \"Deny\"");
        };
    }
}
