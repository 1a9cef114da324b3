package io.countersign.gateway.cli;

import io.countersign.gateway.config.Property;
import java.util.Arrays;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The commands and what each takes. */
final class Commands {
    static final String SERVE = "serve";
    static final String APPLY = "apply";
    static final String DEMO = "demo";
    static final String SESSIONS = "sessions";
    static final String REVOKE = "revoke";
    static final String KEYS = "keys";
    static final String RESEAL = "reseal";
    static final String AUDIT = "audit";

    private static final int WIDTH = 110;

    private Commands() {}

    static CommandSpec root() {
        CommandSpec root = command(
                "countersign",
                "Signs requests for object storage that speaks the OSS protocol, and decides whether a request may pass.");
        root.addOption(Options.version());
        root.addSubcommand(SERVE, serve());
        root.addSubcommand(APPLY, apply());
        root.addSubcommand(SESSIONS, sessions());
        root.addSubcommand(KEYS, keys());
        root.addSubcommand(RESEAL, reseal());
        root.addSubcommand(AUDIT, audit());
        root.addSubcommand(DEMO, demo());
        root.usageMessage()
                .synopsisSubcommandLabel("COMMAND")
                .footer(
                        "",
                        "Exit codes: 0 done, 1 refused or failed, 2 wrong usage. Errors are one line on standard error.");
        return root;
    }

    private static CommandSpec serve() {
        CommandSpec serve =
                command(SERVE, "Serves every face (/presign, /verify, /health) on one port until it is stopped.");
        serve.addOption(Options.manifest(false, "Applied first; without it the data is served as it is."));
        serve.addOption(Options.data());
        serve.addOption(Options.host());
        serve.addOption(Options.port());
        serve.addOption(Options.privatePort());
        serve.usageMessage().footer(properties());
        return serve;
    }

    private static CommandSpec apply() {
        CommandSpec apply = command(
                APPLY,
                "Brings the registry to what a manifest says and reports what changed; doing it again changes nothing.");
        apply.addOption(Options.manifest(true, "The manifest: YAML or JSON."));
        apply.addOption(Options.data());
        apply.addOption(Options.prune());
        return apply;
    }

    private static CommandSpec sessions() {
        CommandSpec sessions = command(SESSIONS, "Ends sessions before they expire.");
        sessions.addSubcommand(REVOKE, revoke());
        sessions.usageMessage().synopsisSubcommandLabel("COMMAND");
        return sessions;
    }

    private static CommandSpec revoke() {
        CommandSpec revoke = command(
                REVOKE,
                "Refuses the sessions of a role, a provider or an access key that were issued up to a moment."
                        + " A running server refuses them within its cache's time.");
        revoke.addArgGroup(Options.sessionsOf());
        revoke.addOption(Options.asOf());
        revoke.addOption(Options.existingData());
        return revoke;
    }

    private static CommandSpec audit() {
        CommandSpec audit = command(
                AUDIT,
                "Lists what was decided about keys in a month: when, what, of which key, why, and the event that led to it.");
        audit.addOption(Options.existingData());
        audit.addOption(Options.month());
        audit.addOption(Options.json());
        return audit;
    }

    private static CommandSpec keys() {
        CommandSpec keys = command(KEYS, "Lists the access keys of all owners and their states; never a secret.");
        keys.addOption(Options.existingData());
        keys.addOption(Options.json());
        return keys;
    }

    private static CommandSpec reseal() {
        CommandSpec reseal = command(
                RESEAL,
                "Makes a new root key and seals every secret of the registry under it, while servers go on;"
                        + " one that was cut off is finished by the next.");
        reseal.addOption(Options.existingData());
        return reseal;
    }

    private static CommandSpec demo() {
        CommandSpec demo = command(
                DEMO,
                "Serves demo data, with keys made for this run alone, and prints curl lines to try. Loopback only.");
        demo.addOption(Options.host());
        demo.addOption(Options.port());
        return demo;
    }

    private static CommandSpec command(String name, String description) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.addOption(Options.help());
        spec.usageMessage().description(description).width(WIDTH).adjustLineBreaksForWideCJKCharacters(false);
        return spec;
    }

    private static String[] properties() {
        Stream<String> head = Stream.of(
                "",
                "Settings: system properties, or the environment (countersign.cache.ttl is COUNTERSIGN_CACHE_TTL).",
                "Durations are ISO 8601 (PT5S).");
        Stream<String> lines = Arrays.stream(Property.values())
                .flatMap(property -> Stream.of(
                        "  " + property.key() + " (" + property.shownDefault() + ")",
                        "      " + property.description()));
        return Stream.concat(head, lines).toArray(String[]::new);
    }
}
