package io.countersign.gateway.packaged;

import io.countersign.gateway.live.ServedGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The gateway as it is shipped, in a process of its own. */
public final class PackagedGateway implements ServedGateway {
    private static final Pattern READY = Pattern.compile("countersign: ready on (http://\\S+)");
    private static final long PATIENCE_SECONDS = 120;

    private final Process process;
    private final Path out;
    private final Path err;

    private PackagedGateway(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** The output and the exit code of a command. */
    public record Result(int exit, String out, String err) {
        /** Lines on standard error. */
        public List<String> errors() {
            return err.lines().toList();
        }
    }

    /** Runs a command to its end. */
    public static Result run(String... arguments) {
        return run(List.of(), arguments);
    }

    /** @param options for the JVM */
    public static Result run(List<String> options, String... arguments) {
        return run(Map.of(), options, arguments);
    }

    /**
     * @param environment variables that it has in addition to those of this process
     * @param options for the JVM
     */
    public static Result run(Map<String, String> environment, List<String> options, String... arguments) {
        try (PackagedGateway gateway = launch(environment, options, arguments)) {
            if (!gateway.process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + List.of(arguments) + "\n" + gateway.output());
            }
            return new Result(gateway.process.exitValue(), gateway.output(), Files.readString(gateway.err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Starts a command, and does not wait for anything.
     *
     * @param options for the JVM
     */
    public static PackagedGateway start(List<String> options, String... arguments) {
        return launch(Map.of(), options, arguments);
    }

    /** Starts a command that serves, and returns once it says that it is ready. */
    public static PackagedGateway serve(String... arguments) {
        return serve(List.of(), arguments);
    }

    /** @param options for the JVM */
    public static PackagedGateway serve(List<String> options, String... arguments) {
        return serve(Map.of(), options, arguments);
    }

    /**
     * @param environment variables that it has in addition to those of this process
     * @param options for the JVM
     */
    public static PackagedGateway serve(Map<String, String> environment, List<String> options, String... arguments) {
        PackagedGateway gateway = launch(environment, options, arguments);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!READY.matcher(gateway.output()).find()) {
            if (!gateway.process.isAlive() || System.nanoTime() > deadline) {
                String said = gateway.output() + gateway.errors();
                gateway.close();
                throw new AssertionError("not ready: " + List.of(arguments) + "\n" + said);
            }
            pause();
        }
        return gateway;
    }

    /** Serves a manifest on a free port, its files in this directory. */
    public static PackagedGateway serve(Path directory, String manifest) throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.json"), manifest);
        return serve(
                "serve",
                "--manifest",
                file.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0");
    }

    private static PackagedGateway launch(Map<String, String> environment, List<String> options, String... arguments) {
        try {
            List<String> all = new ArrayList<>();
            if (Shipped.isOnJvm()) {
                // It lives for seconds: what the second compiler would gain is lost before it is done.
                all.add("-XX:TieredStopAtLevel=1");
            }
            // Clients of tests keep connections open that they will not use again.
            all.add("-Dcountersign.drain=1");
            all.addAll(options);
            List<String> command = new ArrayList<>(Shipped.command(all));
            command.addAll(List.of(arguments));
            Path out = Files.createTempFile("countersign-it-", ".out");
            Path err = Files.createTempFile("countersign-it-", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            return new PackagedGateway(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the ready line says that it is. */
    @Override
    public String url() {
        Matcher ready = READY.matcher(output());
        if (!ready.find()) {
            throw new AssertionError("no ready line");
        }
        return ready.group(1);
    }

    public String output() {
        return text(out);
    }

    public String errors() {
        return text(err);
    }

    /** What it wrote to standard error without the lines of its decision log. */
    public String failures() {
        return errors().lines()
                .filter(line -> !line.startsWith("{\"seq\":"))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    public long pid() {
        return process.pid();
    }

    /** Ends it at once, whatever it is doing (SIGKILL). */
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Asks it to stop, as an operator's signal does, and waits until it has. */
    public int stop() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("does not stop");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        // Asked first, so that a demo takes its temporary directory with it.
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String text(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
