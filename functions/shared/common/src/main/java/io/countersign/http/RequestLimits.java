package io.countersign.http;

import java.util.List;

/** The largest calls that the faces take. */
public final class RequestLimits {
    /** Bytes of a body. */
    public static final int BODY = 64 * 1024;
    /** Bytes of the body of a batch of presign requests. */
    public static final int PRESIGN_BODY = 1024 * 1024;
    /** Bytes of a body that is read on after it proved too large, so that the client sees the answer. */
    public static final int DRAIN = 2 * 1024 * 1024;
    /** Characters of a URL. */
    public static final int URL = 8 * 1024;
    /** Bytes of all header lines. */
    public static final int HEADER_BLOCK = 32 * 1024;

    private RequestLimits() {}

    /**
     * Checks method, URL and body of a call.
     *
     * @throws Refused 405 with Allow, 414, 431 or 413
     */
    public static void check(Call call, int maxBody, String... methods) throws ProblemException {
        if (!List.of(methods).contains(call.method())) {
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
}
