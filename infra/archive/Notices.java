import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes what the licences of the libraries ask for into a directory: {@code THIRD-PARTY.txt}, which names each library of the bill of materials with its
 * licence, and the licences and notices that are in the jars. Run as {@code java -cp JACKSON Notices.java SBOM JARS DIRECTORY [STORE]}. It fails when a library names no
 * licence. The jar in STORE is a program with its libraries in it: they are named, and their licences are in their poms in the jar.
 */
final class Notices {
    private static final Pattern NOTICE = Pattern.compile("(META-INF/)?(LICEN[SC]E|NOTICE|COPYING|AL2\\.0|LGPL)[A-Za-z0-9._-]*", Pattern.CASE_INSENSITIVE);

    private Notices() {}

    static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[2]));
        List<String> lines = libraries(new ObjectMapper().readTree(Path.of(arguments[0]).toFile()));
        for (Path jar : jars(arguments[1])) {
            extract(jar, directory);
        }
        if (arguments.length == 4) {
            lines.addAll(List.of("", "The store of the demo (lib/gateway/lib/store), a program of its own, and the libraries in its jar:", ""));
            for (Path jar : jars(arguments[3])) {
                lines.addAll(contents(jar));
                extract(jar, directory);
            }
        }
        Files.write(directory.resolve("THIRD-PARTY.txt"), lines);
    }

    private static List<Path> jars(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static List<String> contents(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            TreeMap<String, String> names = new TreeMap<>();
            for (ZipEntry entry : zip.stream().filter(one -> one.getName().endsWith("/pom.properties")).toList()) {
                Properties pom = new Properties();
                pom.load(zip.getInputStream(entry));
                String name = pom.getProperty("groupId") + ":" + pom.getProperty("artifactId") + ":" + pom.getProperty("version");
                names.put(name, name + "  (META-INF/maven in " + jar.getFileName() + ")");
            }
            return List.copyOf(names.values());
        }
    }

    private static List<String> libraries(JsonNode sbom) {
        TreeMap<String, String> lines = new TreeMap<>();
        for (JsonNode component : sbom.required("components")) {
            String group = component.path("group").asText();
            if (!group.equals("io.countersign")) {
                String name = group + ":" + component.required("name").asText() + ":" + component.required("version").asText();
                lines.put(name, name + "  " + licenses(component, name));
            }
        }
        List<String> all = new ArrayList<>(List.of("Libraries of the gateway, and their licences. The texts that come with them are in the directories here.", ""));
        all.addAll(lines.values());
        return all;
    }

    private static String licenses(JsonNode component, String name) {
        List<String> names = StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(one -> one.has("expression") ? one.get("expression").asText() : one.path("license").path("id").asText(one.path("license").path("name").asText()))
                .filter(one -> !one.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw new IllegalStateException(name + " names no licence in the bill of materials; find it, and name it here");
        }
        return String.join(", ", names);
    }

    private static void extract(Path jar, Path directory) throws IOException {
        Path own = directory.resolve(jar.getFileName().toString().replaceFirst("\\.jar$", ""));
        if (own.getFileName().toString().startsWith("io.countersign.")) {
            return;
        }
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                if (!entry.isDirectory() && NOTICE.matcher(entry.getName()).matches() && !entry.getName().endsWith(".class")) {
                    Files.createDirectories(own);
                    Files.write(own.resolve(entry.getName().replace("META-INF/", "")), zip.getInputStream(entry).readAllBytes());
                }
            }
        }
    }
}
