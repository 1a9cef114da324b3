package io.countersign.testkit;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the static fields of a class path would hold in an executable. Quarkus has every class initialised while it builds one, unless a native-image.properties on the
 * class path says otherwise; what static fields hold then is what every process starts with.
 *
 * @param classPath jars and directories
 * @param classes the names of its classes that are initialised at build time
 * @param atRunTime the names that a native-image.properties gives as initialised at run time
 */
public record ImageHeap(List<Path> classPath, Set<String> classes, Set<String> atRunTime) {
    private static final String AT_RUN_TIME = "--initialize-at-run-time=";

    public ImageHeap {
        classPath = List.copyOf(classPath);
        classes = Set.copyOf(classes);
        atRunTime = Set.copyOf(atRunTime);
    }

    /**
     * What was found: the fields with an object that no executable may hold, and the classes that others initialise although they are to be initialised at run time.
     *
     * @param lookedAt how many classes were initialised
     */
    public record Found(List<String> refused, List<String> tooEarly, int lookedAt) {
        public Found {
            refused = List.copyOf(refused);
            tooEarly = List.copyOf(tooEarly);
        }
    }

    private interface Content {
        InputStream open() throws IOException;
    }

    /** @param looked whether a class is looked at, and whether its being named for run time counts */
    public static ImageHeap of(List<Path> classPath, Predicate<String> looked) throws IOException {
        Set<String> classes = new TreeSet<>();
        Set<String> atRunTime = new TreeSet<>();
        for (Path root : classPath) {
            if (Files.isDirectory(root)) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        add(root.relativize(file).toString(), () -> Files.newInputStream(file), classes, atRunTime);
                    }
                }
            } else {
                try (JarFile file = new JarFile(root.toFile())) {
                    for (JarEntry entry : file.stream().toList()) {
                        add(entry.getName(), () -> file.getInputStream(entry), classes, atRunTime);
                    }
                }
            }
        }
        classes.removeIf(looked.negate());
        atRunTime.removeIf(looked.negate());
        return new ImageHeap(classPath, classes, atRunTime);
    }

    /** The same class path, of which other classes are initialised at build time and none at run time. */
    public ImageHeap withOnly(Set<String> early) {
        return new ImageHeap(classPath, early, Set.of());
    }

    /**
     * Initialises the classes in a process of its own, and follows their static fields.
     *
     * @param directory takes the process' files
     */
    public Found find(Path directory) throws IOException, InterruptedException {
        Path out = directory.resolve("out");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-BytecodeVerificationRemote",
                "@" + opened(directory),
                "-cp",
                Stream.concat(classPath.stream(), Stream.of(own()))
                        .map(Path::toString)
                        .collect(Collectors.joining(File.pathSeparator)),
                StaticState.class.getName(),
                Files.write(directory.resolve("classes"), classes).toString(),
                Files.write(directory.resolve("at-run-time"), atRunTime).toString());
        int status = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start()
                .waitFor();
        List<String> lines = Files.readAllLines(out);
        if (status != 0) {
            throw new AssertionError(String.join("\n", lines));
        }
        return new Found(
                after(StaticState.FOUND, lines),
                after(StaticState.STARTED, lines),
                Integer.parseInt(after(StaticState.LOOKED_AT, lines).getFirst()));
    }

    private static List<String> after(String start, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()))
                .toList();
    }

    private static void add(String name, Content content, Set<String> classes, Set<String> atRunTime)
            throws IOException {
        if (name.endsWith("/native-image.properties")) {
            try (InputStream file = content.open()) {
                Properties properties = new Properties();
                properties.load(file);
                atRunTime.addAll(namedIn(properties.getProperty("Args", "")));
            }
        } else if (name.endsWith(".class") && !name.startsWith("META-INF/") && !name.endsWith("-info.class")) {
            classes.add(name.substring(0, name.length() - ".class".length()).replace('/', '.'));
        }
    }

    private static List<String> namedIn(String arguments) {
        return Arrays.stream(arguments.split("\\s+"))
                .filter(argument -> argument.startsWith(AT_RUN_TIME))
                .flatMap(argument ->
                        Arrays.stream(argument.substring(AT_RUN_TIME.length()).split(",")))
                .toList();
    }

    private static Path own() {
        try {
            return Path.of(StaticState.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    /** So that fields of the JDK's own classes can be followed. */
    private static Path opened(Path directory) throws IOException {
        List<String> options = new ArrayList<>();
        for (Module module : ModuleLayer.boot().modules()) {
            for (String name : new TreeSet<>(module.getPackages())) {
                options.add("--add-opens=" + module.getName() + "/" + name + "=ALL-UNNAMED");
            }
        }
        return Files.write(directory.resolve("opened"), options);
    }
}
