package io.countersign.gateway.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.packaged.Shipped;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A shell into which the lines of a walk are pasted, in a directory with {@code ./countersign} and the manifest of the pages. Output of programs in the background is read too. Only the port is
 * the test's own.
 */
final class OperatorShell implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern REFUSAL = Pattern.compile("countersign: [A-Z]\\w+: .*");
    private static final String PRINTS = "# ";
    private static final String PORT = "8080";

    private final Process shell;
    private final Writer in;
    private final StringBuffer out = new StringBuffer();
    private final int port;
    private int count;

    private OperatorShell(Process shell, int port) {
        this.shell = shell;
        this.port = port;
        in = shell.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::read);
    }

    /** @param environment of the commands, in addition to this process's */
    static OperatorShell in(Path directory, Map<String, String> environment) throws IOException {
        Files.writeString(directory.resolve("countersign"), "#!/bin/sh\nexec '" + Shipped.launcher() + "' \"$@\"\n");
        Files.setPosixFilePermissions(directory.resolve("countersign"), PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(directory.resolve("manifest.yaml"), Documents.manifest("docs/manifest.md"));
        ProcessBuilder builder = new ProcessBuilder("bash", "--noprofile", "--norc")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        try (ServerSocket free = new ServerSocket(0)) {
            return new OperatorShell(builder.start(), free.getLocalPort());
        }
    }

    /**
     * Runs the steps of a walk. Each must print the lines that follow it as comments, in their order, where {@code ...} is any text. It must succeed, unless the last of these lines is a
     * refusal.
     */
    void walk(String page, String heading) throws Exception {
        List<String> steps = Documents.steps(page, heading);
        assertThat(steps)
                .as(page + ", " + heading)
                .isNotEmpty()
                .first()
                .asString()
                .doesNotStartWith(PRINTS);
        int next = 0;
        while (next < steps.size()) {
            String command = steps.get(next);
            List<String> prints = steps.stream()
                    .skip(next + 1L)
                    .takeWhile(line -> line.startsWith(PRINTS))
                    .map(line -> line.substring(PRINTS.length()))
                    .toList();
            boolean refused =
                    !prints.isEmpty() && REFUSAL.matcher(prints.getLast()).matches();
            run(command, prints, refused);
            next += 1 + prints.size();
        }
    }

    /** Runs a line that must succeed, and returns its output. */
    String run(String command) throws Exception {
        return run(command, List.of(), false);
    }

    private String run(String command, List<String> prints, boolean refused) throws Exception {
        int begun = out.length();
        String end = "walked-" + ++count + "-";
        in.write("{ " + here(command) + "\n} < /dev/null; printf '\\n" + end + "%s\\n' $?\n");
        in.flush();
        await(Pattern.compile(Pattern.quote(end) + "\\d+\n"), begun, command);
        assertThat(out.substring(begun)).as(command).contains(end + (refused ? 1 : 0) + "\n");
        if (!prints.isEmpty()) {
            await(
                    Pattern.compile(prints.stream().map(this::pattern).collect(Collectors.joining("[\\s\\S]*?"))),
                    begun,
                    command);
        }
        String said = out.substring(begun);
        return said.substring(0, said.indexOf(end));
    }

    private String pattern(String line) {
        return "(?m:^"
                + Arrays.stream(here(line).split("\\.\\.\\.", -1))
                        .map(Pattern::quote)
                        .collect(Collectors.joining(".*")) + "$)";
    }

    private String here(String line) {
        return line.replace(PORT, Integer.toString(port));
    }

    private void await(Pattern printed, int begun, String command) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!printed.matcher(out.substring(begun)).find()) {
            assertThat(System.nanoTime() < end && shell.isAlive())
                    .as("%s%nprints%n%s%nand not%n%s", command, out.substring(begun), printed)
                    .isTrue();
            Thread.sleep(20);
        }
    }

    private void read() {
        try (BufferedReader reader = shell.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                out.append(line).append('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the shell, and a server that the walk left running. */
    @Override
    public void close() throws IOException {
        List<ProcessHandle> left = shell.descendants().toList();
        in.close();
        left.forEach(ProcessHandle::destroy);
        try {
            for (ProcessHandle one : left) {
                one.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            shell.waitFor();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
