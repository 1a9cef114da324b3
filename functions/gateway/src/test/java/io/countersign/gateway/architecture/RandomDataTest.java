package io.countersign.gateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The default build does not depend on luck: whatever tests draw comes from {@code io.countersign.testkit.Seeds}, which {@code -Dtest.seed} determines. */
class RandomDataTest {
    private static final Path ROOT = Path.of("../..");

    /** Sources of random data that have no seed, or one of their own. */
    private static final Pattern SOURCES =
            Pattern.compile("\\bnew (java\\.\\w+\\.)*(Random|SecureRandom|SplittableRandom)\\("
                    + "|\\b(Random|SecureRandom|SplittableRandom)::new"
                    + "|\\bSecureRandom\\s*\\.\\s*getInstance"
                    + "|\\bThreadLocalRandom\\s*(\\.|::)\\s*current\\b|\\bRandomGeneratorFactory\\b|\\bRandomGenerator\\s*\\.\\s*(of|getDefault)\\b"
                    + "|\\bMath\\s*(\\.|::)\\s*random\\b|\\brandomUUID\\b|\\bKeyPairGenerator\\b|\\bKeyGenerator\\b"
                    + "|\\.sample\\(\\)|\\.sampleStream\\(\\)"
                    // The property would have the same cases in a thorough build too: a case to keep is a test of its
                    // own.
                    + "|@Property\\([^)]*\\bseed\\s*=");

    /** Draws that are made without a source unless one is given. */
    private static final Pattern WITHOUT_ONE = Pattern.compile("\\b(initSign|shuffle)\\((?![^;]*\\b(Seeds|random)\\b)");

    /** Quoted text and comments. */
    private static final Pattern NO_CODE = Pattern.compile(
            "'(?:\\\\.|[^'])'|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\])*+\"|//[^\\n]*|/\\*.*?\\*/", Pattern.DOTALL);

    private static final String SEEDS = "<artifactId>countersign-testkit</artifactId>";

    private static final Pattern XML_COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

    /** Versions for modules that ask for them, and what a profile adds: neither makes a dependency of a module. */
    private static final Pattern MANAGED =
            Pattern.compile("<(dependencyManagement|profiles)>.*?</\\1>", Pattern.DOTALL);

    private static final Pattern PARENT = Pattern.compile(
            "<parent>.*?<version>[^<]*</version>\\s*(<relativePath>(?<path>[^<]*)</relativePath>)?\\s*</parent>",
            Pattern.DOTALL);

    @Test
    void testsTakeTheirRandomDataFromOnePlace() throws IOException {
        List<String> found = new ArrayList<>();
        int files = 0;
        for (Path source : sources()) {
            files++;
            for (String token : found(Files.readString(source))) {
                found.add(source + " has " + token + "; take it from Seeds");
            }
        }
        assertThat(files).isGreaterThan(300);
        assertThat(found).isEmpty();
    }

    /** A module without it has properties without {@code SeedHook}. */
    @Test
    void everyModuleHasTheSeeds() throws IOException {
        assertThat(modules())
                .hasSizeGreaterThan(18)
                .allSatisfy(module -> assertThat(hasSeeds(module.resolve("pom.xml")))
                        .as(module.toString())
                        .isTrue());
    }

    /** Whether the seeds are the module itself, a dependency of it, or one that it inherits. */
    private static boolean hasSeeds(Path pom) throws IOException {
        String text = XML_COMMENT.matcher(Files.readString(pom)).replaceAll("");
        String project = MANAGED.matcher(text).replaceAll("");
        if (project.contains(SEEDS)) {
            return true;
        }
        Matcher parent = PARENT.matcher(text);
        if (!parent.find()) {
            return false;
        }
        String path = parent.group("path") == null ? "../pom.xml" : parent.group("path");
        return hasSeeds(pom.resolveSibling(path).normalize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "new Random(1)",
                "new java.util.Random(7)",
                "Supplier<SecureRandom> s = SecureRandom::new;",
                "SecureRandom.getInstanceStrong()",
                "ThreadLocalRandom.current()",
                "UUID.randomUUID()",
                "DoubleSupplier d = Math::random;",
                "KeyPairGenerator.getInstance(\"EC\")",
                "@Property(tries = 5, seed = \"7\") void a() {}",
                "signature.initSign(key);",
                "Collections.shuffle(list);",
                "Arbitraries.strings().sample()"
            })
    void findsRandomDataWithoutASeed(String code) {
        assertThat(found("class A {\n    " + code + "\n}")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Seeds.secure()",
                "// new Random(1)",
                "String s = \"new Random(1)\";",
                "signature.initSign(key, Seeds.secure());",
                "Collections.shuffle(list, random);",
                "@Property(tries = 5) void a(@ForAll long seed) {}"
            })
    void acceptsSeededData(String code) {
        assertThat(found("class A {\n    " + code + "\n}")).isEmpty();
    }

    private static List<String> found(String source) {
        String code = NO_CODE.matcher(source).replaceAll("\"\"");
        return Stream.of(SOURCES, WITHOUT_ONE)
                .flatMap(pattern -> pattern.matcher(code).results())
                .map(result -> result.group())
                .toList();
    }

    private static List<Path> sources() throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Path module : modules()) {
            for (String kind : List.of("src/test/java", "src/jmh/java")) {
                if (Files.exists(module.resolve(kind))) {
                    try (Stream<Path> all = Files.walk(module.resolve(kind))) {
                        all.filter(path -> path.toString().endsWith(".java")).forEach(sources::add);
                    }
                }
            }
        }
        return sources;
    }

    /** Every folder of the suite that has a pom. */
    private static List<Path> modules() throws IOException {
        List<Path> modules = new ArrayList<>();
        for (String folder : List.of("functions", "functions/shared", "functions/tests", "infra")) {
            try (Stream<Path> children = Files.list(ROOT.resolve(folder))) {
                children.filter(child -> Files.exists(child.resolve("pom.xml")))
                        .sorted()
                        .forEach(modules::add);
            }
        }
        return modules;
    }
}
