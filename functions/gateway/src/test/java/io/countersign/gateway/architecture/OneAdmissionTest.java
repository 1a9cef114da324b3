package io.countersign.gateway.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.countersign.identity.RoleAdmission;
import io.countersign.policy.TrustPolicy;

@AnalyzeClasses(packages = Modules.ROOT, importOptions = WithoutTests.class)
class OneAdmissionTest {
    /** What judged trust elsewhere could forget the faces of the role. */
    @ArchTest
    static final ArchRule trustIsJudgedTogetherWithFaces = noClasses()
            .that()
            .resideOutsideOfPackage("io.countersign.policy")
            .and()
            .doNotBelongToAnyOf(RoleAdmission.class)
            .should()
            .callMethod(TrustPolicy.class, "admits", TrustPolicy.TrustRequest.class)
            .orShould()
            .callMethod(TrustPolicy.class, "judge", TrustPolicy.TrustRequest.class);
}
