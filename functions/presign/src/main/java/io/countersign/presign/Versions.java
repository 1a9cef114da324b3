package io.countersign.presign;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.signing.SignatureVersion;

/** The member {@code version} of what is asked for. */
final class Versions {
    private Versions() {}

    /**
     * V4 when it is absent.
     *
     * @param what is made, in the plural
     */
    static SignatureVersion read(Members members, String what) throws InvalidDocumentException {
        return switch (members.optionalString("version").orElse("V4")) {
            case "V4" -> SignatureVersion.V4;
            case "V1" -> SignatureVersion.V1;
            case "V2" -> throw refused(members, "V2 " + what + " are not made, few clients know it; ask for V4 or V1");
            default -> throw refused(members, "expected V4 or V1");
        };
    }

    private static InvalidDocumentException refused(Members members, String problem) {
        return new InvalidDocumentException(
                members.optional("version").map(Value::at).orElse(members.at()), problem);
    }
}
