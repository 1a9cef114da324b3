package io.countersign.signcontent;

import io.countersign.http.Refused;
import io.countersign.oss.Headers;
import io.countersign.signing.base.SigningTime;
import java.time.Instant;
import java.util.Optional;

/**
 * The fourth line of V1's string to sign: the date of a request that is signed in its header, or the digits of Expires of one that is signed in its URL.
 *
 * @param expires of a URL
 */
record V1Date(Optional<Instant> expires) {
    static final String HEADER = "x-oss-date";

    private static final int MAX_DIGITS = 10;

    /** @throws Refused InvalidDate for anything else, and when x-oss-date is among the headers and says something else */
    static V1Date parse(String line, Headers headers) throws Refused {
        if (isDigits(line)) {
            return new V1Date(Optional.of(Instant.ofEpochSecond(Long.parseLong(line))));
        }
        if (SigningTime.parse(line).isEmpty() || SigningTime.parseIso(line).isPresent()) {
            throw ContentError.INVALID_DATE.because(
                    "The fourth line is neither a date as in \"Sun, 22 Nov 2026 02:52:36 GMT\" nor the digits of Expires; sign what an SDK builds.");
        }
        if (!headers.all(HEADER).stream().allMatch(line::equals)) {
            throw ContentError.INVALID_DATE.because(
                    "The header x-oss-date and the fourth line are different dates; a server takes x-oss-date for both.");
        }
        return new V1Date(Optional.empty());
    }

    /** Whether the signature goes into a header. */
    boolean isOfHeader() {
        return expires.isEmpty();
    }

    /** The headers without the date. One in a request that is signed in its URL is a header like any other, and none that is signed. */
    Headers own(Headers headers) {
        return isOfHeader() ? headers.without(HEADER) : headers;
    }

    /** Digits that the number gives back. */
    private static boolean isDigits(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_DIGITS
                && text.charAt(0) != '0'
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
