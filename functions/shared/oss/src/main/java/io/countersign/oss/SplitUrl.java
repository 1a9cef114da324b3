package io.countersign.oss;

/**
 * A URL in its raw pieces, nothing decoded.
 *
 * @param scheme {@code http}, {@code https}, or empty for the target of a request line
 * @param authority empty for the target of a request line
 * @param path from its first slash; a lone slash when the URL has none
 * @param query what follows the first question mark
 */
record SplitUrl(String scheme, String authority, String path, String query) {
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

    boolean isAbsolute() {
        return !scheme.isEmpty();
    }

    String defaultPort() {
        return scheme.equals("https") ? "443" : "80";
    }

    private static SplitUrl of(String scheme, String authority, String url, int from) {
        int question = url.indexOf('?', from);
        int end = question < 0 ? url.length() : question;
        String path = end == from ? "/" : url.substring(from, end);
        return new SplitUrl(scheme, authority, path, question < 0 ? "" : url.substring(question + 1));
    }

    private static String scheme(String url) throws OssRefusal {
        if (url.regionMatches(true, 0, "https://", 0, 8)) {
            return "https";
        }
        if (url.regionMatches(true, 0, "http://", 0, 7)) {
            return "http";
        }
        throw RequestParser.refused("The URL is neither absolute (http or https) nor a path that begins with a slash.");
    }
}
