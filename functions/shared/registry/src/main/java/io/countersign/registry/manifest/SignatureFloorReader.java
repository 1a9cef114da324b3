package io.countersign.registry.manifest;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.registry.SignatureFloor;
import io.countersign.signing.SignatureVersion;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** Reads {@code minimumSignatureVersion} and {@code minimumSignatureVersionFrom} of a bucket. */
final class SignatureFloorReader {
    private static final String VERSION = "minimumSignatureVersion";
    private static final String FROM = "minimumSignatureVersionFrom";

    private SignatureFloorReader() {}

    static Optional<SignatureFloor> read(Members bucket) throws InvalidDocumentException {
        if (!bucket.has(VERSION)) {
            if (bucket.has(FROM)) {
                throw new InvalidDocumentException(
                        bucket.required(FROM).at(),
                        "a date needs the version that it is for; add \"" + VERSION + ": V4\"");
            }
            return Optional.empty();
        }
        Texts.required(bucket, VERSION, "V4"::equals, "V4");
        Optional<Instant> from = bucket.has(FROM) ? Optional.of(moment(bucket.required(FROM))) : Optional.empty();
        return Optional.of(new SignatureFloor(SignatureVersion.V4, from));
    }

    /** A date begins at midnight in UTC. */
    private static Instant moment(Value value) throws InvalidDocumentException {
        String text = Members.string(value);
        try {
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidDocumentException(
                    value.at(), "expected a date such as 2027-01-01, or a moment in UTC such as 2027-01-01T08:00:00Z");
        }
    }
}
