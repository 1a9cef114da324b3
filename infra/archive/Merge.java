import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the jars of a class path as one jar, because a start opens each jar of the class path and reads its list of entries: that of some hundred jars needs longer than the gateway's own start.
 *
 *     java infra/archive/Merge.java RUN_JAR OUT
 *
 * The class path is that of RUN_JAR's manifest, in its order: as for the JVM, the first of two files with a name counts. Files of services are joined. Two different files with a name, of which a program may read both, are refused
 * unless it is known here which of them counts. Classes of a form from before Java 6 (picocli's), which the JVM's cache does not take, get that of Java 8: the same code, with the frames of the verifier. Entries are sorted and of one moment.
 */
class Merge {
    private static final LocalDateTime MOMENT = LocalDateTime.of(2025, 1, 1, 0, 0);
    private static final Pattern SERVICES = Pattern.compile("META-INF/(versions/\\d+/)?services/.+");
    /** Of one jar, and read by no program at run time: manifests, signatures, modules, indices, descriptions for build tools, licences (which are beside the jar). */
    private static final Pattern OF_ONE_JAR = Pattern.compile("META-INF/(MANIFEST\\.MF|INDEX\\.LIST|[^/]+\\.(SF|RSA|DSA|EC)|maven/.*|native-image/.*|proguard/.*|sbom/.*|quarkus-.*|jandex\\.idx|"
            + "(LICEN[SC]E|NOTICE|DEPENDENCIES|COPYING|AL2\\.0|LGPL|FastDoubleParser|thirdparty)[^/]*)|(META-INF/versions/\\d+/)?module-info\\.class|(LICEN[SC]E|NOTICE|about)[^/]*", Pattern.CASE_INSENSITIVE);
    /** Classes, which a loader takes from the first jar: Quarkus puts those that it changed there. And lists of versions, one for each of netty's jars. */
    private static final Pattern FIRST_COUNTS = Pattern.compile(".*\\.class|META-INF/io\\.netty\\.versions\\.properties");

    private final Map<String, byte[]> entries = new TreeMap<>();
    private final Map<String, String> origins = new HashMap<>();
    private boolean multiRelease;

    public static void main(String[] arguments) throws IOException {
        Path run = Path.of(arguments[0]);
        Merge merge = new Merge();
        Manifest manifest;
        try (JarFile jar = new JarFile(run.toFile())) {
            manifest = jar.getManifest();
        }
        Attributes main = manifest.getMainAttributes();
        List<Path> jars = new ArrayList<>(List.of(run));
        for (String name : main.getValue(Attributes.Name.CLASS_PATH).split(" ")) {
            jars.add(run.resolveSibling(name));
        }
        for (Path jar : jars) {
            merge.add(jar);
        }
        main.remove(Attributes.Name.CLASS_PATH);
        if (merge.multiRelease) {
            main.put(new Attributes.Name("Multi-Release"), "true");
        }
        merge.upgradeOldClasses();
        merge.write(manifest, Path.of(arguments[1]));
    }

    private void add(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            multiRelease |= file.isMultiRelease();
            for (ZipEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory() && !OF_ONE_JAR.matcher(entry.getName()).matches()) {
                    add(entry.getName(), file.getInputStream(entry).readAllBytes(), jar.getFileName().toString());
                }
            }
        }
    }

    private void add(String name, byte[] content, String origin) throws IOException {
        byte[] known = entries.putIfAbsent(name, content);
        if (known == null) {
            origins.put(name, origin);
        } else if (SERVICES.matcher(name).matches()) {
            entries.put(name, joined(known, content));
        } else if (!Arrays.equals(known, content) && !FIRST_COUNTS.matcher(name).matches()) {
            throw new IOException(name + " is in " + origins.get(name) + " and, with another content, in " + origin + ": say in Merge.java which counts");
        }
    }

    private static byte[] joined(byte[] first, byte[] second) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(first);
        both.write('\n');
        both.write(second);
        return both.toByteArray();
    }

    private void upgradeOldClasses() {
        ClassFile form = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(this::hierarchy)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        entries.replaceAll((name, content) -> {
            if (!name.endsWith(".class")) {
                return content;
            }
            ClassModel old = form.parse(content);
            return old.majorVersion() >= ClassFile.JAVA_6_VERSION
                    ? content
                    : form.transformClass(
                            old,
                            ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                                    .andThen(ClassTransform.dropping(element -> element instanceof ClassFileVersion))
                                    .andThen(ClassTransform.endHandler(
                                            builder -> builder.withVersion(ClassFile.JAVA_8_VERSION, 0))));
        });
    }

    private InputStream hierarchy(ClassDesc type) {
        byte[] content = entries.get(type.descriptorString().substring(1).replace(";", ".class"));
        return content == null ? null : new ByteArrayInputStream(content);
    }

    private void write(Manifest manifest, Path out) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        manifest.write(text);
        Map<String, byte[]> all = new LinkedHashMap<>();
        all.put(JarFile.MANIFEST_NAME, text.toByteArray());
        all.putAll(entries);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(out), StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> entry : all.entrySet()) {
                ZipEntry merged = new ZipEntry(entry.getKey());
                merged.setTimeLocal(MOMENT);
                zip.putNextEntry(merged);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
    }
}
