package io.countersign.gateway.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;

/** Debian's Chromium without a window, with one page. It talks to nobody but the servers of the test. */
final class Chromium implements AutoCloseable {
    private final Process process;
    private final Path profile;

    private Chromium(Process process, Path profile) {
        this.process = process;
        this.profile = profile;
    }

    static Chromium open(String url) throws IOException {
        Path profile = Files.createTempDirectory("countersign-chromium-");
        try {
            Process process = new ProcessBuilder(
                            "chromium",
                            "--headless",
                            // The page is the test's own, and a build may run as root, where the sandbox does not
                            // start.
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-dev-shm-usage",
                            "--no-first-run",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-proxy-server",
                            "--user-data-dir=" + profile,
                            "--remote-debugging-port=0",
                            url)
                    .redirectErrorStream(true)
                    .redirectOutput(profile.resolve("chromium.log").toFile())
                    .start();
            return new Chromium(process, profile);
        } catch (IOException e) {
            delete(profile);
            throw new AssertionError("There is no chromium to run: apt-get install --yes chromium", e);
        }
    }

    /** Where its developer tools listen: it takes a free port and writes it down. */
    int port() throws IOException, InterruptedException {
        Path written = profile.resolve("DevToolsActivePort");
        for (int i = 0; i < 480; i++) {
            if (Files.exists(written)) {
                String first = Files.readString(written).lines().findFirst().orElse("");
                if (!first.isEmpty()) {
                    return Integer.parseInt(first);
                }
            }
            Thread.sleep(250);
        }
        throw new AssertionError("the browser opened no port");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        delete(profile);
    }

    /** Files that its helpers write while they end remain for the system's cleanup of its temporary directory. */
    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (java.io.UncheckedIOException | java.nio.file.DirectoryNotEmptyException e) {
            System.getLogger(Chromium.class.getName()).log(System.Logger.Level.INFO, "left over: " + directory);
        }
    }
}
