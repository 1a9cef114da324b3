package io.countersign.lambda.packaged;

import io.countersign.testkit.FileTree;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** A function.zip, unpacked and started as Lambda does: by its Java runtime, or as the {@code bootstrap} of a custom one. */
final class PackagedFunction implements AutoCloseable {
    private static final String CLIENT_LIBRARY =
            "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";

    static final boolean NATIVE = "native".equals(System.getProperty("lambda.package"));

    private static final String OUT = "out";

    private final RuntimeApi api;
    private final Process process;
    private final Path directory;
    private final long started;

    private PackagedFunction(RuntimeApi api, Process process, Path directory, long started) {
        this.api = api;
        this.process = process;
        this.directory = directory;
        this.started = started;
    }

    /**
     * @param module its directory below {@code functions}
     * @param environment what the operator set
     */
    static PackagedFunction start(String module, Map<String, String> environment) {
        try {
            Path directory = Files.createTempDirectory("countersign-lambda-" + module);
            Path task = unpacked(module, directory.resolve("task"));
            RuntimeApi api = new RuntimeApi();
            ProcessBuilder builder = new ProcessBuilder(NATIVE ? bootstrap(task) : java(task))
                    .directory(task.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve(OUT).toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            builder.environment().putAll(ofLambda(module, task, api));
            long started = System.nanoTime();
            Process process = builder.start();
            Thread.ofPlatform().daemon().start(() -> {
                process.onExit().join();
                api.abandon("the function has ended");
            });
            return new PackagedFunction(api, process, directory, started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    RuntimeApi api() {
        return api;
    }

    /** The function's output, which Lambda sends to CloudWatch. */
    List<String> lines() {
        try {
            return Files.readAllLines(directory.resolve(OUT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Since its process was forked. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** In MB, as Linux counts it. */
    long peakMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    /** @return where the module's build put it */
    static Path zip(String module) {
        return Path.of("..", "..", module, "target", "function.zip")
                .toAbsolutePath()
                .normalize();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        api.close();
        try {
            process.waitFor();
            FileTree.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> ofLambda(String module, Path task, RuntimeApi api) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_LAMBDA_RUNTIME_API", api.authority());
        environment.put("AWS_LAMBDA_FUNCTION_NAME", module);
        environment.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        environment.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
        environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        environment.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + module);
        environment.put("AWS_LAMBDA_LOG_STREAM_NAME", "test");
        environment.put("LAMBDA_TASK_ROOT", task.toString());
        environment.put("LAMBDA_RUNTIME_DIR", task.toString());
        environment.put("_HANDLER", "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest");
        environment.put("AWS_REGION", "us-east-1");
        environment.put("AWS_ACCESS_KEY_ID", "local");
        environment.put("AWS_SECRET_ACCESS_KEY", "localsecret");
        environment.put("AWS_SESSION_TOKEN", "localtoken");
        environment.put("AWS_LAMBDA_LOG_FORMAT", "JSON");
        environment.put("PATH", System.getenv("PATH"));
        // A profile or an instance's metadata would be found here, if anybody looked.
        environment.put("HOME", task.resolve("nowhere").toString());
        return environment;
    }

    private static List<String> bootstrap(Path task) {
        return List.of(task.resolve("bootstrap").toString());
    }

    /** With the flags of Lambda's own runtime. */
    private static List<String> java(Path task) throws IOException {
        List<String> classPath = new ArrayList<>();
        classPath.add(task.toString());
        try (Stream<Path> jars = Files.list(task.resolve("lib"))) {
            jars.map(Path::toString).sorted().forEach(classPath::add);
        }
        classPath.addAll(runtimeInterface());
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // The runtime's client is in C.
                "--enable-native-access=ALL-UNNAMED",
                "-D" + CLIENT_LIBRARY + "=" + clientLibrary(task),
                "-cp",
                String.join(File.pathSeparator, classPath),
                "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
                "io.quarkus.funqy.lambda.FunqyStreamHandler::handleRequest");
    }

    /**
     * Unpacks the library of the runtime's client for one process. The client itself unpacks it to one path in /tmp, and a process that has mapped it there crashes
     * (SIGBUS) when another starts.
     */
    private static Path clientLibrary(Path task) throws IOException {
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
        Path library = task.resolve("libaws-lambda-jni.so");
        try (InputStream packed =
                PackagedFunction.class.getResourceAsStream("/jni/libaws-lambda-jni.linux-" + processor + ".so")) {
            Files.copy(Objects.requireNonNull(packed, processor), library);
        }
        return library;
    }

    private static List<String> runtimeInterface() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(path -> path.contains("aws-lambda-java-"))
                .collect(Collectors.toList());
    }

    /** @param task where its files are put */
    static Path unpacked(String module, Path task) throws IOException {
        Files.createDirectories(task);
        try (InputStream file = Files.newInputStream(zip(module));
                ZipInputStream entries = new ZipInputStream(file)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path target = task.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(entries, target);
                }
            }
        }
        if (NATIVE && !task.resolve("bootstrap").toFile().setExecutable(true)) {
            throw new IOException("bootstrap cannot be made executable");
        }
        return task;
    }
}
