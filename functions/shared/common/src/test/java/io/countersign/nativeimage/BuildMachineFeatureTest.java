package io.countersign.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildMachineFeatureTest {
    @Test
    void anEnvironmentBecomesAnEmptyOne() {
        EnvConfigSource read = new EnvConfigSource(Map.of("PATH", "/home/ada/bin:/usr/bin"), 301);
        assertThat(BuildMachineFeature.withoutMachine(read)).isInstanceOfSatisfying(EnvConfigSource.class, kept -> {
            assertThat(kept.getProperties()).isEmpty();
            assertThat(kept.getPropertyNames()).isEmpty();
            assertThat(kept.getOrdinal()).isEqualTo(301);
        });
    }

    @Test
    void theNameOfASourceLosesItsDirectories(@TempDir Path directory) throws Exception {
        Path jar = directory.resolve("gateway.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("application.properties"));
        }
        String name = new PropertiesConfigSource(URI.create("jar:" + jar.toUri() + "!/application.properties")
                        .toURL())
                .getName();
        assertThat(name).contains(directory.toString());
        assertThat(BuildMachineFeature.withoutMachine(name))
                .isEqualTo("PropertiesConfigSource[source=application.properties]");
    }

    /** native-image asks again until nothing changes. */
    @Test
    void whatIsKeptIsNotReplacedAgain() {
        Object kept = BuildMachineFeature.withoutMachine(new EnvConfigSource(Map.of("HOME", "/home/ada"), 300));
        assertThat(BuildMachineFeature.withoutMachine(kept)).isSameAs(kept);
    }

    @Test
    void otherObjectsAreKept() {
        for (Object object : List.of("PropertiesConfigSource", "jar:file:/", 1, Map.of("PATH", "/usr/bin"))) {
            assertThat(BuildMachineFeature.withoutMachine(object)).isSameAs(object);
        }
    }
}
