package io.countersign.gateway.cli;

import io.countersign.gateway.config.DataSettings;
import io.countersign.gateway.config.Settings;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.policy.PolicyNote;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.ApplyReport;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.manifest.UnshownKeys;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.StoreUnavailable;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Updates the registry to match a manifest, and reports the changes. */
final class Applier {
    /** The bound of characters is the manifest's; a char is three bytes of UTF-8 at most. */
    private static final Input INPUT = new Input(
            "Manifest",
            3 * Manifest.MAX_LENGTH,
            "split its accounts over several manifests and apply one after the other, without --prune");

    private final Terminal terminal;
    private final InstantSource clock;
    private final SecureRandom random;

    Applier(Terminal terminal, InstantSource clock, SecureRandom random) {
        this.terminal = terminal;
        this.clock = clock;
        this.random = random;
    }

    /** The manifest in a file or a pipe. */
    static Manifest read(Path file) throws CommandFailure {
        return parse(INPUT.file(file), file.toString());
    }

    /** The manifest of a server, which reads it again on a signal: a regular file and nothing else. */
    static Manifest readServed(Path file) throws CommandFailure {
        return parse(INPUT.regularFile(file), file.toString());
    }

    /** Applies a manifest and prints the report. Keys that were created are shown even if the apply is interrupted, and so are the keys that an earlier apply could not show. */
    void apply(Manifest manifest, OpenedData data, Settings settings, Flags wishes) throws CommandFailure {
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

    /** Opens the registry, and creates it if there is none. The manifest is checked first, so that a refused manifest leaves nothing behind. */
    OpenedData open(Manifest manifest, Path directory, Settings settings, Flags wishes) throws CommandFailure {
        if (settings.data().store() instanceof DataSettings.Store.Sqlite
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

    /** Applies a manifest while a server runs, and returns the line to log. The secrets of new keys stay in a file, which the line names. */
    ReportLine applyBeside(Manifest manifest, OpenedData data, Settings settings) throws CommandFailure {
        Instant now = clock.instant();
        ShownKeys shown = new ShownKeys(terminal, data.store(), now);
        try (MadeKeyFile file = new MadeKeyFile(PrivateFile.named(data.directory(), "made-keys", now))) {
            try {
                return named(write(manifest, data, settings, false, Set.of(), file), shown, file);
            } catch (ApplyRefusal.ApplyInterrupted e) {
                throw new CommandFailure(
                        "ApplyInterrupted",
                        e.getMessage() + "; until then: "
                                + named(e.soFar(), shown, file).text(),
                        e);
            }
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    /** Applies a manifest without printing anything. */
    ApplyReport applyQuietly(String text, OpenedData data, Settings settings) throws CommandFailure {
        try {
            return write(parse(text, "the manifest"), data, settings, false, Set.of(), KeyKeeper.reportAlone());
        } catch (ApplyRefusal.ApplyInterrupted e) {
            throw new CommandFailure("ApplyInterrupted", e.getMessage() + ".", e);
        } catch (StoreUnavailable e) {
            throw new CommandFailure("StoreUnavailable", e.getMessage() + ".", e);
        }
    }

    private void tell(ApplyReport report, LeftKeys left, ShownKeys shown, MadeKeyFile file, Flags wishes) {
        boolean seen = terminal.interactive() && !wishes.json();
        new ReportPrinter(terminal, file.place(), left.without(report.removed()), seen).print(report, wishes);
        shown.told(report.generated(), left, file, seen);
    }

    private static ReportLine named(ApplyReport report, ShownKeys shown, MadeKeyFile file) {
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
                RotationRunner.EventIds.next(random),
                settings.verify().bases(),
                settings.upstreams());
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

    /** A retired key must verify signatures for the longest lifetime that these settings allow. */
    private static ApplyOptions.SigningCaps caps(Settings settings) {
        ApplyOptions.SigningCaps usual = ApplyOptions.SigningCaps.DEFAULT;
        return new ApplyOptions.SigningCaps(
                settings.presign().maxExpiry(),
                settings.postPolicy().maxExpiry(),
                usual.signContent(),
                settings.cache().ttl());
    }

    /** Prints the result of an apply: a line for each change and the totals, or one JSON object. */
    static final class ReportPrinter {
        private final Terminal terminal;
        private final String place;
        private final LeftKeys left;
        private final boolean seen;

        /**
         * @param place the file with the secrets of the new keys
         * @param left keys that earlier applies created and did not show
         * @param seen whether a person reads the output, so that secrets may be printed
         */
        ReportPrinter(Terminal terminal, String place, LeftKeys left, boolean seen) {
            this.terminal = terminal;
            this.place = place;
            this.left = left;
            this.seen = seen;
        }

        void print(ApplyReport report, Flags wishes) {
            if (wishes.json()) {
                document(report);
            } else {
                text(report, wishes.prune());
                keys(report.generated());
            }
        }

        private void document(ApplyReport report) {
            Optional<String> file = report.generated().isEmpty() ? Optional.empty() : Optional.of(place);

            terminal.out()
                    .println(JsonText.object(document -> document.put("created", report.created())
                            .put("updated", report.updated())
                            .put("unchanged", report.unchanged().size())
                            .put("removed", report.removed())
                            .put("notNamed", report.reported())
                            .put("madeKeys", report.generated().size())
                            .put("madeKeysFile", file)
                            .array("neverShown", this::leftKeys)
                            .array(
                                    "notes",
                                    notes -> notes(report).forEach(note -> notes.object(json -> put(json, note))))));
        }

        private void text(ApplyReport report, boolean prune) {
            PrintStream out = terminal.out();
            lines("created", report.created());
            lines("updated", report.updated());
            lines("removed", report.removed());
            lines("not named", report.reported());
            notes(report).forEach(note -> out.println("note: " + ReportLine.note(note)));
            out.println("manifest: " + report.created().size() + " created, "
                    + report.updated().size() + " updated, "
                    + report.unchanged().size() + " unchanged, "
                    + report.removed().size() + " removed, "
                    + report.reported().size() + " not named" + hint(report, prune));
            left.lines().forEach(out::println);
        }

        private static Stream<PolicyNote> notes(ApplyReport report) {
            return Stream.concat(report.reopened().stream(), report.notes().stream());
        }

        private void leftKeys(JsonText.ArrayWriter array) {
            left.kept().forEach(key -> array.object(members -> leftKey(members, key, true)));
            left.lost().forEach(key -> array.object(members -> leftKey(members, key, false)));
        }

        private static void leftKey(JsonText.ObjectWriter members, UnshownKeys.UnshownKey key, boolean present) {
            members.put("accessKeyId", key.accessKeyId())
                    .put("file", key.place())
                    .put("present", present);
        }

        /** Shows the secrets at a terminal, and otherwise the name of the file, because redirected output is often stored. */
        private void keys(List<ApplyReport.GeneratedKey> made) {
            if (made.isEmpty()) {
                return;
            }
            if (seen) {
                made.forEach(key -> terminal.out().println(MadeKeyText.line(key)));
                terminal.out().println("These secrets are not shown again; store them now.");
            } else {
                terminal.out()
                        .println("access keys made: " + made.size() + ", in " + place
                                + " (mode 0600; move it to a safe place)");
            }
        }

        private static void put(JsonText.ObjectWriter members, PolicyNote note) {
            members.put("line", note.at().line())
                    .put("path", note.at().toString())
                    .put("note", note.text());
        }

        private void lines(String what, List<String> names) {
            names.forEach(name -> terminal.out().println(what + ": " + name));
        }

        private static String hint(ApplyReport report, boolean prune) {
            return report.reported().isEmpty() || prune ? "" : " (unchanged; apply --prune removes them)";
        }
    }

    /**
     * The options of an apply.
     *
     * @param prune remove the entries that the manifest no longer names
     * @param replaceUnshown delete the keys whose secrets were lost by an interrupted apply, and create new ones
     * @param json print one JSON document, without secrets
     */
    record Flags(boolean prune, boolean replaceUnshown, boolean json) {
        static final Flags NONE = new Flags(false, false, false);
    }
}
