package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.BuildMachine;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The executables themselves, as files. */
@EnabledIfSystemProperty(named = "lambda.package", matches = "native")
class BootstrapIT {
    @ParameterizedTest
    @ValueSource(strings = {"token", "presign", "sign-content", "verify", "rotate"})
    void nothingInItTellsOfTheMachineThatBuiltIt(String module, @TempDir Path task) throws Exception {
        assertThat(BuildMachine.namedIn(PackagedFunction.unpacked(module, task).resolve("bootstrap")))
                .isEmpty();
    }
}
