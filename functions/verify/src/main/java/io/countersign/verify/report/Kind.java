package io.countersign.verify.report;

import java.util.Locale;

/** What a failing request asked. */
public enum Kind {
    /** Object storage. */
    OSS,
    /** STS, by an RPC call. */
    STS,
    /** An app's own server, for a session. */
    TOKEN;

    /** As a report writes it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
