package io.countersign.policy;

import io.countersign.json.InvalidDocumentException;

/** What a statement does when it matches. */
enum Effect {
    ALLOW,
    DENY;

    static Effect parse(Text text) throws InvalidDocumentException {
        return switch (text.text()) {
            case "Allow" -> ALLOW;
            case "Deny" -> DENY;
            default -> throw text.refused("the effect is \"Allow\" or \"Deny\"");
        };
    }
}
