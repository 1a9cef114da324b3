package io.countersign.verify.forwardauth;

/**
 * How much of an error a proxy can take as a header. nginx's auth_request drops the body of a refusal, so that a proxy which shows the client OSS's XML has to get it in a header, and says how long
 * one may be: {@code X-Countersign-Error-Limit}, in characters.
 */
final class ErrorRoom {
    static final String HEADER = "X-Countersign-Error-Limit";

    /** Whatever the proxy says; with its escapes, a document of the longest string to sign is shorter. */
    private static final int MOST = 16 * 1024;

    private static final int MOST_DIGITS = 5;

    private ErrorRoom() {}

    /** 0 when the header is absent or no number: then the document is in the body alone. */
    static int of(String value) {
        boolean number = !value.isEmpty()
                && value.length() <= MOST_DIGITS
                && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Math.min(Integer.parseInt(value), MOST) : 0;
    }
}
