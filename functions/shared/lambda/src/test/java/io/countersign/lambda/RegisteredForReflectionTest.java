package io.countersign.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaApi;
import io.quarkus.amazon.lambda.runtime.FunctionError;
import java.io.InputStream;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/**
 * An executable has by reflection what was registered when it was built, and no more. Jackson finds everything so: a type that is missing here is one that an executable
 * cannot read or write.
 */
class RegisteredForReflectionTest {
    private static final String METADATA =
            "/META-INF/native-image/io.countersign/countersign-lambda/reachability-metadata.json";

    @Test
    void everyTypeOfTheLambdaRuntimeThatIsJsonIsRegisteredInFull() throws Exception {
        List<String> types = beansOf(AmazonLambdaApi.class);
        // The failure of an invocation, and what mobile SDKs say of their app.
        assertThat(types)
                .contains(
                        FunctionError.class.getName(),
                        "io.quarkus.amazon.lambda.runtime.ClientContextImpl",
                        "io.quarkus.amazon.lambda.runtime.ClientImpl");
        Map<String, Members> registered = registered();
        for (String type : types) {
            assertThat(registered).containsKey(type);
            for (String all : List.of("allDeclaredConstructors", "allDeclaredFields", "allDeclaredMethods")) {
                assertThat(registered.get(type).optionalBoolean(all))
                        .as(type + " " + all)
                        .contains(true);
            }
        }
    }

    @Test
    void registersReadersOfEventsAndWritersOfAnswers() throws Exception {
        Class<?> reader =
                EventReader.Event.class.getAnnotation(JsonDeserialize.class).using();
        Class<?> writer =
                AnswerWriter.Answer.class.getAnnotation(JsonSerialize.class).using();
        for (Class<?> type : List.of(reader, writer)) {
            Members entry = registered().get(type.getName());
            assertThat(entry).as(type.getName()).isNotNull();
            assertThat(entry.list("methods"))
                    .extracting(RegisteredForReflectionTest::name)
                    .contains("<init>");
        }
    }

    @Test
    void everyRegisteredTypeIsThere() throws Exception {
        for (String type : registered().keySet()) {
            assertThat(Class.forName(type, false, getClass().getClassLoader()).getName())
                    .isEqualTo(type);
        }
    }

    private static String name(Value method) {
        try {
            return Members.of(method).string("name");
        } catch (InvalidDocumentException e) {
            throw new AssertionError(e);
        }
    }

    /** The classes of a jar that are JSON: with a constructor without parameters, and getters of their own. */
    private static List<String> beansOf(Class<?> one) throws Exception {
        List<String> beans = new ArrayList<>();
        Path jar =
                Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI());
        try (JarFile entries = new JarFile(jar.toFile())) {
            for (String name : entries.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class"))
                    .toList()) {
                Class<?> type = Class.forName(
                        name.substring(0, name.length() - ".class".length()).replace('/', '.'),
                        false,
                        one.getClassLoader());
                if (!Modifier.isAbstract(type.getModifiers()) && isBean(type)) {
                    beans.add(type.getName());
                }
            }
        }
        return beans;
    }

    private static boolean isBean(Class<?> type) {
        return Arrays.stream(type.getDeclaredConstructors()).anyMatch(made -> made.getParameterCount() == 0)
                && Arrays.stream(type.getDeclaredMethods())
                        .anyMatch(method -> !Modifier.isStatic(method.getModifiers())
                                && Modifier.isPublic(method.getModifiers())
                                && method.getParameterCount() == 0
                                && method.getName().matches("(get|is)[A-Z].*"));
    }

    private static Map<String, Members> registered() throws Exception {
        Map<String, Members> registered = new HashMap<>();
        try (InputStream file = RegisteredForReflectionTest.class.getResourceAsStream(METADATA)) {
            for (Value entry : Members.of(Values.parse(file.readAllBytes())).list("reflection")) {
                Members members = Members.of(entry);
                registered.put(members.string("type"), members);
            }
        }
        return registered;
    }
}
