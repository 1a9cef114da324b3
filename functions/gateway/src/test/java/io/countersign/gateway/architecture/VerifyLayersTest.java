package io.countersign.gateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The packages of the verify function: the decision is at the bottom, and explaining only watches it. */
@AnalyzeClasses(packages = "io.countersign.verify", importOptions = WithoutTests.class)
class VerifyLayersTest {
    @ArchTest
    static final ArchRule packagesAreFreeOfCycles = SlicesRuleDefinition.slices()
            .matching("io.countersign.(**)")
            .should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule eachLayerKnowsOnlyThoseBelow = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("io.countersign.verify..")
            .layer("lambda")
            .definedBy("io.countersign.verify.lambda")
            .layer("http")
            .definedBy("io.countersign.verify")
            .layer("explain")
            .definedBy("io.countersign.verify.explain")
            .layer("forwardauth")
            .definedBy("io.countersign.verify.forwardauth")
            .layer("acl")
            .definedBy("io.countersign.verify.acl")
            .layer("decide")
            .definedBy("io.countersign.verify.decide")
            .whereLayer("lambda")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("lambda")
            .whereLayer("explain")
            .mayOnlyBeAccessedByLayers("http")
            .whereLayer("forwardauth")
            .mayOnlyBeAccessedByLayers("lambda")
            .whereLayer("acl")
            .mayOnlyBeAccessedByLayers("lambda");

    @ArchTest
    static final ArchRule theDecisionKnowsNoEndpoint = noClasses()
            .that()
            .resideInAPackage("io.countersign.verify.decide")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.countersign.http..", "io.countersign.settings..");
}
