package io.countersign.gateway.cli;

/** How a command ends, for the shell that ran it. */
public final class ExitCode {
    public static final int OK = 0;
    /** A bad manifest, a port that is taken, a store that does not answer. */
    public static final int REFUSED = 1;
    /** The command line itself is wrong. */
    public static final int USAGE = 2;

    private ExitCode() {}
}
