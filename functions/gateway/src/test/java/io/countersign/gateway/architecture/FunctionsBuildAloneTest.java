package io.countersign.gateway.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Maven builds the dependencies of a module, including test dependencies. A function that depends on another would compile it, which takes minutes for an executable. */
class FunctionsBuildAloneTest {
    private static final List<String> FUNCTIONS = List.of("token", "presign", "sign-content", "verify", "rotate");

    @Test
    void noFunctionNamesAnother() throws IOException {
        for (String function : FUNCTIONS) {
            String pom = Files.readString(Path.of("..", function, "pom.xml"));
            for (String other : FUNCTIONS) {
                String artifact = "<artifactId>countersign-" + other + "</artifactId>";
                if (other.equals(function)) {
                    assertThat(pom).containsOnlyOnce(artifact);
                } else {
                    assertThat(pom).as(function).doesNotContain(artifact);
                }
            }
        }
    }
}
