package io.countersign.gateway.documents;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.countersign.oss.OssError;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The codes of refusals, found in the program: those of every enum whose constants have a {@code code} (in an enum that is called Code, a {@code text}) and a {@code status}, and those that are written where a refusal is made.
 */
final class AnsweredCodes {
    /** A problem or a refusal of STS: maybe its status, its code, and whether a name follows. */
    private static final Pattern REFUSAL = Pattern.compile(
            "(?:new (?:\\w+\\.)*(?:Problem|StsRefusal)|(?<![A-Za-z])(?:refused|problem))\\(\\s*(?:(\\d{3}),\\s*)?\"([A-Z][A-Za-z]+(?:\\.[A-Za-z]*)?)\"(\\s*\\+)?");

    private static final Pattern FAILURE =
            Pattern.compile("new (?:\\w+\\.)*CommandFailure\\(\\s*\"([A-Z][A-Za-z]+)\"\\s*,");
    private static final Pattern INPUT = Pattern.compile("new (?:\\w+\\.)*Input\\(\\s*\"([A-Z][A-Za-z]+)\"");
    private static final List<String> OF_INPUT = List.of("%sNotFound", "%sNotReadable", "Invalid%s");

    private AnsweredCodes() {}

    /** The codes of the faces but those of OSS, each with the statuses that the program sends with it. */
    static Map<String, Set<String>> ofFaces() throws IOException {
        Map<String, Set<String>> codes = new TreeMap<>();
        ofEnums(codes);
        for (String source : sources("")) {
            Matcher refusal = REFUSAL.matcher(source);
            while (refusal.find()) {
                String code = refusal.group(3) == null ? refusal.group(2) : refusal.group(2) + "*";
                Set<String> statuses = codes.computeIfAbsent(code, name -> new TreeSet<>());
                if (refusal.group(1) != null) {
                    statuses.add(refusal.group(1));
                }
            }
        }
        // The log's word for a status without a code; no answer has it.
        codes.remove("Status*");
        return codes;
    }

    /** The codes of errors of commands. */
    static Set<String> ofCommands() throws IOException {
        Set<String> codes = new TreeSet<>();
        for (String source : sources("gateway")) {
            FAILURE.matcher(source).results().forEach(found -> codes.add(found.group(1)));
            INPUT.matcher(source)
                    .results()
                    .forEach(found -> OF_INPUT.forEach(form -> codes.add(form.formatted(found.group(1)))));
        }
        return codes;
    }

    private static void ofEnums(Map<String, Set<String>> codes) {
        for (JavaClass type : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.countersign")) {
            String code = type.getSimpleName().equals("Code") ? "text" : "code";
            if (type.isEnum() && !type.isEquivalentTo(OssError.class) && has(type, code) && has(type, "status")) {
                for (Object constant : type.reflect().getEnumConstants()) {
                    codes.computeIfAbsent(String.valueOf(value(constant, code)), name -> new TreeSet<>())
                            .add(String.valueOf(value(constant, "status")));
                }
            }
        }
    }

    private static boolean has(JavaClass type, String field) {
        return type.tryGetField(field).isPresent();
    }

    private static Object value(Object constant, String name) {
        try {
            Field field = ((Enum<?>) constant).getDeclaringClass().getDeclaredField(name);
            field.setAccessible(true);
            return field.get(constant);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> sources(String module) throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files =
                Files.walk(Documents.REPOSITORY.resolve("functions").resolve(module))) {
            for (Path file :
                    files.filter(AnsweredCodes::isOfTheProgram).sorted().toList()) {
                sources.add(Files.readString(file));
            }
        }
        return sources;
    }

    private static boolean isOfTheProgram(Path file) {
        return file.toString().endsWith(".java") && file.toString().contains("/src/main/java/");
    }
}
