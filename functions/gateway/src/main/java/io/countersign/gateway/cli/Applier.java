package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.manifest.ApplyInterrupted;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.manifest.SigningCaps;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/** Brings the registry to what a manifest says, and tells what that changed. */
final class Applier {
    private static final int MAX_BYTES = 3 * Manifest.MAX_LENGTH;

    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;

    Applier(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    /** Reads the file, applies it and prints the report; keys that were made are shown even when it stops half-way. */
    void apply(Path file, OpenedData data, Settings settings, boolean prune, boolean json) throws CommandFailure {
        Manifest manifest = parse(new Input("Manifest", MAX_BYTES).file(file), file.toString());
        ReportPrinter printer = new ReportPrinter(terminal, new MadeKeys(terminal, data.directory(), clock), json);
        try {
            printer.print(write(manifest, data, settings, prune), prune);
        } catch (ApplyInterrupted e) {
            printer.print(e.soFar(), prune);
            throw new CommandFailure("ApplyInterrupted", e.getMessage() + ".", e);
        }
    }

    /** Applies without a word. */
    ApplyReport applyQuietly(String text, OpenedData data, Settings settings) throws CommandFailure {
        try {
            return write(parse(text, "the manifest"), data, settings, false);
        } catch (ApplyInterrupted e) {
            throw new CommandFailure("ApplyInterrupted", e.getMessage() + ".", e);
        }
    }

    private ApplyReport write(Manifest manifest, OpenedData data, Settings settings, boolean prune)
            throws CommandFailure, ApplyInterrupted {
        try {
            return ManifestApplier.apply(
                    manifest,
                    data.store(),
                    data.sealer(),
                    new ApplyOptions(
                            prune,
                            caps(settings),
                            EventIds.next(random),
                            settings.verify().bases()),
                    clock.instant(),
                    random);
        } catch (ApplyRefusal e) {
            throw new CommandFailure("ManifestRefused", e.getMessage() + ".", e);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    private static Manifest parse(String text, String name) throws CommandFailure {
        try {
            return Manifest.parse(text);
        } catch (InvalidDocumentException e) {
            throw new CommandFailure(
                    "InvalidManifest",
                    name + ", line " + e.location().line() + ", " + e.location() + ": " + e.problem() + ".",
                    e);
        }
    }

    /** A retired key must verify for as long as anything lives that it may have signed under these settings. */
    private static SigningCaps caps(Settings settings) {
        SigningCaps usual = SigningCaps.DEFAULT;
        return new SigningCaps(
                settings.presign().maxExpiry(),
                settings.postPolicy().maxExpiry(),
                usual.signContent(),
                settings.cache().ttl());
    }
}
