package io.countersign.gateway.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;

@AnalyzeClasses(packages = Modules.ROOT, importOptions = WithoutTests.class)
class SecretsAndTimeTest {
    /** Who may read a secret: signing, sealing, the two places that show a key once when it was made, and the answer that hands out a session. */
    private static final String[] READERS = {
        "io.countersign.signing..",
        "io.countersign.registry.sealing..",
        "io.countersign.identity.token",
        "io.countersign.token.session",
        "io.countersign.gateway.cli..",
        "io.countersign.gateway.demo.."
    };

    private static final Set<String> CLOCKLESS =
            Set.of("oss", "signing", "policy", "registry", "identity", "token", "presign", "signcontent", "verify");

    private static final Set<String> OF_A_PROCESS = Set.of(
            "java.util.random.RandomGenerator",
            "java.time.InstantSource",
            "java.security.Key",
            "java.security.KeyPair",
            "javax.crypto.Mac",
            "javax.crypto.Cipher",
            "java.net.http.HttpClient",
            "io.countersign.signing.Secret",
            "io.countersign.signing.SecurityToken");

    @ArchTest
    static final ArchRule fewMayReadASecret = noClasses()
            .that()
            .resideOutsideOfPackages(READERS)
            .should()
            .callMethodWhere(calls("io.countersign.signing.Secret", "reveal"));

    @ArchTest
    static final ArchRule onlyShownKeysAreReadInTheGateway = noClasses()
            .that(Modules.in("gateway")
                    .and(describe(
                            "do not show made keys",
                            type -> !type.getSimpleName().equals("MadeKeyText")
                                    && !type.getPackageName().startsWith("io.countersign.gateway.demo"))))
            .should()
            .callMethodWhere(calls("io.countersign.signing.Secret", "reveal"));

    @ArchTest
    static final ArchRule onlySealingReadsInSessions = noClasses()
            .that(Modules.in("identity")
                    .and(not(named("io.countersign.identity.token.TokenCipher")))
                    .and(not(named("io.countersign.identity.token.SealedContent$ContentText"))))
            .should()
            .callMethodWhere(calls("io.countersign.signing.Secret", "reveal"));

    @ArchTest
    static final ArchRule onlyTheAnswerIsReadInToken = noClasses()
            .that(Modules.in("token").and(not(named("io.countersign.token.session.TemporaryCredentials"))))
            .should()
            .callMethodWhere(calls("io.countersign.signing.Secret", "reveal"))
            .orShould()
            .callMethodWhere(calls("io.countersign.signing.SecurityToken", "reveal"));

    @ArchTest
    static final ArchRule fewMayReadASecurityToken = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.countersign.signing..", "io.countersign.identity.token", "io.countersign.token.session")
            .should()
            .callMethodWhere(calls("io.countersign.signing.SecurityToken", "reveal"));

    @ArchTest
    static final ArchRule secretsAreComparedInOnePlace = noClasses()
            .that(not(named("io.countersign.signing.ConstantTime")))
            .should()
            .callMethodWhere(calls(MessageDigest.class.getName(), "isEqual"));

    @ArchTest
    static final ArchRule bytesAreNotComparedWithAnEarlyEnd = noClasses()
            .that(Modules.ours().and(not(Modules.in("http"))))
            .should()
            .callMethod(Arrays.class, "equals", byte[].class, byte[].class)
            .orShould()
            .callMethod(Arrays.class, "equals", char[].class, char[].class);

    @ArchTest
    static final ArchRule timeIsAnArgument = noClasses()
            .that(Modules.ours().and(describe("have no clock", type -> CLOCKLESS.contains(Modules.of(type)))))
            .should()
            .callMethodWhere(target(nameMatching("now"))
                    .and(target(owner(describe(
                            "of java.time", type -> type.getPackageName().equals("java.time"))))))
            .orShould()
            .callMethodWhere(target(nameMatching("system.*")).and(target(owner(is(Clock.class)))))
            .orShould()
            .callMethodWhere(target(nameMatching("system")).and(target(owner(is(java.time.InstantSource.class)))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callConstructor(Date.class);

    @ArchTest
    static final ArchRule randomnessIsSecure = noClasses()
            .should()
            .dependOnClassesThat(named("java.util.Random")
                    .or(named("java.util.SplittableRandom"))
                    .or(named("java.util.concurrent.ThreadLocalRandom")))
            .orShould()
            .callMethod(Math.class, "random");

    /** A native image holds the static fields of its build: nothing that is drawn, or tells time, or opens anything may be among them. */
    @ArchTest
    static final ArchRule nothingSecretOrDrawnIsStatic = noFields()
            .that()
            .areStatic()
            .and()
            .areDeclaredInClassesThat(Modules.ours()
                    // Initialised when they are first used: META-INF/native-image says so.
                    .and(not(named("io.countersign.http.client.BoundedExchange$Client"))))
            .should()
            .haveRawType(describe(
                    "made anew by each process",
                    type -> OF_A_PROCESS.stream().anyMatch(each -> type.isAssignableTo(each))));

    @ArchTest
    static final ArchRule onlyTheCommandLineAndTheJournalPrint = noClasses()
            .that()
            .resideOutsideOfPackages("io.countersign.gateway.cli..")
            .and(not(named("io.countersign.lambda.InvocationLine$Log")))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethodWhere(target(name("printStackTrace")));

    private static DescribedPredicate<JavaCall<?>> calls(String type, String method) {
        return target(name(method)).and(target(owner(named(type)))).forSubtype();
    }

    private static DescribedPredicate<JavaClass> named(String type) {
        return describe(type, candidate -> candidate.getName().equals(type));
    }

    private static DescribedPredicate<JavaClass> is(Class<?> type) {
        return named(type.getName());
    }
}
