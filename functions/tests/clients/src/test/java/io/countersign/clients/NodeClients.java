package io.countersign.clients;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The npm clients in a Node of their own, told what to do line by line ({@code driver.js}). */
final class NodeClients implements AutoCloseable {
    private static final Path DRIVER = Path.of("target", "node", "driver.js");

    private final Process node;
    private final BufferedWriter orders;
    private final BufferedReader answers;

    NodeClients() {
        this(Map.of());
    }

    /** @param environment more variables for the process */
    NodeClients(Map<String, String> environment) {
        ProcessBuilder process =
                new ProcessBuilder("node", DRIVER.toString()).redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().putAll(environment);
        try {
            node = process.start();
        } catch (IOException e) {
            throw new AssertionError("the profile \"node\" needs Node 20 or later on the path", e);
        }
        orders = node.outputWriter();
        answers = node.inputReader();
    }

    /**
     * Has a client do something.
     *
     * @param given each a text or a list of texts
     * @throws RefusedByServer what the client throws
     */
    synchronized Value ask(String operation, Map<String, String> settings, Map<String, Object> given)
            throws RefusedByServer {
        try {
            orders.write(JsonText.object(json -> {
                json.put("operation", operation);
                json.object("settings", each -> settings.forEach(each::put));
                json.object(
                        "given",
                        each -> given.forEach((name, value) -> {
                            if (value instanceof List<?> many) {
                                each.put(
                                        name, many.stream().map(String::valueOf).toList());
                            } else {
                                each.put(name, value.toString());
                            }
                        }));
            }));
            orders.newLine();
            orders.flush();
            return read(Optional.ofNullable(answers.readLine())
                    .orElseThrow(() -> new AssertionError("Node has ended; its standard error says why")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Value read(String line) throws RefusedByServer {
        try {
            Map<String, Value> answer = ((Value.ObjectValue) Values.parse(line)).members();
            if (answer.get("error") instanceof Value.ObjectValue(var at, var error)) {
                throw new RefusedByServer(
                        Integer.parseInt(text(error.get("status"))),
                        text(error.get("code")),
                        text(error.get("message")));
            }
            return answer.get("value");
        } catch (InvalidDocumentException e) {
            throw new AssertionError(line, e);
        }
    }

    static String text(Value value) {
        return ((Value.StringValue) value).text();
    }

    static List<String> texts(Value value) {
        return ((Value.ArrayValue) value)
                .elements().stream().map(NodeClients::text).toList();
    }

    @Override
    public void close() {
        try {
            orders.close();
            node.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            node.destroy();
        }
    }
}
