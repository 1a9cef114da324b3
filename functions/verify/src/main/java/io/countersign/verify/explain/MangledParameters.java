package io.countersign.verify.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes parameters of a presigned URL that are present and that a server does not find: their separator is not {@code &}, or their names are in another case. */
final class MangledParameters {
    /** An ampersand that was encoded at least once, or the separator that HTML 4 recommends (appendix B.2.2). */
    private static final Pattern SEPARATED =
            Pattern.compile("(?i:(%(?:25)*26|;))(" + String.join("|", UrlSignature.NAMES) + ")(?i:=|%(?:25)*3D)");

    /** The beginning of a URL inside of a parameter's value. */
    private static final Pattern NESTED = Pattern.compile("(?i)(?::|%(?:25)*3A)(?:/|%(?:25)*2F){2}");

    private static final String V1_ALONE = "OSSAccessKeyId";
    /** Names of V1 that other services use as well. */
    private static final Set<String> COMMON = Set.of("Expires", "Signature");

    private MangledParameters() {}

    /** Empty when the URL has no such parameters, or its request is signed in the header or a form. */
    static Optional<Explained.Cause> cause(SeenRequest request) {
        return request.form().isPresent() || request.headers().has("authorization")
                ? Optional.empty()
                : separated(request.url()).or(() -> inAnotherCase(request.url()));
    }

    private static Optional<Explained.Cause> separated(String url) {
        int question = url.indexOf('?');
        if (question < 0) {
            return Optional.empty();
        }
        Set<String> found = UrlSignature.names(url);
        boolean whole = isWhole(url);
        for (String piece : url.substring(question + 1).split("&", -1)) {
            Matcher separated = SEPARATED.matcher(piece);
            boolean others = NESTED.matcher(piece).find() || whole && !UrlSignature.NAMES.contains(nameOf(piece));
            if (!others && separated.find() && !found.contains(separated.group(2))) {
                boolean semicolon = separated.group(1).equals(";");
                return Optional.of(
                        new Explained.Cause(
                                "UrlSeparators",
                                "The parameters of the URL are separated by "
                                        + (semicolon
                                                ? "; in place of &"
                                                : "%26 in place of &, so the whole query was encoded once more")
                                        + ", and the server takes " + ShownText.Quoted.of(separated.group(2))
                                        + " for a part of the value before it; request the URL as it was made, with & between its parameters."));
            }
        }
        return Optional.empty();
    }

    private static boolean isWhole(String url) {
        return UrlSignature.of(url).filter(found -> found.lacks().isEmpty()).isPresent();
    }

    private static String nameOf(String piece) {
        int equals = piece.indexOf('=');
        return equals < 0 ? piece : piece.substring(0, equals);
    }

    private static Optional<Explained.Cause> inAnotherCase(String url) {
        Set<String> found = UrlSignature.names(url);
        boolean v1 = found.stream().anyMatch(V1_ALONE::equalsIgnoreCase);
        Map<String, String> written = new LinkedHashMap<>();
        for (String name : UrlSignature.NAMES) {
            if (!found.contains(name) && (v1 || !COMMON.contains(name))) {
                found.stream().filter(name::equalsIgnoreCase).forEach(other -> written.put(other, name));
            }
        }
        return written.isEmpty() || isWhole(url)
                ? Optional.empty()
                : Optional.of(
                        new Explained.Cause(
                                "ParameterCase",
                                "The URL has " + ParameterText.Subsets.listed(List.copyOf(written.keySet()))
                                        + " where OSS reads "
                                        + ParameterText.Subsets.listed(List.copyOf(written.values()))
                                        + ": the case of a parameter's name counts, and something on the way changed it; request the URL as it was made."));
    }
}
