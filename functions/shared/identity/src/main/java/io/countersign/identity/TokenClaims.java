package io.countersign.identity;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Value.NumberValue;
import io.countersign.registry.IdSyntax;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The claims of a token, with their types checked.
 *
 * @param audiences {@code aud}: a string, or the distinct members of an array
 * @param issued {@code iat}, without a fraction
 * @param expires {@code exp}, without a fraction
 * @param all every top-level claim by name
 */
record TokenClaims(
        String issuer,
        List<String> audiences,
        String subject,
        Instant issued,
        Instant expires,
        Map<String, Value> all) {
    /** The most audiences of a token, because each one is a lookup. */
    static final int MAX_AUDIENCES = 10;

    private static final int MAX_NAME = 1024;
    private static final BigDecimal LAST_SECOND = BigDecimal.valueOf(253_402_300_799L);

    TokenClaims {
        audiences = List.copyOf(audiences);
        all = Map.copyOf(all);
    }

    static TokenClaims of(Value payload) throws CallerRefusal {
        try {
            Members members = Members.of(payload);
            Instant expires = time(members.required("exp"), "exp");
            Instant issued = time(members.required("iat"), "iat");
            Optional<Value> notBefore = members.optional("nbf");
            if (notBefore.isPresent()) {
                time(notBefore.get(), "nbf");
            }
            return new TokenClaims(
                    name(members.string("iss"), "iss", MAX_NAME),
                    audiences(members.required("aud")),
                    subject(members.string("sub")),
                    issued,
                    expires,
                    payload instanceof Value.ObjectValue object ? object.members() : Map.of());
        } catch (InvalidDocumentException e) {
            throw refused("The token's claims are not valid at \"" + e.location() + "\": " + e.problem() + ".");
        }
    }

    /** Accepts fractions (RFC 7519 2, NumericDate), and no time after the year 9999. */
    private static Instant time(Value value, String name) throws CallerRefusal {
        if (value instanceof NumberValue number) {
            try {
                BigDecimal seconds = new BigDecimal(number.literal());
                if (seconds.signum() >= 0 && seconds.compareTo(LAST_SECOND) <= 0) {
                    return Instant.ofEpochSecond(seconds.longValue());
                }
            } catch (NumberFormatException e) {
                // A number with an excessive exponent is refused below as out of range.
            }
        }
        throw refused("The token's claim \"" + name + "\" must be a number of seconds since 1970.");
    }

    private static List<String> audiences(Value value) throws InvalidDocumentException, CallerRefusal {
        Set<String> audiences = new LinkedHashSet<>();
        for (String audience : Members.strings(value)) {
            audiences.add(name(audience, "aud", MAX_NAME));
        }
        if (audiences.size() > MAX_AUDIENCES) {
            throw refused("The token names more than " + MAX_AUDIENCES + " audiences; have it issued for fewer.");
        }
        return List.copyOf(audiences);
    }

    private static String name(String text, String claim, int max) throws CallerRefusal {
        if (text.isEmpty() || text.length() > max || !IdSyntax.isPrintable(text)) {
            throw refused("The token's claim \"" + claim + "\" must be of 1 to " + max + " printable characters.");
        }
        return text;
    }

    private static String subject(String text) throws CallerRefusal {
        if (!IdSyntax.isSubject(text)) {
            throw refused("The token's claim \"sub\" must be of 1 to 255 printable characters.");
        }
        return text;
    }

    private static CallerRefusal refused(String message) {
        return new CallerRefusal(CallerRefusal.Code.INVALID_TOKEN, message);
    }
}
