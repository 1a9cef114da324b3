package io.countersign.http.hostile;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One change to a text. It fits any text: places and lengths are taken modulo what is there.
 *
 * @param part which part of a call is changed, where it has several
 * @param at where
 * @param length how many characters it concerns
 * @param piece what is put there
 */
public record Edit(Kind kind, int part, int at, int length, String piece) {
    /** The kind of change to the text. */
    public enum Kind {
        INSERT,
        REPLACE,
        APPEND,
        REMOVE,
        REPEAT,
        CUT,
        FLIP_BIT,
        FLIP_CASE,
        PERCENT_ENCODE,
        JSON_ESCAPE,
        REVERSE
    }

    /** The part that is changed of so many. */
    public int partOf(int count) {
        return Math.floorMod(part, count);
    }

    /** The text with this change. */
    public String on(String text) {
        int from = Math.floorMod(at, text.length() + 1);
        int to = Math.min(text.length(), from + length);
        String before = text.substring(0, from);
        String slice = text.substring(from, to);
        String after = text.substring(to);
        return switch (kind) {
            case INSERT -> before + piece + slice + after;
            case REPLACE -> before + piece + after;
            case APPEND -> text + piece;
            case REMOVE -> before + after;
            case REPEAT -> before + slice + slice + after;
            case CUT -> before;
            case FLIP_BIT -> slice.isEmpty() ? text : before + flipped(slice) + after;
            case FLIP_CASE -> before + (isUpper(slice) ? lower(slice) : slice.toUpperCase(Locale.ROOT)) + after;
            case PERCENT_ENCODE -> before + percentEncoded(slice) + after;
            case JSON_ESCAPE -> before + jsonEscaped(slice) + after;
            case REVERSE -> before + new StringBuilder(slice).reverse() + after;
        };
    }

    private String flipped(String slice) {
        return (char) (slice.charAt(0) ^ 1 << Math.floorMod(part, 8)) + slice.substring(1);
    }

    private static boolean isUpper(String slice) {
        return slice.equals(slice.toUpperCase(Locale.ROOT));
    }

    private static String lower(String slice) {
        return slice.toLowerCase(Locale.ROOT);
    }

    private static String percentEncoded(String slice) {
        StringBuilder text = new StringBuilder();
        for (byte octet : slice.getBytes(StandardCharsets.UTF_8)) {
            text.append(String.format("%%%02x", octet));
        }
        return text.toString();
    }

    private static String jsonEscaped(String slice) {
        StringBuilder text = new StringBuilder();
        slice.chars().forEach(unit -> text.append(String.format("\\u%04x", unit)));
        return text.toString();
    }
}
