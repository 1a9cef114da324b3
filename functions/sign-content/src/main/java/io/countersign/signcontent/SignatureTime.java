package io.countersign.signcontent;

import io.countersign.http.ProblemException;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.signing.RequestCredentials;
import io.countersign.signing.Validity;
import io.countersign.signing.base.SigningTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Bounds the validity of a signature: its date must be within 15 minutes of now, and an expiry must be in the future and at most the configured time ahead. */
final class SignatureTime {
    private final Duration maxExpiry;

    SignatureTime(Duration maxExpiry) {
        this.maxExpiry = maxExpiry;
    }

    /** @throws ProblemException InvalidDate, RequestTimeTooSkewed, RequestExpired or ExpiresTooFar */
    void check(ContentSigner.Parsed parsed, Instant now) throws ProblemException {
        try {
            Validity.check(parsed.presented(), parsed.request(), now);
        } catch (OssRefusal refusal) {
            throw refused(refusal, now);
        }
        if (parsed.presented() instanceof RequestCredentials.V4Url url && isOld(url, now)) {
            throw skewed(now);
        }
        if (parsed.expires().isPresent() && parsed.expires().get().isAfter(now.plus(maxExpiry))) {
            throw ContentError.EXPIRES_TOO_FAR.cause("A URL is signed for at most " + maxExpiry.toSeconds()
                    + " seconds from now; request less. The server's time is " + text(now) + ".");
        }
    }

    private static ProblemException refused(OssRefusal refusal, Instant now) {
        if (refusal.error() == OssError.REQUEST_TIME_TOO_SKEWED) {
            return skewed(now);
        }
        if (refusal.error() == OssError.REQUEST_EXPIRED) {
            return ContentError.REQUEST_EXPIRED.cause(
                    "The URL would have expired already; request a later expiry. The server's time is " + text(now)
                            + ".");
        }
        return ContentError.INVALID_DATE.cause(refusal.text());
    }

    /** Servers accept an old V4 URL until it expires, but no client needs a new signature with an old date. */
    private static boolean isOld(RequestCredentials.V4Url url, Instant now) {
        return SigningTime.parseIso(url.date())
                .map(date -> date.isBefore(now.minus(Validity.MAX_SKEW)))
                .orElse(true);
    }

    private static ProblemException skewed(Instant now) {
        return ContentError.REQUEST_TIME_TOO_SKEWED.cause(
                "The date is more than 15 minutes from now; correct the clock and sign again. The server's time is "
                        + text(now) + ".");
    }

    private static String text(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
