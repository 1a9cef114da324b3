package io.countersign.verify.explain;

import io.countersign.oss.RequestParser;
import io.countersign.signing.request.ForeignSignature;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recognizes a URL that is not the signed one, or that this service does not sign, by its text only. */
public final class UrlText {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]{0,15})://.*", Pattern.DOTALL);
    private static final Pattern ENCODED_WHOLE = Pattern.compile("(?i)https?(%3A|:)(%2F|\\\\/){2}.*", Pattern.DOTALL);
    /** The escapes of an ampersand, a slash and an equals sign in HTML and JSON. */
    private static final Pattern ESCAPES = Pattern.compile("(?i)&(amp|#38|#x26);|\\\\u0026|\\\\u003d|\\\\/|%26amp%3B");

    private static final Pattern PLUS_IN_TOKEN = Pattern.compile("[?&](x-oss-)?security-token=[^&]*\\+");

    private UrlText() {}

    /** Empty when the text is not such a URL. */
    public static Optional<Explained.Cause> cause(SeenRequest request) {
        if (request.url().length() > RequestParser.MAX_URL) {
            return Optional.empty();
        }
        return scheme(request.url())
                .or(() -> escaped(request.url()))
                .or(() -> shortened(request.url()))
                .or(() -> foreign(request))
                .or(() -> MangledParameters.cause(request))
                .or(() -> cut(request));
    }

    /** Whether the security token in the URL was not encoded and so lost its plus signs. */
    static boolean hasPlusInToken(String url) {
        return PLUS_IN_TOKEN.matcher(url).find();
    }

    private static Optional<Explained.Cause> scheme(String url) {
        Matcher matcher = SCHEME.matcher(url);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String scheme = matcher.group(1).toLowerCase(Locale.ROOT);
        return switch (scheme) {
            case "http", "https" -> Optional.empty();
            case "rtmp", "rtmps" ->
                Optional.of(
                        new Explained.Cause(
                                "Rtmp",
                                "This URL is for pushing a live stream by RTMP: its signature goes over Expires, its other parameters and /BUCKET/CHANNEL, and an encoder (OBS, ffmpeg) opens it, no HTTP client; it is not judged here."));
            default ->
                Optional.of(
                        new Explained.Cause(
                                "UrlScheme",
                                "The URL begins with " + ShownText.Quoted.of(scheme + "://")
                                        + ", which is how tools such as ossutil name an object; give the http or https URL that was requested."));
        };
    }

    private static Optional<Explained.Cause> escaped(String url) {
        return ENCODED_WHOLE.matcher(url).matches() || ESCAPES.matcher(url).find()
                ? Optional.of(
                        new Explained.Cause(
                                "UrlEscaped",
                                "The URL is escaped as a text of HTML or JSON, or percent-encoded as a whole (&amp; or \\u0026 for &, \\/ or %2F for /), so its parameters are not those that were signed; undo that before it is requested: parse the JSON, or read the attribute's value."))
                : Optional.empty();
    }

    private static Optional<Explained.Cause> shortened(String url) {
        int question = url.indexOf('?');
        String query = question < 0 ? "" : url.substring(question);
        return query.contains("***") || query.endsWith("...") || query.contains("...&") || query.indexOf('\u2026') >= 0
                ? Optional.of(
                        new Explained.Cause(
                                "UrlShortened",
                                "A part of the URL was replaced by asterisks or dots, as logs and pages do; take the whole URL from where it was made (no signature or token is shown here)."))
                : Optional.empty();
    }

    private static Optional<Explained.Cause> foreign(SeenRequest request) {
        return ForeignSignature.in(List.copyOf(UrlSignature.names(request.url())), request.headers())
                .map(refusal -> new Explained.Cause("ForeignSignature", refusal.text()));
    }

    /** A request that is signed in its header has no presigned URL: with V1, its token may be in the query. */
    private static Optional<Explained.Cause> cut(SeenRequest request) {
        Optional<UrlSignature> signature =
                UrlSignature.of(request.url()).filter(found -> !found.lacks().isEmpty());
        if (signature.isEmpty()
                || request.form().isPresent()
                || request.headers().has("authorization")) {
            return Optional.empty();
        }
        boolean first = request.url().indexOf('&') < 0;
        return Optional.of(new Explained.Cause(
                "UrlCut",
                "The URL has " + ParameterText.Subsets.listed(signature.get().has())
                        + " of a presigned URL and lacks "
                        + ParameterText.Subsets.listed(signature.get().lacks())
                        + (first
                                ? ": it ends before its first &, where a shell cuts a URL that is not in quotes; put it in single quotes."
                                : ": a part of it was lost; request the whole URL (in a shell, in single quotes).")));
    }
}
