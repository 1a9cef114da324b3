package io.countersign.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code infra/debian.sh}, by which tests get the programs of Debian that this machine lacks. */
public final class Debian {
    private Debian() {}

    /** The script, in the directory of this build in which the tests run. */
    public static Path script() {
        for (Path place = Path.of("").toAbsolutePath(); place != null; place = place.getParent()) {
            Path script = place.resolve("infra/debian.sh");
            if (Files.exists(script)) {
                return script;
            }
        }
        throw new AssertionError("the tests run in a directory of the build");
    }

    /**
     * Unpacks a package, if that is not done yet, and returns the directory that has its files.
     *
     * @param directory below which they are
     * @throws AssertionError when apt cannot fetch it
     */
    public static Path unpack(Path directory, String name) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(script().toString(), directory.toString(), name)
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new AssertionError("there is no " + name);
        }
        return directory.resolve("debian");
    }
}
