package io.countersign.oss;

import java.util.Optional;

/**
 * Parses a request from method, URL and header lines into an {@link OssRequest}. The URL is absolute ({@code http} or
 * {@code https}) or the target of the request line, which begins with a slash and needs exactly one Host header. It is
 * decoded exactly once, and paths are never normalised.
 */
public final class RequestParser {
    /** The largest number of characters of a URL. */
    public static final int MAX_URL = 8 * 1024;
    /** The largest number of header lines of a request. */
    public static final int MAX_HEADERS = 256;
    /** The largest number of characters of all header lines, including four for each line's separators. */
    public static final int MAX_HEADER_BLOCK = 32 * 1024;

    /** Characters that must be encoded in a URL: controls, the space, and delimiters of other parts. */
    private static final boolean[] FORBIDDEN = forbidden();

    private RequestParser() {}

    /**
     * Parses a request. The headers of the result contain exactly one Host, taken from an absolute URL where none was
     * sent.
     *
     * @throws OssRefusal MethodNotAllowed for a method that OSS does not support; InvalidArgument for a URL or header
     *     that is malformed, too long, or names two hosts; InvalidBucketName; InvalidObjectName; AccessDenied, naming
     *     the hosts that are served, when the host is neither under a base domain nor bound to a bucket
     * @throws E when the custom domains are not available
     */
    public static <E extends Exception> OssRequest parse(
            String method, String url, Headers headers, BaseDomains bases, DomainLookup<E> domains)
            throws OssRefusal, E {
        HttpMethod verb = HttpMethod.of(method).orElse(null);
        if (verb == null) {
            throw new OssRefusal(OssError.METHOD_NOT_ALLOWED);
        }
        checkCharacters(url);
        HeaderRules.check(headers);
        SplitUrl split = SplitUrl.of(url);
        Headers complete = withHost(split, headers);
        Authority authority = Authority.parse(complete.first("host").orElseThrow());
        Address address = new AddressReader<>(bases, domains).read(authority, split);
        return new OssRequest(verb, address, split.parameters(), complete);
    }

    private static void checkCharacters(String url) throws OssRefusal {
        if (url.length() > MAX_URL) {
            throw refused("The URL is longer than " + MAX_URL + " characters; shorten it.");
        }
        for (int i = 0; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c < FORBIDDEN.length && FORBIDDEN[c]) {
                throw refused(
                        c == '#'
                                ? "The URL has a fragment; leave it out, or encode # as %23."
                                : "The URL holds a space, a control character or a backslash; percent-encode it.");
            }
        }
    }

    private static boolean[] forbidden() {
        boolean[] forbidden = new boolean[128];
        for (char c = 0; c < forbidden.length; c++) {
            forbidden[c] = c <= ' ' || c == 0x7F || c == '\\' || c == '#';
        }
        return forbidden;
    }

    private static Headers withHost(SplitUrl split, Headers headers) throws OssRefusal {
        Optional<String> host = headers.first("host");
        if (host.isPresent() && headers.isRepeated("host")) {
            throw refused("There are several Host headers; send one.");
        }
        if (!split.isAbsolute()) {
            if (host.isEmpty()) {
                throw refused("There is no Host header; send one, or an absolute URL.");
            }
            return headers;
        }
        if (host.isEmpty()) {
            return headers.and("host", split.authority());
        }
        Authority named = Authority.parse(split.authority());
        if (!named.isSame(Authority.parse(host.get()), split.defaultPort())) {
            throw refused("The Host header and the URL name different hosts; send one of them, or both the same.");
        }
        return headers;
    }

    static OssRefusal refused(String message) {
        return new OssRefusal(OssError.INVALID_ARGUMENT, message);
    }

    /**
     * The raw parts of a URL.
     *
     * @param scheme {@code http}, {@code https}, or empty for the target of a request line
     * @param authority empty for the target of a request line
     * @param path the index of the path's first slash, or of what follows the authority when the URL has no path
     * @param end the index after the path: of the first question mark, or the end of the URL
     */
    record SplitUrl(String scheme, String authority, String url, int path, int end) {
        static SplitUrl of(String url) throws OssRefusal {
            if (url.startsWith("/")) {
                return of("", "", url, 0);
            }
            String scheme = scheme(url);
            int start = scheme.length() + 3;
            int end = start;
            while (end < url.length() && url.charAt(end) != '/' && url.charAt(end) != '?') {
                end++;
            }
            return of(scheme, url.substring(start, end), url, end);
        }

        DecodedPath decodedPath() throws OssRefusal {
            return DecodedPath.of(url, path, end);
        }

        QueryParameters parameters() throws OssRefusal {
            return QueryParameters.parse(url, Math.min(end + 1, url.length()), EncodedText.URL);
        }

        boolean isAbsolute() {
            return !scheme.isEmpty();
        }

        String defaultPort() {
            return scheme.equals("https") ? "443" : "80";
        }

        private static SplitUrl of(String scheme, String authority, String url, int from) {
            int question = url.indexOf('?', from);
            return new SplitUrl(scheme, authority, url, from, question < 0 ? url.length() : question);
        }

        private static String scheme(String url) throws OssRefusal {
            if (url.regionMatches(true, 0, "https://", 0, 8)) {
                return "https";
            }
            if (url.regionMatches(true, 0, "http://", 0, 7)) {
                return "http";
            }
            throw RequestParser.refused(
                    "The URL is neither absolute (http or https) nor a path that begins with a slash.");
        }
    }
}
