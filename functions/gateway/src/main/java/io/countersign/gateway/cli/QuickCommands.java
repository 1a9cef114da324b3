package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.settings.PropertyValues;
import java.io.PrintStream;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;

/** Runs the commands that need no server. */
public final class QuickCommands {
    private final Tools tools;

    public QuickCommands(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.tools = new Tools(terminal, clock, random);
    }

    /** @return the exit code; an error is one line on standard error */
    public int run(Invocation.Quick invocation) {
        int code = carryOut(invocation);
        return code == CommandFailure.ExitCode.OK ? Attempt.run(tools.terminal(), this::requireOutput) : code;
    }

    private void requireOutput() throws CommandFailure {
        if (tools.out().checkError()) {
            throw new CommandFailure(
                    "OutputNotWritten",
                    "Not all of the output could be written (its disk may be full), and what the command did stays"
                            + " done; make room, and use a command that lists what you need.");
        }
    }

    private int carryOut(Invocation.Quick invocation) {
        return switch (invocation) {
            case Invocation.Help help -> {
                tools.out().print(help.text());
                yield CommandFailure.ExitCode.OK;
            }
            case Invocation.Version version -> {
                tools.out().println("countersign " + Commands.version());
                yield CommandFailure.ExitCode.OK;
            }
            case Invocation.Misused misused -> {
                tools.terminal().refuse(misused.sentence());
                yield CommandFailure.ExitCode.USAGE;
            }
            case Invocation.Operation operation -> Attempt.run(tools.terminal(), () -> carryOut(operation));
        };
    }

    private void carryOut(Invocation.Operation operation) throws CommandFailure {
        try {
            operation.run(tools);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        } catch (SealingException e) {
            throw new CommandFailure("RootKeyUnusable", e.getMessage() + ".", e);
        }
    }

    /** Runs a command, and turns a failure into one line on standard error and an exit code. */
    public static final class Attempt {
        private Attempt() {}

        /** Work that can fail as a command does. */
        @FunctionalInterface
        public interface Work {
            void run() throws CommandFailure;
        }

        /** @return {@link CommandFailure.ExitCode#OK} or {@link CommandFailure.ExitCode#REFUSED} */
        public static int run(Terminal terminal, Work work) {
            try {
                work.run();
                return CommandFailure.ExitCode.OK;
            } catch (CommandFailure e) {
                terminal.refuse(String.valueOf(e.getMessage()));
            } catch (RuntimeException e) {
                // Its message could contain text of a file; its class tells a maintainer where to look.
                terminal.refuse("InternalError: this should not happen ("
                        + e.getClass().getName() + "); please report it with the command that you ran.");
            }
            return CommandFailure.ExitCode.REFUSED;
        }

        /** Reports that the runtime did not start. */
        public static void startFailed(Terminal terminal, Throwable failure) {
            terminal.refuse("StartFailed: the runtime could not start ("
                    + failure.getClass().getName()
                    + "); see the log. If the log is empty, raise the limit of open files or the memory.");
        }
    }

    /** The dependencies of a command. */
    record Tools(Terminal terminal, InstantSource clock, SecureRandom random) {
        /** The settings of this process. */
        static Settings settings() throws CommandFailure {
            try {
                return Settings.ofProcess();
            } catch (PropertyValues.InvalidSettingException e) {
                throw new CommandFailure("InvalidSetting", e.getMessage() + ".", e);
            }
        }

        /** Opens the registry, which must exist. */
        OpenedData existing(Path directory, Settings settings) throws CommandFailure {
            return OpenedData.openExisting(directory, settings.data(), random, clock);
        }

        OpenedData existing(Path directory) throws CommandFailure {
            return existing(directory, settings());
        }

        /** Opens the registry, read-only if the command line says so. */
        OpenedData existing(RegistryOptions.DataPlace place, Settings settings) throws CommandFailure {
            return place.readOnly()
                    ? OpenedData.openReadOnly(place.directory(), settings.data(), random, clock)
                    : existing(place.directory(), settings);
        }

        OpenedData existing(RegistryOptions.DataPlace place) throws CommandFailure {
            return existing(place, settings());
        }

        Instant now() {
            return clock.instant();
        }

        PrintStream out() {
            return terminal.out();
        }
    }
}
