package io.countersign.http;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Describes an unexpected exception in one line, without its message, which may contain text of a caller. */
public final class Failures {
    private static final int FRAMES = 12;

    private Failures() {}

    public static String trace(Throwable failure) {
        String frames = Arrays.stream(failure.getStackTrace())
                .limit(FRAMES)
                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber())
                .collect(Collectors.joining(" < "));
        Throwable cause = failure.getCause();
        String causedBy = cause == null || cause == failure
                ? ""
                : " causedBy=" + cause.getClass().getName();
        return "exception=" + failure.getClass().getName() + causedBy + " at=\"" + frames + "\"";
    }
}
