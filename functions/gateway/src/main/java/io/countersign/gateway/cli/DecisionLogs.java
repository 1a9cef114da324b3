package io.countersign.gateway.cli;

import io.countersign.gateway.decisions.DecisionLog;
import io.countersign.gateway.decisions.DecisionLogSettings;
import io.countersign.gateway.decisions.LogOpener;
import io.countersign.gateway.decisions.LoggingSink;
import io.countersign.gateway.decisions.UnusableLogException;
import io.countersign.gateway.watch.DecisionSink;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Opens the decision log of a command that serves. */
final class DecisionLogs {
    private DecisionLogs() {}

    /**
     * @param running closes the log, after what was held later: the server that tells decisions
     * @param lost takes the count of the decisions that the log lost
     */
    static DecisionSink open(
            DecisionLogSettings settings, InstantSource clock, OpenedData.Running running, Consumer<LongSupplier> lost)
            throws CommandFailure {
        if (settings.level() == DecisionLogSettings.Level.OFF) {
            return DecisionSink.NONE;
        }
        try {
            DecisionLog log = LogOpener.open(settings, clock);
            running.hold(log::close);
            lost.accept(log::lost);
            return new LoggingSink(settings.level(), log::add, log.usage());
        } catch (UnusableLogException.InUse e) {
            throw new CommandFailure("DecisionLogInUse", e.getMessage() + ".", e);
        } catch (UnusableLogException e) {
            throw new CommandFailure("DecisionLogUnusable", e.getMessage() + ".", e);
        }
    }
}
