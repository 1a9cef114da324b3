package io.countersign.lambda.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Value.ObjectValue;
import io.countersign.json.Value.StringValue;
import io.countersign.json.Values;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A packaged function with its URL. */
record Function(PackagedFunction process, FunctionUrlProxy front) implements AutoCloseable {
    /** @param caller whom the URL's IAM authorisation let through; empty: it has none */
    static Function start(String module, Map<String, String> environment, Optional<String> caller) throws IOException {
        PackagedFunction process = PackagedFunction.start(module, environment);
        return new Function(process, new FunctionUrlProxy(process.api(), caller));
    }

    String url(String path) {
        return front.url() + path;
    }

    RuntimeApi.Ended invoke(String event) {
        return process.api().invoke(event);
    }

    /** The lines of invocations so far: every line that the function writes is one JSON object, and none holds one of these. */
    List<ObjectValue> journal(String... secrets) {
        List<String> lines = process.lines();
        for (String secret : secrets) {
            assertThat(String.join("\n", lines)).doesNotContain(secret);
        }
        return lines.stream()
                .filter(line -> !line.isBlank())
                .map(Function::object)
                .filter(line -> line.members().containsKey("_aws"))
                .toList();
    }

    /** {@code face decision code} of the last invocation. */
    String last() {
        ObjectValue line = journal().getLast();
        return text(line, "face") + " " + text(line, "decision") + " " + text(line, "code");
    }

    @Override
    public void close() {
        front.close();
        process.close();
    }

    static String text(ObjectValue line, String member) {
        return line.members().get(member) instanceof StringValue text ? text.text() : "";
    }

    private static ObjectValue object(String line) {
        try {
            return (ObjectValue) Values.parse(line);
        } catch (InvalidDocumentException | ClassCastException e) {
            throw new AssertionError("no line of JSON: " + line, e);
        }
    }
}
