package io.countersign.nativeimage;

import io.smallrye.config.EnvConfigSource;
import java.util.Map;
import org.graalvm.nativeimage.hosted.Feature;

/**
 * Keeps out of an executable what the configuration knew of the machine that compiles it: the environment of the compiler, with its working directory, PATH and HOME, and
 * the path of the jar that the configuration was read from. Quarkus makes a configuration while it compiles, and native-image keeps its objects. A started executable reads
 * its environment anew.
 */
public final class BuildMachineFeature implements Feature {
    private static final String SOURCE = "PropertiesConfigSource[source=";
    private static final String IN_A_JAR = SOURCE + "jar:file:";

    /** Made by native-image, by its name. */
    public BuildMachineFeature() {}

    @Override
    public void duringSetup(DuringSetupAccess access) {
        access.registerObjectReplacer(BuildMachineFeature::withoutMachine);
    }

    /** Returns what is kept in the executable in place of an object of the compiler's memory: mostly the object itself. */
    static Object withoutMachine(Object object) {
        if (object instanceof EnvConfigSource environment
                && !environment.getProperties().isEmpty()) {
            return new EnvConfigSource(Map.of(), environment.getOrdinal());
        }
        if (object instanceof String name && name.startsWith(IN_A_JAR)) {
            return SOURCE + name.substring(name.lastIndexOf('/') + 1);
        }
        return object;
    }
}
