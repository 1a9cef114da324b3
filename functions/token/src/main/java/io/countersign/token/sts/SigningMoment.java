package io.countersign.token.sts;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** When a call says that it was signed: whole seconds, or with a fraction as ali-oss writes it. */
record SigningMoment(Instant at) {
    /** How far it may be from now, to either side (protocol.md 6). */
    private static final Duration WINDOW = Duration.ofMinutes(15);

    private static final Pattern FORM =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?Z");

    /** @throws StsRefusal InvalidTimeStamp.Format, or InvalidTimeStamp.Expired when it is too far from now */
    static SigningMoment parse(String text, Instant now) throws StsRefusal {
        SigningMoment moment = parse(text);
        if (Duration.between(moment.at, now).abs().compareTo(WINDOW) > 0) {
            throw new StsRefusal(
                    StsError.EXPIRED_TIME,
                    StsError.EXPIRED_TIME.message() + " It must be within 15 minutes of the server's time, which is "
                            + Instant.ofEpochSecond(now.getEpochSecond()) + ".");
        }
        return moment;
    }

    /** The first moment at which the same call is too old, whoever sends it again. */
    Instant replayableUntil() {
        return at.plus(WINDOW).plusSeconds(1);
    }

    private static SigningMoment parse(String text) throws StsRefusal {
        try {
            if (FORM.matcher(text).matches()) {
                return new SigningMoment(Instant.parse(text));
            }
        } catch (DateTimeParseException e) {
            // A 30th of February: refused below like any other text that is no time.
        }
        throw new StsRefusal(
                StsError.INVALID_TIME, StsError.INVALID_TIME.message() + " Write it in UTC as 2026-11-22T03:00:00Z.");
    }
}
