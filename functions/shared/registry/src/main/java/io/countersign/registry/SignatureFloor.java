package io.countersign.registry;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.signing.SignatureVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * The oldest version of signatures that a bucket accepts.
 *
 * @param minimum V4
 * @param from the moment from which older versions are refused; empty: always
 */
public record SignatureFloor(SignatureVersion minimum, Optional<Instant> from) {
    /** @throws IllegalArgumentException for another version than V4: no bucket needs V2 or accepts less than V1 */
    public SignatureFloor {
        if (minimum != SignatureVersion.V4) {
            throw new IllegalArgumentException("the minimum is V4");
        }
    }

    /** Whether a signature of this version is refused at that moment. */
    public boolean refuses(SignatureVersion version, Instant now) {
        return version.compareTo(minimum) < 0 && (from.isEmpty() || !now.isBefore(from.get()));
    }

    /**
     * What to do, for a refusal.
     *
     * @param bucket the name of the bucket, which need not be the one of the request's URL
     */
    public String advice(String bucket) {
        return "The bucket " + bucket + " accepts only " + minimum + " signatures"
                + from.map(moment -> " since " + moment).orElse("") + "; sign with " + minimum + ".";
    }

    void write(JsonText.ObjectWriter members) {
        members.put("minimum", minimum.name()).put("from", from.map(Instant::toString));
    }

    static SignatureFloor read(Members members) throws InvalidDocumentException {
        SignatureVersion minimum = ItemFields.one(
                members,
                "minimum",
                text -> Optional.of(SignatureVersion.V4).filter(v4 -> v4.name().equals(text)));
        Optional<Instant> from =
                members.has("from") ? Optional.of(ItemFields.instant(members, "from")) : Optional.empty();
        members.done();
        return new SignatureFloor(minimum, from);
    }
}
