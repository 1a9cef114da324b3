package io.countersign.gateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.countersign.lambda.LambdaMain;
import java.util.Set;

@AnalyzeClasses(packages = Modules.ROOT, importOptions = WithoutTests.class)
class ImportDirectionTest {
    @ArchTest
    static void importsRunOneWay(JavaClasses all) {
        Modules.MAY_IMPORT.forEach((module, allowed) -> noClasses()
                .that(Modules.in(module))
                .should()
                .dependOnClassesThat(Modules.ours().and(outside(module, allowed)))
                .because(module + " may import " + allowed)
                .check(all));
    }

    @ArchTest
    static final ArchRule signingNeedsNothingButTheJdk = onlyOursAnd("signing", "java..", "javax.crypto..");

    @ArchTest
    static final ArchRule ossNeedsNothingButTheJdk = onlyOursAnd("oss", "java..");

    @ArchTest
    static final ArchRule policyNeedsNothingButTheJdk = onlyOursAnd("policy", "java..");

    @ArchTest
    static final ArchRule onlyTheGatewayKnowsItsRuntime = noClasses()
            .that(Modules.ours().and(DescribedPredicate.not(Modules.in("gateway"))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.vertx..", "picocli..");

    /** Picocli reads its annotations by reflection at each start, for which the JVM makes classes that its cache cannot hold. */
    @ArchTest
    static final ArchRule commandsAreDeclaredWithoutAnnotations = noClasses()
            .that(Modules.ours())
            .should()
            .dependOnClassesThat(JavaClass.Predicates.resideInAPackage("picocli..")
                    .and(DescribedPredicate.describe("are annotations", JavaClass::isAnnotation)));

    /** A function's plain classes do not know that they may be a Lambda; the main of an executable does. */
    @ArchTest
    static final ArchRule onlyBindingsKnowFunqy = noClasses()
            .that(Modules.ours()
                    .and(DescribedPredicate.not(Modules.in("gateway")))
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.countersign.*.lambda")))
                    .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(LambdaMain.class))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.quarkus..", "com.amazonaws..");

    /** Funqy makes a binding anew for each event unless it is told otherwise, and with it clients and all that is remembered. */
    @ArchTest
    static final ArchRule aBindingIsMadeOnce = methods()
            .that()
            .areAnnotatedWith("io.quarkus.funqy.Funq")
            .should()
            .beDeclaredInClassesThat()
            .areAnnotatedWith("jakarta.inject.Singleton");

    @ArchTest
    static final ArchRule onlyTheServerKnowsVertx = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.countersign.gateway.server..", "io.countersign.gateway.store..", "io.countersign.gateway")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..", "io.vertx..");

    @ArchTest
    static final ArchRule onlyJsonKnowsAParser = noClasses()
            .that(Modules.ours()
                    .and(DescribedPredicate.not(Modules.in("json")))
                    .and(DescribedPredicate.not(JavaClass.Predicates.resideInAPackage("io.countersign.lambda")))
                    .and(DescribedPredicate.not(DescribedPredicate.describe(
                            "read the manifest's YAML",
                            type -> type.getPackageName().startsWith("io.countersign.registry.manifest")))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.fasterxml.jackson..");

    private static ArchRule onlyOursAnd(String module, String... packages) {
        return classes()
                .that(Modules.in(module))
                .should()
                .onlyDependOnClassesThat(Modules.ours()
                        .or(JavaClass.Predicates.resideInAnyPackage(packages))
                        .or(JavaClass.Predicates.resideInAnyPackage("org.jspecify.annotations"))
                        .or(DescribedPredicate.describe("primitive", JavaClass::isPrimitive))
                        .or(DescribedPredicate.describe("array", JavaClass::isArray)));
    }

    private static DescribedPredicate<JavaClass> outside(String module, Set<String> allowed) {
        return DescribedPredicate.describe("are outside " + module + " and " + allowed, type -> {
            String other = Modules.of(type);
            return !other.equals(module) && !allowed.contains(other);
        });
    }
}
