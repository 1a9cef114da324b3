package io.countersign.gateway.cli;

/** Runs a command so that whatever goes wrong is one line on standard error and an exit code. */
public final class Attempt {
    private Attempt() {}

    /** Something that may fail as a command does. */
    @FunctionalInterface
    public interface Work {
        void run() throws CommandFailure;
    }

    /** @return {@link ExitCode#OK} or {@link ExitCode#REFUSED} */
    public static int run(Terminal terminal, Work work) {
        try {
            work.run();
            return ExitCode.OK;
        } catch (CommandFailure e) {
            terminal.refuse(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Its message may hold what a file held; its class tells a maintainer where to look.
            terminal.refuse("InternalError: this should not happen ("
                    + e.getClass().getName() + "); please report it with the command that you ran.");
        }
        return ExitCode.REFUSED;
    }

    /** What the runtime itself could not do before a command began. */
    public static void startFailed(Terminal terminal, Throwable failure) {
        terminal.refuse("StartFailed: the runtime could not start ("
                + failure.getClass().getName()
                + "); the log says why, unless the process may open too few files or has too little memory.");
    }
}
