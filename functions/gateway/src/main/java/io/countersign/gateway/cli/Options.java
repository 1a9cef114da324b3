package io.countersign.gateway.cli;

import java.nio.file.Path;
import picocli.CommandLine.Model.OptionSpec;

/** Every option that a command may take, built without reflection so that a native image needs no registration. */
final class Options {
    static final String HELP = "--help";
    static final String VERSION = "--version";
    static final String MANIFEST = "--manifest";
    static final String DATA = "--data";
    static final String HOST = "--host";
    static final String PORT = "--port";
    static final String PRIVATE_PORT = "--private-port";
    static final String PRUNE = "--prune";

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
        return OptionSpec.builder(PRUNE)
                .type(Boolean.class)
                .arity("0")
                .description("Remove what the manifest no longer names; without it that is only reported.")
                .build();
    }
}
