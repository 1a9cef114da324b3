package io.countersign.registry.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an executable must have for the driver and the pool: each name is a class or constructor of theirs. */
class NativeMetadataTest {
    private static final String FILE =
            "/META-INF/native-image/io.countersign/countersign-registry-postgresql/reachability-metadata.json";

    @Test
    void namesConstructorsThatExist() throws Exception {
        List<String> constructors = new ArrayList<>();
        for (Value each : metadata().list("reflection")) {
            Members type = Members.of(each);
            Class<?> found = type(type.string("type"));
            for (Value method : type.has("methods") ? type.list("methods") : List.<Value>of()) {
                Members constructor = Members.of(method);
                assertThat(constructor.string("name")).isEqualTo("<init>");
                List<Class<?>> parameters = new ArrayList<>();
                for (Value parameter : constructor.list("parameterTypes")) {
                    parameters.add(type(Members.string(parameter)));
                }
                constructors.add(found.getDeclaredConstructor(parameters.toArray(Class[]::new))
                        .getName());
            }
        }
        assertThat(constructors)
                .contains(
                        "org.postgresql.Driver",
                        "org.postgresql.ssl.DefaultJavaSSLFactory",
                        "org.postgresql.ssl.LibPQFactory",
                        "io.agroal.pool.DataSource",
                        "io.agroal.pool.DataSourceProvider");
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return name.endsWith("[]")
                ? Class.forName(name.substring(0, name.length() - 2)).arrayType()
                : Class.forName(name);
    }

    private static Members metadata() throws Exception {
        try (InputStream text = NativeMetadataTest.class.getResourceAsStream(FILE)) {
            return Members.of(Values.parse(new String(text.readAllBytes(), StandardCharsets.UTF_8)));
        }
    }
}
