package io.countersign.gateway.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

/** Packages depend on each other in one direction, inside a module and across modules. */
@AnalyzeClasses(packages = Modules.ROOT, importOptions = WithoutTests.class)
class PackageCyclesTest {
    @ArchTest
    static void packagesAreFreeOfCycles(JavaClasses all) {
        slices().matching("io.countersign.(**)").should().beFreeOfCycles().check(all);
    }
}
