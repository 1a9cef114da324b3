package io.countersign.http;

/** The limits of a call. */
public final class RequestLimits {
    /** Bytes of a body. */
    public static final int BODY = 64 * 1024;
    /** Bytes of the body of a batch of presign requests. */
    public static final int PRESIGN_BODY = 1024 * 1024;
    /** Bytes of a body over its limit that the server still reads, so that the client receives the answer. */
    public static final int DRAIN = 2 * 1024 * 1024;
    /** Characters of a URL. */
    public static final int URL = 8 * 1024;
    /** Bytes of all header lines. */
    public static final int HEADER_BLOCK = 32 * 1024;

    private RequestLimits() {}

    /**
     * Checks the method, the URL, the headers and the body of a call.
     *
     * @throws ProblemException 405 with Allow, 414, 431 or 413
     */
    public static void check(Call call, int maxBody, String... methods) throws ProblemException {
        if (!isOneOf(call.method(), methods)) {
            throw new ProblemException(ProblemException.Problem.methodNotAllowed(methods));
        }
        if (call.path().length()
                        + call.rawQuery().map(query -> query.length() + 1).orElse(0)
                > URL) {
            throw new ProblemException(ProblemException.Problem.urlTooLong());
        }
        int block = 0;
        for (Header header : call.headers()) {
            block += header.name().length() + header.value().length() + 4;
        }
        if (block > HEADER_BLOCK) {
            throw new ProblemException(ProblemException.Problem.headersTooLarge());
        }
        if (call.body().length() > maxBody) {
            throw new ProblemException(ProblemException.Problem.bodyTooLarge(maxBody));
        }
    }

    private static boolean isOneOf(String method, String... methods) {
        for (String allowed : methods) {
            if (allowed.equals(method)) {
                return true;
            }
        }
        return false;
    }
}
