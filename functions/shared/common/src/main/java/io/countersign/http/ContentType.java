package io.countersign.http;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Checks the Content-Type of a call. */
public final class ContentType {
    private ContentType() {}

    /**
     * Requires exactly one Content-Type, {@code application/json} with no charset or UTF-8. Browsers send this type to another origin only after a preflight, which
     * protects against cross-site requests.
     *
     * @throws ProblemException 415 otherwise
     */
    public static void requireJson(Call call) throws ProblemException {
        if (!isJson(call)) {
            throw new ProblemException(new ProblemException.Problem(
                    415,
                    "UnsupportedMediaType",
                    "The body is not JSON",
                    "Send the body as JSON in UTF-8, with the header Content-Type: application/json."));
        }
    }

    /**
     * Requires exactly one Content-Type, {@code application/x-www-form-urlencoded} with no charset or UTF-8.
     *
     * @throws ProblemException 415 otherwise
     */
    public static void requireForm(Call call) throws ProblemException {
        if (!is(call, "application/x-www-form-urlencoded")) {
            throw new ProblemException(new ProblemException.Problem(
                    415,
                    "UnsupportedMediaType",
                    "The body is not a form",
                    "Send the body as a form, with the header Content-Type: application/x-www-form-urlencoded."));
        }
    }

    /** Whether the call has exactly one Content-Type, {@code application/json} with no charset or UTF-8. */
    public static boolean isJson(Call call) {
        return is(call, "application/json");
    }

    /** Whether the call has exactly one Content-Type, {@code text/plain} with no charset or UTF-8. */
    public static boolean isText(Call call) {
        return is(call, "text/plain");
    }

    private static boolean is(Call call, String mediaType) {
        Optional<String> only = call.onlyHeader("Content-Type");
        return only.isPresent() && is(only.get(), mediaType);
    }

    private static boolean is(String value, String mediaType) {
        if (value.equals(mediaType)) {
            return true;
        }
        String[] parts = value.toLowerCase(Locale.ROOT).split(";", -1);
        if (!parts[0].strip().equals(mediaType) || parts.length > 2) {
            return false;
        }
        return parts.length == 1
                || List.of("charset=utf-8", "charset=\"utf-8\"").contains(parts[1].strip());
    }
}
