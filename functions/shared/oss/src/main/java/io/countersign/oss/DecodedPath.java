package io.countersign.oss;

/**
 * A path without its first slash, decoded. It is a part of the URL when that needs no decoding, so that nothing is copied before
 * bucket and key are known.
 */
record DecodedPath(String text, int from, int to) {
    private static final DecodedPath EMPTY = new DecodedPath("", 0, 0);

    /**
     * Decodes the part of a URL from one index to another.
     *
     * @param from the index of the first slash; {@code to} when there is none
     * @throws OssRefusal as {@link PercentEncoding#decode}
     */
    static DecodedPath of(String url, int from, int to) throws OssRefusal {
        if (from == to) {
            return EMPTY;
        }
        if (PercentEncoding.isPlain(url, from, to)) {
            return new DecodedPath(url, from + 1, to);
        }
        String decoded = PercentEncoding.decode(url, from + 1, to, EncodedText.URL);
        return new DecodedPath(decoded, 0, decoded.length());
    }

    /** Whether there is nothing but slashes. */
    boolean isSlashes() {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '/') {
                return false;
            }
        }
        return true;
    }

    /** The path up to its first slash. */
    String first() {
        int slash = text.indexOf('/', from, to);
        return text.substring(from, slash < 0 ? to : slash);
    }

    /** The path after its first slash; empty without one. */
    String rest() {
        int slash = text.indexOf('/', from, to);
        return slash < 0 ? "" : text.substring(slash + 1, to);
    }

    String whole() {
        return text.substring(from, to);
    }
}
