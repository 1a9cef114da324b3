package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.BuildMachine;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executables themselves, as files. */
@EnabledIfSystemProperty(named = "lambda.package", matches = "native")
class BootstrapIT {
    @ParameterizedTest
    @ValueSource(strings = {"token", "presign", "sign-content", "verify", "rotate"})
    void nothingInItTellsOfTheMachineThatBuiltIt(String module) throws Exception {
        assertThat(BuildMachine.namedIn(PackagedFunction.unpacked(module).resolve("bootstrap")))
                .isEmpty();
    }
}
