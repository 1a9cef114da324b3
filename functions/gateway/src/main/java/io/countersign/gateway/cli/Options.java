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
    static final String DRAIN = "--drain";
    static final String READ_ONLY = "--read-only";
    static final String PRUNE = "--prune";
    static final String REPLACE_UNSHOWN = "--replace-unshown";
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
        return of(Path.class, MANIFEST, "FILE", description).required(required).build();
    }

    static OptionSpec data() {
        return of(
                        Path.class,
                        DATA,
                        "DIR",
                        "The directory of the store and its root key; made, for you alone, when missing.")
                .required(true)
                .build();
    }

    static OptionSpec existingData() {
        return of(Path.class, DATA, "DIR", "The directory of the store, which may be in use by a running server.")
                .required(true)
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

    static OptionSpec host() {
        return text(HOST, "HOST", "The address to listen on (" + DEFAULT_HOST + ").");
    }

    static OptionSpec port() {
        return number(PORT, "N", "The port to listen on (" + DEFAULT_PORT + "); 0 picks a free one and prints it.");
    }

    static OptionSpec privatePort() {
        return number(
                PRIVATE_PORT,
                "N",
                "A port of its own for the private faces (/verify), on loopback unless a setting says"
                        + " otherwise. Needed when --host is not loopback.");
    }

    static OptionSpec drain() {
        return number(
                DRAIN,
                "SECONDS",
                "How long to answer what was taken in, once it is told to stop (the setting countersign.drain).");
    }

    static OptionSpec readOnly() {
        return flag(
                READ_ONLY,
                "The registry is a backup, or in a directory that cannot be written: nothing in it is made or changed.");
    }

    static OptionSpec prune() {
        return flag(PRUNE, "Remove what the manifest no longer names; without it that is only reported.");
    }

    static OptionSpec replaceUnshown() {
        return flag(
                REPLACE_UNSHOWN,
                "Delete the keys that an interrupted apply made and whose secrets are lost, and make others; what they signed"
                        + " is refused from then on.");
    }

    static OptionSpec month() {
        return text(MONTH, "MONTH", "Such as 2026-11, by UTC; the present month when it is left out.");
    }

    static OptionSpec json() {
        return flag(JSON, "One JSON document on standard output, for programs.");
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

    static OptionSpec text(String name, String label, String description) {
        return of(String.class, name, label, description).build();
    }

    /** A text without which the command is not understood. */
    static OptionSpec required(String name, String label, String description) {
        return of(String.class, name, label, description).required(true).build();
    }

    /** A text that may be given several times. */
    static OptionSpec texts(String name, String label, String description) {
        return of(List.class, name, label, description)
                .auxiliaryTypes(String.class)
                .build();
    }

    static OptionSpec number(String name, String label, String description) {
        return of(Integer.class, name, label, description).build();
    }

    static OptionSpec path(String name, String label, String description) {
        return of(Path.class, name, label, description).build();
    }

    private static OptionSpec.Builder of(Class<?> type, String name, String label, String description) {
        return OptionSpec.builder(name).type(type).paramLabel(label).description(description);
    }
}
