package io.countersign.signing.base;

import io.countersign.oss.Headers;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Reads and writes the two time formats of requests, in whole seconds of UTC: ISO basic {@code 20261122T025236Z} and RFC 1123
 * {@code Sun, 22 Nov 2026 02:52:36 GMT}. It uses no formatter, because it runs for every request and accepts exactly these forms.
 */
public final class SigningTime {
    private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";
    private static final String DAYS = "MonTueWedThuFriSatSun";
    private static final int SECONDS_OF_DAY = 86_400;

    private SigningTime() {}

    /** The time of a text in either format; empty for any other text. */
    public static Optional<Instant> parse(String text) {
        return switch (text.length()) {
            case 16 -> parseIso(text);
            // Java's formatter writes the first nine days of a month with one digit.
            case 28 -> parseRfc1123(text, 1);
            case 29 -> parseRfc1123(text, 2);
            default -> Optional.empty();
        };
    }

    /** Only {@code yyyyMMdd'T'HHmmss'Z'}. */
    public static Optional<Instant> parseIso(String text) {
        if (text.length() != 16 || text.charAt(8) != 'T' || text.charAt(15) != 'Z') {
            return Optional.empty();
        }
        return moment(
                number(text, 0, 4),
                number(text, 4, 2),
                number(text, 6, 2),
                number(text, 9, 2),
                number(text, 11, 2),
                number(text, 13, 2));
    }

    /** The day of the week must be valid, but need not match the date, because no signer depends on it. */
    private static Optional<Instant> parseRfc1123(String text, int dayDigits) {
        int month = 6 + dayDigits;
        boolean shaped = text.startsWith(", ", 3)
                && text.charAt(month - 1) == ' '
                && text.charAt(month + 3) == ' '
                && text.charAt(month + 8) == ' '
                && text.charAt(month + 11) == ':'
                && text.charAt(month + 14) == ':'
                && text.endsWith(" GMT");
        if (!shaped || third(DAYS, text, 0) < 0) {
            return Optional.empty();
        }
        return moment(
                number(text, month + 4, 4),
                third(MONTHS, text, month) + 1,
                number(text, 5, dayDigits),
                number(text, month + 9, 2),
                number(text, month + 12, 2),
                number(text, month + 15, 2));
    }

    private static Optional<Instant> moment(int year, int month, int day, int hour, int minute, int second) {
        if (year < 1970 || month < 1 || day < 1 || hour < 0 || minute < 0 || second < 0) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    LocalDateTime.of(year, month, day, hour, minute, second).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The number of exactly that many ASCII digits; -1 for other characters. */
    private static int number(String text, int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    /** The index of the three-letter name at this position; below -1 when there is none. */
    private static int third(String names, String text, int from) {
        for (int i = 0; i < names.length(); i += 3) {
            if (names.regionMatches(i, text, from, 3)) {
                return i / 3;
            }
        }
        return -2;
    }

    /** The day in UTC as the number {@code yyyyMMdd}. */
    public static int day(Instant moment) {
        LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(moment.getEpochSecond(), SECONDS_OF_DAY));
        return (date.getYear() * 100 + date.getMonthValue()) * 100 + date.getDayOfMonth();
    }

    /** {@code yyyyMMdd'T'HHmmss'Z'}; fractions of the second are dropped. */
    public static String iso(Instant moment) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(16);
        digits(time.getYear(), 4, text);
        digits(time.getMonthValue(), 2, text);
        digits(time.getDayOfMonth(), 2, text);
        text.append('T');
        digits(time.getHour(), 2, text);
        digits(time.getMinute(), 2, text);
        digits(time.getSecond(), 2, text);
        return text.append('Z').toString();
    }

    /** {@code Sun, 22 Nov 2026 02:52:36 GMT}; fractions of the second are dropped. */
    public static String rfc1123(Instant moment) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), 0, ZoneOffset.UTC);
        StringBuilder text = new StringBuilder(29);
        int day = time.getDayOfWeek().getValue() * 3;
        int month = time.getMonthValue() * 3;
        text.append(DAYS, day - 3, day).append(", ");
        digits(time.getDayOfMonth(), 2, text);
        text.append(' ').append(MONTHS, month - 3, month).append(' ');
        digits(time.getYear(), 4, text);
        text.append(' ');
        digits(time.getHour(), 2, text);
        text.append(':');
        digits(time.getMinute(), 2, text);
        text.append(':');
        digits(time.getSecond(), 2, text);
        return text.append(" GMT").toString();
    }

    private static void digits(int number, int width, StringBuilder text) {
        for (int divisor = width == 4 ? 1000 : 10; divisor > 0; divisor /= 10) {
            text.append((char) ('0' + number / divisor % 10));
        }
    }

    /** The date of a request with a signature in the header: x-oss-date if present, else Date (docs/protocol.md 1.1, 3). */
    public static final class RequestDate {
        private RequestDate() {}

        /** The trimmed value. */
        public static Optional<String> of(Headers headers) {
            Optional<String> own =
                    headers.first("x-oss-date").map(HeaderLines::trim).filter(date -> !date.isEmpty());
            return own.isPresent() ? own : headers.first("date").map(HeaderLines::trim);
        }
    }
}
