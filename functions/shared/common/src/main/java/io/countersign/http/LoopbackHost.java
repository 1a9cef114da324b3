package io.countersign.http;

import java.util.regex.Pattern;

/** The hosts of URLs that only this machine can answer, to which plain http may carry secrets. */
public final class LoopbackHost {
    private static final Pattern NAMES =
            Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]", Pattern.CASE_INSENSITIVE);

    private LoopbackHost() {}

    /** @param host as a URL names it, without a port: {@code localhost}, an address of 127.0.0.0/8, or {@code [::1]} */
    public static boolean matches(String host) {
        return NAMES.matcher(host).matches();
    }
}
