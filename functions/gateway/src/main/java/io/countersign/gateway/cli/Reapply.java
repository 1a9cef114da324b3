package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.http.LogValue;
import java.nio.file.Path;

/**
 * Applies the manifest of a running server again, and logs the changes in one line. A refused manifest changes nothing.
 *
 * @param applied runs after each try: an apply that was interrupted has changed a part
 */
record Reapply(Path manifest, Applier applier, OpenedData data, Settings settings, Runnable applied)
        implements Runnable {
    private static final System.Logger LOG = System.getLogger(Reapply.class.getName());

    @Override
    public void run() {
        try {
            ReportLine line = line();
            LOG.log(line.reopens() ? System.Logger.Level.WARNING : System.Logger.Level.INFO, "{0}", line.text());
        } catch (CommandFailure e) {
            refused(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            // Its message could contain text of the manifest. The thread continues, for the next signal.
            refused("InternalError: this should not happen (" + e.getClass().getName() + "); please report it.");
        }
        applied.run();
    }

    /** Applies the manifest, and returns the line to log. */
    ReportLine line() throws CommandFailure {
        return applier.applyBeside(Applier.readServed(manifest), data, settings);
    }

    private static void refused(String reason) {
        LOG.log(System.Logger.Level.ERROR, "{0}", "event=ManifestNotApplied reason=" + LogValue.quoted(reason));
    }
}
