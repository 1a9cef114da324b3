package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.testkit.BuildMachine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIf;

/** The executable itself, as a file. */
@DisabledIf(
        value = "io.countersign.gateway.packaged.Shipped#isOnJvm",
        disabledReason = "this build made no executable; ArchiveIT looks at the archive of the JVM")
class ExecutableIT {
    @Test
    void nothingInItTellsOfTheMachineThatBuiltIt() throws Exception {
        assertThat(BuildMachine.namedIn(Shipped.executable().orElseThrow())).isEmpty();
    }
}
