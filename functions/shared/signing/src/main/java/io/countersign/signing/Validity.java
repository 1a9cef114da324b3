package io.countersign.signing;

import io.countersign.oss.ErrorDetails;
import io.countersign.oss.OssError;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.signing.base.SigningTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Checks the time of a signature: a date within 15 minutes of the present, or an expiry in the future (docs/protocol.md 1.4, 3, 8). */
public final class Validity {
    /** The largest difference between the date of a request and the present, in both directions. */
    public static final Duration MAX_SKEW = Duration.ofMinutes(15);

    private Validity() {}

    /**
     * @throws OssRefusal {@link OssError#INVALID_DATE} without a valid date, {@link OssError#INVALID_SIGNING_DATE} when V4's date and credential disagree,
     *     {@link OssError#REQUEST_TIME_TOO_SKEWED} (also for a V4 URL from the future), {@link OssError#REQUEST_EXPIRED}
     */
    public static void check(RequestCredentials.Signed signed, OssRequest request, Instant now) throws OssRefusal {
        switch (signed) {
            case RequestCredentials.V1Header v1 -> checkSkew(headerDate(request), now);
            case RequestCredentials.V2Header v2 -> checkSkew(headerDate(request), now);
            case RequestCredentials.V4Header v4 -> {
                Instant date = headerDate(request);
                checkDay(v4.scope(), date);
                checkSkew(date, now);
            }
            case RequestCredentials.V1Url v1 -> checkExpiry(Instant.ofEpochSecond(v1.expires()), now);
            case RequestCredentials.V2Url v2 -> checkExpiry(Instant.ofEpochSecond(v2.expires()), now);
            case RequestCredentials.V4Url v4 -> {
                Instant date = moment(v4.date());
                checkDay(v4.scope(), date);
                if (date.isAfter(now.plus(MAX_SKEW))) {
                    throw skewed(date, now);
                }
                checkExpiry(date.plusSeconds(v4.expiresSeconds()), now);
            }
        }
    }

    private static Instant headerDate(OssRequest request) throws OssRefusal {
        return moment(SigningTime.RequestDate.of(request.headers()).orElse(""));
    }

    private static Instant moment(String text) throws OssRefusal {
        return SigningTime.parse(text).orElseThrow(() -> new OssRefusal(OssError.INVALID_DATE));
    }

    private static void checkDay(CredentialScope scope, Instant date) throws OssRefusal {
        if (SigningTime.day(date) != Integer.parseInt(scope.date())) {
            throw new OssRefusal(OssError.INVALID_SIGNING_DATE);
        }
    }

    private static void checkSkew(Instant date, Instant now) throws OssRefusal {
        if (date.isAfter(now.plus(MAX_SKEW)) || date.isBefore(now.minus(MAX_SKEW))) {
            throw skewed(date, now);
        }
    }

    /** The refusal of a date outside the window, with the window, the date and the present. */
    public static OssRefusal skewed(Instant date, Instant now) {
        ErrorDetails details = new ErrorDetails.Builder()
                .add("MaxAllowedSkewMilliseconds", Long.toString(MAX_SKEW.toMillis()))
                .add("RequestTime", millis(date))
                .add("ServerTime", millis(now))
                .build();
        return new OssRefusal(OssError.REQUEST_TIME_TOO_SKEWED, OssError.REQUEST_TIME_TOO_SKEWED.message(), details);
    }

    private static void checkExpiry(Instant expiry, Instant now) throws OssRefusal {
        if (now.isAfter(expiry)) {
            throw expired(expiry, now);
        }
    }

    /** The refusal of an expired signature, with its expiry and the present. */
    public static OssRefusal expired(Instant expiry, Instant now) {
        ErrorDetails details = new ErrorDetails.Builder()
                .add("Expires", millis(expiry))
                .add("ServerTime", millis(now))
                .build();
        return new OssRefusal(OssError.REQUEST_EXPIRED, OssError.REQUEST_EXPIRED.message(), details);
    }

    /** Whole seconds with three zeros, the form of times in errors of OSS. */
    private static String millis(Instant moment) {
        String text = moment.truncatedTo(ChronoUnit.SECONDS).toString();
        return text.substring(0, text.length() - 1) + ".000Z";
    }
}
