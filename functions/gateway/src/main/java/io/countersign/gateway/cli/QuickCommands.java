package io.countersign.gateway.cli;

import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Carries out what needs no server. */
public final class QuickCommands {
    private final Tools tools;

    public QuickCommands(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.tools = new Tools(terminal, clock, random);
    }

    /** @return the exit code; what went wrong stands on standard error in one line */
    public int run(Invocation.Quick invocation) {
        return switch (invocation) {
            case Invocation.Help help -> {
                tools.out().print(help.text());
                yield ExitCode.OK;
            }
            case Invocation.Version version -> {
                tools.out().println("countersign " + Commands.version());
                yield ExitCode.OK;
            }
            case Invocation.Misused misused -> {
                tools.terminal().refuse(misused.sentence());
                yield ExitCode.USAGE;
            }
            case Operation operation -> Attempt.run(tools.terminal(), () -> carryOut(operation));
        };
    }

    private void carryOut(Operation operation) throws CommandFailure {
        try {
            operation.run(tools);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        } catch (SealingException e) {
            throw new CommandFailure("RootKeyUnusable", e.getMessage() + ".", e);
        }
    }
}
