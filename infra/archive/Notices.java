import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes what the licences of the libraries ask for into a directory: {@code THIRD-PARTY.txt}, which names each library of the bill of materials with its
 * licence, and the licences and notices that are in the jars. Run as {@code java -cp JACKSON Notices.java SBOM JARS DIRECTORY}. It fails when a library names no
 * licence.
 */
final class Notices {
    private static final Pattern NOTICE = Pattern.compile(
            "(META-INF/)?(LICEN[SC]E|NOTICE|COPYING|AL2\\.0|LGPL)[A-Za-z0-9._-]*", Pattern.CASE_INSENSITIVE);

    private Notices() {}

    static void main(String[] arguments) throws IOException {
        Path directory = Files.createDirectories(Path.of(arguments[2]));
        Files.write(
                directory.resolve("THIRD-PARTY.txt"),
                libraries(new ObjectMapper().readTree(Path.of(arguments[0]).toFile())));
        try (Stream<Path> jars = Files.walk(Path.of(arguments[1]))) {
            for (Path jar : jars.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList()) {
                extract(jar, directory);
            }
        }
    }

    private static List<String> libraries(JsonNode sbom) {
        TreeMap<String, String> lines = new TreeMap<>();
        for (JsonNode component : sbom.required("components")) {
            String group = component.path("group").asText();
            if (!group.equals("io.countersign")) {
                String name = group + ":" + component.required("name").asText() + ":"
                        + component.required("version").asText();
                lines.put(name, name + "  " + licenses(component, name));
            }
        }
        List<String> all = new ArrayList<>(List.of(
                "Libraries of the gateway, and their licences. The texts that come with them are in the directories here; the runtime's are in lib/runtime/legal.",
                ""));
        all.addAll(lines.values());
        return all;
    }

    private static String licenses(JsonNode component, String name) {
        List<String> names = StreamSupport.stream(component.path("licenses").spliterator(), false)
                .map(one -> one.has("expression")
                        ? one.get("expression").asText()
                        : one.path("license")
                                .path("id")
                                .asText(one.path("license").path("name").asText()))
                .filter(one -> !one.isEmpty())
                .toList();
        if (names.isEmpty()) {
            throw new IllegalStateException(
                    name + " names no licence in the bill of materials; find it, and name it here");
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
                if (!entry.isDirectory()
                        && NOTICE.matcher(entry.getName()).matches()
                        && !entry.getName().endsWith(".class")) {
                    Files.createDirectories(own);
                    Files.write(
                            own.resolve(entry.getName().replace("META-INF/", "")),
                            zip.getInputStream(entry).readAllBytes());
                }
            }
        }
    }
}
