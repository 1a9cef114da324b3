package io.countersign.presign.uploads;

import io.countersign.http.ProblemException;
import io.countersign.identity.CallerRefusal;
import io.countersign.json.Value;
import io.countersign.policy.Claims;
import io.countersign.registry.NewCredentials;
import io.countersign.registry.Upload;
import io.countersign.registry.UploadKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The object that an upload is going to write.
 *
 * @param id the 32 hex digits of a UUID of version 4, which names this upload alone
 */
record NewObject(String id, String key) {
    /** Names the object of an upload: the manifest's key, filled with the claims of the token by the rule of role policies (docs/manifest.md). */
    static NewObject of(
            Upload upload, UploadRequest request, Map<String, Value> claims, SecureRandom random, Instant now)
            throws ProblemException {
        String id = NewCredentials.uuid(random).toString().replace("-", "");
        Map<String, String> values = values(upload.key(), claims);
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        String key = upload.key().filled(values::get, variable -> switch (variable) {
            case UUID -> uuid(id);
            case EXT -> FileTypes.extension(request.filename(), request.contentType());
            case YEAR -> digits(4, today.getYear());
            case MONTH -> digits(2, today.getMonthValue());
            case DAY -> digits(2, today.getDayOfMonth());
        });
        return new NewObject(id, key);
    }

    private static Map<String, String> values(UploadKey key, Map<String, Value> claims) throws ProblemException {
        Map<String, String> values = new HashMap<>();
        for (String name : key.claims()) {
            Optional<Value> claim = Optional.ofNullable(claims.get(name));
            if (claim.isEmpty()) {
                throw refused("The token has no claim \"" + name
                        + "\", which the key of this upload uses; have it issued with one.");
            }
            if (!(claim.get() instanceof Value.StringValue(Value.Location at, String text))
                    || !Claims.isWellFormed(text)) {
                throw refused(
                        "The claim \"" + name
                                + "\" cannot be filled into the key of this upload: it must be a string of 1 to 256 letters, digits and .-_@|:+=~.");
            }
            values.put(name, text);
        }
        return values;
    }

    private static ProblemException refused(String message) {
        return new ProblemException(new CallerRefusal(CallerRefusal.Code.CLAIM_REFUSED, message).problem());
    }

    /** The UUID in the key, written as RFC 9562 has it. */
    static String uuid(String id) {
        return String.join(
                "-",
                id.substring(0, 8),
                id.substring(8, 12),
                id.substring(12, 16),
                id.substring(16, 20),
                id.substring(20));
    }

    private static String digits(int count, int number) {
        return String.format(Locale.ROOT, "%0" + count + "d", number);
    }
}
