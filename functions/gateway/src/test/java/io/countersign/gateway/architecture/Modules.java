package io.countersign.gateway.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.Set;

/** The modules of the house, told apart by package, and what each may import. */
final class Modules {
    static final String ROOT = "io.countersign";

    /** A module's package below the root, and the modules that it may import. */
    static final Map<String, Set<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("json", Set.of()),
            Map.entry("http", Set.of("json", "settings")),
            Map.entry("settings", Set.of()),
            Map.entry("nativeimage", Set.of()),
            Map.entry("oss", Set.of()),
            Map.entry("signing", Set.of("oss")),
            Map.entry("policy", Set.of("json", "oss")),
            Map.entry("registry", Set.of("policy", "signing", "oss", "json", "http", "settings")),
            Map.entry("registry.sqlite", Set.of("registry")),
            Map.entry("registry.postgresql", Set.of("registry", "http", "settings")),
            Map.entry("registry.aws", Set.of("http", "settings")),
            Map.entry("registry.dynamodb", Set.of("registry.aws", "registry", "settings")),
            Map.entry("registry.kms", Set.of("registry.aws", "registry", "json", "settings")),
            Map.entry("alibaba", Set.of("signing", "http")),
            Map.entry("alibaba.kms", Set.of("alibaba", "registry", "signing", "json", "http", "settings")),
            Map.entry("identity", Set.of("registry", "policy", "signing", "oss", "json", "http", "settings")),
            Map.entry("upstream", Set.of("registry", "policy", "signing", "oss", "json", "http", "settings")),
            Map.entry("token", Set.of("identity", "registry", "policy", "signing", "oss", "json", "http", "settings")),
            Map.entry(
                    "presign",
                    Set.of("upstream", "identity", "registry", "policy", "signing", "oss", "json", "http", "settings")),
            Map.entry(
                    "signcontent",
                    Set.of("identity", "registry", "policy", "signing", "oss", "json", "http", "settings")),
            Map.entry(
                    "verify",
                    Set.of("upstream", "identity", "registry", "policy", "signing", "oss", "json", "http", "settings")),
            Map.entry("rotate", Set.of("alibaba", "registry", "signing", "json", "http", "settings")),
            Map.entry(
                    "lambda",
                    Set.of(
                            "registry.dynamodb",
                            "registry.kms",
                            "registry.aws",
                            "registry",
                            "settings",
                            "http",
                            "json")),
            Map.entry("token.lambda", Set.of("token", "lambda", "identity", "settings", "http")),
            Map.entry(
                    "presign.lambda",
                    Set.of("presign", "lambda", "identity", "registry", "signing", "settings", "http")),
            Map.entry("signcontent.lambda", Set.of("signcontent", "lambda", "identity", "signing", "settings", "http")),
            Map.entry(
                    "verify.lambda",
                    Set.of("verify", "lambda", "identity", "registry", "signing", "settings", "http", "json")),
            Map.entry(
                    "rotate.lambda",
                    Set.of("rotate", "lambda", "registry.aws", "registry", "settings", "http", "json")),
            Map.entry(
                    "gateway",
                    Set.of(
                            "rotate",
                            "token",
                            "presign",
                            "signcontent",
                            "verify",
                            "upstream",
                            "identity",
                            "alibaba.kms",
                            "registry.sqlite",
                            "registry.postgresql",
                            "registry.dynamodb",
                            "registry.kms",
                            "registry.aws",
                            "registry",
                            "policy",
                            "signing",
                            "oss",
                            "json",
                            "settings",
                            "http")));

    private Modules() {}

    /** The module of one of our classes; of a package inside another module's, the longer name counts. */
    static String of(JavaClass type) {
        String below = type.getPackageName().substring(ROOT.length() + 1);
        return MAY_IMPORT.keySet().stream()
                .filter(module -> below.equals(module) || below.startsWith(module + "."))
                .max(java.util.Comparator.comparingInt(String::length))
                .orElseThrow(() -> new AssertionError("no module is known for " + type.getName()));
    }

    static DescribedPredicate<JavaClass> ours() {
        return DescribedPredicate.describe(
                "are ours", type -> type.getPackageName().startsWith(ROOT + "."));
    }

    static DescribedPredicate<JavaClass> in(String module) {
        return ours().and(DescribedPredicate.describe("are in " + module, type -> of(type).equals(module)));
    }
}
