package io.countersign.gateway.cli;

import io.countersign.gateway.config.Settings;
import io.countersign.settings.Property;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** The lines of the commands that serve. */
final class ServingLines {
    private ServingLines() {}

    static CommandSpec serve() {
        CommandSpec serve = Commands.command(
                "serve",
                "Serves every face (/presign, /verify, /health) on one port until it is stopped.",
                ServingLines::readServe);
        serve.addOption(Options.manifest(false, "Applied first; without it the data is served as it is."));
        serve.addOption(Options.data());
        serve.addOption(Options.readOnly());
        serve.addOption(Options.host());
        serve.addOption(Options.port());
        serve.addOption(Options.privatePort());
        serve.addOption(Options.drain());
        serve.usageMessage().footer(properties());
        return serve;
    }

    static CommandSpec demo() {
        CommandSpec demo = Commands.command(
                "demo",
                "Serves demo data, with keys made for this run alone, and prints curl lines to try. Loopback only.",
                line -> new Invocation.Demo(host(line), port(line, Options.PORT)),
                "demo --port 0");
        demo.addOption(Options.host());
        demo.addOption(Options.port());
        return demo;
    }

    private static Invocation readServe(Line line) throws Misuse {
        int port = port(line, Options.PORT);
        OptionalInt privatePort =
                line.has(Options.PRIVATE_PORT) ? OptionalInt.of(port(line, Options.PRIVATE_PORT)) : OptionalInt.empty();
        if (privatePort.isPresent() && privatePort.getAsInt() == port && port != 0) {
            throw new Misuse("--port and --private-port are the same; give each its own.");
        }
        boolean readOnly = line.has(Options.READ_ONLY);
        if (readOnly && line.has(Options.MANIFEST)) {
            throw new Misuse("A manifest is applied, and --read-only writes nothing; leave out one of them.");
        }
        return new Invocation.Serve(
                line.optionalPath(Options.MANIFEST), line.data(), readOnly, host(line), port, privatePort, drain(line));
    }

    private static OptionalInt drain(Line line) throws Misuse {
        OptionalInt seconds = line.optionalNumber(Options.DRAIN);
        if (seconds.isPresent() && (seconds.getAsInt() < 0 || seconds.getAsInt() > Settings.HttpSettings.MOST_DRAIN)) {
            throw new Misuse("--drain is a number of seconds from 0 to " + Settings.HttpSettings.MOST_DRAIN + ".");
        }
        return seconds;
    }

    private static String host(Line line) {
        return line.text(Options.HOST).orElse(Options.DEFAULT_HOST);
    }

    private static int port(Line line, String option) throws Misuse {
        int port = line.number(option, Options.DEFAULT_PORT);
        if (port < 0 || port > 65_535) {
            throw new Misuse("A port is a number from 0 to 65535.");
        }
        return port;
    }

    private static String[] properties() {
        Stream<String> head = Stream.of(
                "",
                "Example:",
                "  countersign serve --manifest manifest.yaml --data data --port 8080",
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
