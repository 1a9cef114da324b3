package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.Debian;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code server.sh} on a machine that has no PostgreSQL, with programs that only write down how they were called. */
class ServerScriptTest {
    @TempDir
    private Path directory;

    @Test
    void takesAPostgresqlThatItUnpacks() throws Exception {
        Path debian = program("debian.sh", """
                bin=$1/debian/usr/lib/postgresql/99/bin
                mkdir -p "$bin" "$1/debian/usr/lib/any-linux-gnu" && echo "$2 of $1" > "$1/asked"
                printf '#!/bin/sh\\nmkdir "$2"\\n' > "$bin/initdb"
                printf '#!/bin/sh\\necho "postgres $@ $LD_LIBRARY_PATH"\\n' > "$bin/postgres"
                chmod a+x "$bin"/*
                """);
        Path packages = directory.resolve("packages");
        String said = run(debian, packages);
        assertThat(packages.resolve("asked")).hasContent("postgresql of " + packages);
        assertThat(said)
                .startsWith("postgres -D " + directory + "/data ")
                .contains("port=5 ", packages + "/debian/usr/lib/any-linux-gnu");
    }

    @Test
    void endsWhereNoneCanBeFetched() throws Exception {
        assertThat(run(program("debian.sh", "echo cannot fetch; exit 1\n"), directory.resolve("packages")))
                .isEqualTo("cannot fetch\nexit 1\n");
    }

    @Test
    void theScriptThatFetchesIsThere() {
        assertThat(Debian.script()).isExecutable();
    }

    private String run(Path debian, Path packages) throws Exception {
        Path script = directory.resolve("server.sh");
        try (InputStream text = PostgresServer.class.getResourceAsStream("server.sh")) {
            Files.write(script, text.readAllBytes());
        }
        // Whoever the server runs as may enter.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        ProcessBuilder builder = new ProcessBuilder(
                        "bash",
                        "-c",
                        "bash \"$@\" || echo exit $?",
                        "bash",
                        script.toString(),
                        directory.toString(),
                        "5",
                        "20",
                        packages.toString(),
                        debian.toString())
                .redirectErrorStream(true);
        builder.environment()
                .put("POSTGRESQL_BELOW", directory.resolve("nowhere").toString());
        Process process = builder.start();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private Path program(String name, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
