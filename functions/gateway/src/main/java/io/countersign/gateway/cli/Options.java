package io.countersign.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Every option that a command may take, built without reflection so that a native image needs no registration. */
final class Options {
    static final String MONTH = "--month";
    static final String HELP = "--help";
    static final String VERSION = "--version";
    static final String MANIFEST = "--manifest";
    static final String DATA = "--data";
    static final String HOST = "--host";
    static final String PORT = "--port";
    static final String PRIVATE_PORT = "--private-port";
    static final String PRUNE = "--prune";
    static final String JSON = "--json";
    static final String ROLE = "--role";
    static final String PROVIDER = "--provider";
    static final String ACCESS_KEY = "--access-key";
    static final String AS_OF = "--as-of";

    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 8080;

    private Options() {}

    static OptionSpec help() {
        return OptionSpec.builder("-h", HELP)
                .usageHelp(true)
                .description("Show this help.")
                .build();
    }

    static OptionSpec version() {
        return OptionSpec.builder("-V", VERSION)
                .versionHelp(true)
                .description("Print the version.")
                .build();
    }

    static OptionSpec manifest(boolean required, String description) {
        return OptionSpec.builder(MANIFEST)
                .type(Path.class)
                .paramLabel("FILE")
                .required(required)
                .description(description)
                .build();
    }

    static OptionSpec data() {
        return OptionSpec.builder(DATA)
                .type(Path.class)
                .paramLabel("DIR")
                .required(true)
                .description("The directory of the store and its root key; made, for you alone, when missing.")
                .build();
    }

    static OptionSpec existingData() {
        return OptionSpec.builder(DATA)
                .type(Path.class)
                .paramLabel("DIR")
                .required(true)
                .description("The directory of the store, which may be in use by a running server.")
                .build();
    }

    /** One of the three, and not more. */
    static ArgGroupSpec sessionsOf() {
        return ArgGroupSpec.builder()
                .exclusive(true)
                .multiplicity("1")
                .addArg(text(ROLE, "ARN", "Of this role: acs:ram::ACCOUNT:role/NAME."))
                .addArg(text(PROVIDER, "ARN", "Of this identity provider: acs:ram::ACCOUNT:oidc-provider/NAME."))
                .addArg(text(ACCESS_KEY, "ID", "Of the access key that they were asked for with."))
                .build();
    }

    static OptionSpec asOf() {
        return text(AS_OF, "MOMENT", "Those issued at it or before it, such as 2026-11-22T03:00:00Z (now).");
    }

    /** A text that one command alone asks for. */
    static OptionSpec text(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec host() {
        return OptionSpec.builder(HOST)
                .type(String.class)
                .paramLabel("HOST")
                .description("The address to listen on (" + DEFAULT_HOST + ").")
                .build();
    }

    static OptionSpec port() {
        return OptionSpec.builder(PORT)
                .type(Integer.class)
                .paramLabel("N")
                .description("The port to listen on (" + DEFAULT_PORT + "); 0 picks a free one and prints it.")
                .build();
    }

    static OptionSpec privatePort() {
        return OptionSpec.builder(PRIVATE_PORT)
                .type(Integer.class)
                .paramLabel("N")
                .description("A port of its own for the private faces (/verify), on loopback unless a setting says"
                        + " otherwise. Needed when --host is not loopback.")
                .build();
    }

    static OptionSpec prune() {
        return flag(PRUNE, "Remove what the manifest no longer names; without it that is only reported.");
    }

    /** A text without which the command is not understood. */
    static OptionSpec required(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .paramLabel(label)
                .required(true)
                .description(description)
                .build();
    }

    /** A text that may be given several times. */
    static OptionSpec texts(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec number(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(Integer.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static OptionSpec path(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(Path.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** What a command cannot do without, and is no option. */
    static PositionalParamSpec operand(String label, String description) {
        return PositionalParamSpec.builder()
                .index("0")
                .arity("1")
                .required(true)
                .type(String.class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** Something that is asked for by its name alone. */
    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(Boolean.class)
                .arity("0")
                .description(description)
                .build();
    }

    static OptionSpec month() {
        return text(MONTH, "MONTH", "Such as 2026-11, by UTC; the present month when it is left out.");
    }

    static OptionSpec json() {
        return flag(JSON, "One JSON document on standard output, for programs.");
    }
}
