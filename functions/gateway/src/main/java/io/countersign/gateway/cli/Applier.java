package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.json.InvalidDocumentException;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.StoreUnavailable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;

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

    /** The manifest in a file. */
    static Manifest read(Path file) throws CommandFailure {
        return parse(new Input("Manifest", MAX_BYTES).file(file), file.toString());
    }

    /** Applies it and prints the report; keys that were made are shown even when it stops half-way, and so are those that an earlier apply could not show. */
    void apply(Manifest manifest, OpenedData data, Settings settings, ApplyWishes wishes) throws CommandFailure {
        Instant now = clock.instant();
        ShownKeys shown = new ShownKeys(terminal, data.store(), now);
        try (MadeKeyFile file = new MadeKeyFile(PrivateFile.named(data.directory(), "made-keys", now))) {
            LeftKeys left = shown.left();
            try {
                Set<String> replaced = wishes.replaceUnshown() ? left.lostIds() : Set.of();
                tell(write(manifest, data, settings, wishes.prune(), replaced, file), left, shown, file, wishes);
            } catch (ApplyRefusal.ApplyInterrupted e) {
                tell(e.soFar(), left, shown, file, wishes);
                throw new CommandFailure("ApplyInterrupted", e.getMessage() + ".", e);
            }
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    /** Opens the registry that the manifest is for, and makes it first where there is none: only when the manifest would be taken, so that one that is refused leaves nothing behind. */
    OpenedData open(Manifest manifest, Path directory, Settings settings, ApplyWishes wishes) throws CommandFailure {
        if (settings.data().store() instanceof DataSettings.StoreSettings.Sqlite
                && !Files.exists(directory.resolve(Stores.FILE))) {
            try {
                Sealer sealer = new Sealer(new PassingRootKey(random), random);
                KeyKeeper keeper = KeyKeeper.reportAlone();
                ApplyOptions options = options(settings, wishes.prune(), Set.of());
                ManifestApplier.check(manifest, sealer, options, keeper, clock.instant(), random);
            } catch (ApplyRefusal e) {
                throw refused(e);
            } catch (StoreUnavailable e) {
                throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
            }
        }
        return OpenedData.open(directory, settings.data(), random, clock);
    }

    /** Applies it beside a server that goes on, and gives the line of its log. Secrets of keys that were made stay in their file, which the line names. */
    String applyBeside(Manifest manifest, OpenedData data, Settings settings) throws CommandFailure {
        Instant now = clock.instant();
        ShownKeys shown = new ShownKeys(terminal, data.store(), now);
        try (MadeKeyFile file = new MadeKeyFile(PrivateFile.named(data.directory(), "made-keys", now))) {
            try {
                return named(write(manifest, data, settings, false, Set.of(), file), shown, file);
            } catch (ApplyRefusal.ApplyInterrupted e) {
                throw new CommandFailure(
                        "ApplyInterrupted", e.getMessage() + "; until then: " + named(e.soFar(), shown, file), e);
            }
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    /** Applies without a word. */
    ApplyReport applyQuietly(String text, OpenedData data, Settings settings) throws CommandFailure {
        try {
            return write(parse(text, "the manifest"), data, settings, false, Set.of(), KeyKeeper.reportAlone());
        } catch (ApplyRefusal.ApplyInterrupted e) {
            throw new CommandFailure("ApplyInterrupted", e.getMessage() + ".", e);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    private void tell(ApplyReport report, LeftKeys left, ShownKeys shown, MadeKeyFile file, ApplyWishes wishes) {
        boolean seen = terminal.interactive() && !wishes.json();
        new ReportPrinter(terminal, file.place(), left.without(report.removed()), seen).print(report, wishes);
        shown.told(report.generated(), left, file, seen);
    }

    private static String named(ApplyReport report, ShownKeys shown, MadeKeyFile file) {
        shown.told(report.generated(), LeftKeys.NONE, file, false);
        return ReportLine.of(report, file.place());
    }

    private ApplyReport write(
            Manifest manifest,
            OpenedData data,
            Settings settings,
            boolean prune,
            Set<String> replaced,
            KeyKeeper keeper)
            throws CommandFailure, ApplyRefusal.ApplyInterrupted, StoreUnavailable {
        try {
            return ManifestApplier.apply(
                    manifest,
                    data.store(),
                    data.sealer(),
                    options(settings, prune, replaced),
                    keeper,
                    clock.instant(),
                    random);
        } catch (ApplyRefusal e) {
            throw refused(e);
        }
    }

    private ApplyOptions options(Settings settings, boolean prune, Set<String> replaced) {
        return new ApplyOptions(
                prune,
                replaced,
                caps(settings),
                EventIds.next(random),
                settings.verify().bases());
    }

    private static CommandFailure refused(ApplyRefusal refusal) {
        return new CommandFailure("ManifestRefused", refusal.getMessage() + ".", refusal);
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
    private static ApplyOptions.SigningCaps caps(Settings settings) {
        ApplyOptions.SigningCaps usual = ApplyOptions.SigningCaps.DEFAULT;
        return new ApplyOptions.SigningCaps(
                settings.presign().maxExpiry(),
                settings.postPolicy().maxExpiry(),
                usual.signContent(),
                settings.cache().ttl());
    }
}
