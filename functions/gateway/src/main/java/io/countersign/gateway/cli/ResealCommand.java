package io.countersign.gateway.cli;

import io.countersign.registry.keys.ResealReport;
import io.countersign.registry.keys.Resealer;
import io.countersign.registry.sealing.SealingException;
import io.countersign.registry.store.StoreUnavailable;
import java.time.InstantSource;

/** {@code reseal}: moves a registry to a new root key. */
final class ResealCommand {
    private final Terminal terminal;
    private final InstantSource clock;
    private final Resealer.Pause pause;

    ResealCommand(Terminal terminal, InstantSource clock, Resealer.Pause pause) {
        this.terminal = terminal;
        this.clock = clock;
        this.pause = pause;
    }

    void run(OpenedData data) throws CommandFailure {
        try {
            ResealReport report = new Resealer(data.store(), data.root(), data.sealer(), clock.instant()).run(pause);
            terminal.out()
                    .println("root key: " + report.version()
                            + (report.made() ? ", made now" : ", made by an earlier reseal that this one finished"));
            terminal.out().println("resealed: " + report.moved() + " secrets");
        } catch (SealingException e) {
            throw new CommandFailure("RootKeyUnusable", e.getMessage() + ".", e);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("Interrupted", "The reseal was interrupted; run it again, and it goes on.", e);
        }
    }
}
