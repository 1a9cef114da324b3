package io.countersign.gateway.storage;

import io.countersign.testkit.Debian;
import io.countersign.testkit.FileTree;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Chromium without a window, with one page: the installed one, or a package unpacked below {@code target}. It talks to nobody but the servers of the test. */
final class Chromium implements AutoCloseable {
    private static final Path INSTALLED = Path.of("/usr/bin/chromium");

    private final Process process;
    private final Path profile;
    private final String url;

    private Chromium(Process process, Path profile, String url) {
        this.process = process;
        this.profile = profile;
        this.url = url;
    }

    static Chromium open(String url) throws IOException, InterruptedException {
        boolean installed = Files.isExecutable(INSTALLED);
        Path program = installed ? INSTALLED : unpacked().resolve("chromium/chromium");
        Path profile = Files.createTempDirectory("countersign-chromium-");
        try {
            ProcessBuilder start = new ProcessBuilder(
                            program.toString(),
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
                    .redirectOutput(profile.resolve("chromium.log").toFile());
            if (!installed) {
                start.environment().put("LD_LIBRARY_PATH", libraries());
            }
            return new Chromium(start.start(), profile, url);
        } catch (IOException e) {
            delete(profile);
            throw e;
        }
    }

    private static Path unpacked() throws IOException, InterruptedException {
        return Debian.unpack(Path.of("target"), "chromium").resolve("usr/lib").toAbsolutePath();
    }

    /** Those that came with it. One of them looks for others in a directory of its own. */
    private static String libraries() throws IOException, InterruptedException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(unpacked(), "*-linux-gnu")) {
            for (Path directory : directories) {
                found.add(directory.toString());
                found.add(directory.resolve("pulseaudio").toString());
            }
        }
        return String.join(":", found);
    }

    /** The address that its page was opened with. */
    String url() {
        return url;
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
        List<ProcessHandle> helpers = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        // They write into the profile until they end.
        helpers.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle helper : helpers) {
            helper.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        }
        delete(profile);
    }

    /** Files that its helpers write while they end remain for the system's cleanup of its temporary directory. */
    private static void delete(Path directory) throws IOException {
        try {
            FileTree.delete(directory);
        } catch (java.io.UncheckedIOException | java.nio.file.DirectoryNotEmptyException e) {
            System.getLogger(Chromium.class.getName()).log(System.Logger.Level.INFO, "left over: " + directory);
        }
    }
}
