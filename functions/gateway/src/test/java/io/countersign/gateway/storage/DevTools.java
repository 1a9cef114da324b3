package io.countersign.gateway.storage;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.JsonText;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.json.Values;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A hand on a browser's keyboard, and an eye on its page: the Chrome DevTools Protocol, as far as the tests need it. */
final class DevTools implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final HttpClient http;
    private final WebSocket socket;
    private int last;

    private DevTools(HttpClient http, URI page) {
        this.http = http;
        this.socket = http.newWebSocketBuilder()
                .buildAsync(page, new Listener(messages))
                .join();
    }

    /** Of the browser's page, once it has loaded. The browser begins with an empty document, which counts as loaded too. */
    static DevTools of(Chromium chromium) throws Exception {
        DevTools tools = ofPage(chromium.port());
        try {
            tools.await("location.href + ' ' + document.readyState", chromium.url() + " complete");
            return tools;
        } catch (InterruptedException | AssertionError e) {
            tools.close();
            throw e;
        }
    }

    private static DevTools ofPage(int port) throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        URI list = URI.create("http://127.0.0.1:" + port + "/json/list");
        for (int i = 0; i < PATIENCE_SECONDS * 4; i++) {
            for (Value target : Members.array(Values.parse(body(http, list)))) {
                Members members = Members.of(target);
                if (members.string("type").equals("page")) {
                    return new DevTools(http, URI.create(members.string("webSocketDebuggerUrl")));
                }
            }
            Thread.sleep(250);
        }
        throw new AssertionError("the browser has no page");
    }

    private static String body(HttpClient http, URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
                .body();
    }

    private record Listener(BlockingQueue<String> messages, StringBuilder part) implements WebSocket.Listener {
        Listener(BlockingQueue<String> messages) {
            this(messages, new StringBuilder());
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean whole) {
            part.append(data);
            if (whole) {
                messages.add(part.toString());
                part.setLength(0);
            }
            socket.request(1);
            return java.util.concurrent.CompletableFuture.completedFuture(null);
        }
    }

    private void call(String method, Consumer<JsonText.ObjectWriter> parameters) {
        if (ask(method, parameters).optional("error").isPresent()) {
            throw new AssertionError("the browser refuses " + method);
        }
    }

    /** The answer, with a {@code result} or an {@code error}. */
    private Members ask(String method, Consumer<JsonText.ObjectWriter> parameters) {
        int id = ++last;
        socket.sendText(
                        JsonText.object(
                                json -> json.put("id", id).put("method", method).object("params", parameters)),
                        true)
                .join();
        try {
            while (true) {
                String message = messages.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("the browser does not answer " + method);
                }
                Members answer = Members.of(Values.parse(message));
                if (answer.optionalInteger("id", 0, Integer.MAX_VALUE).orElse(0) == id) {
                    return answer;
                }
            }
        } catch (InvalidDocumentException e) {
            throw new AssertionError(method, e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** The text that the expression, or the promise that it is, comes to in the page. */
    String evaluate(String expression) {
        Evaluated evaluated = run("(async () => String(await (" + expression + ")))()");
        if (evaluated.threw()) {
            throw new AssertionError(expression + ": " + evaluated.text());
        }
        return evaluated.text();
    }

    /** Waits until the expression comes to this text. It may throw meanwhile, as where a page has not loaded. */
    void await(String expression, String text) throws InterruptedException {
        String found = "";
        for (int i = 0; i < PATIENCE_SECONDS * 4; i++) {
            Evaluated evaluated = run("String(" + expression + ")");
            found = evaluated.text();
            if (!evaluated.threw() && found.equals(text)) {
                return;
            }
            Thread.sleep(250);
        }
        throw new AssertionError(expression + " is \"" + found + "\" and not \"" + text + "\"");
    }

    /** @param text what a script came to, or what it threw */
    private record Evaluated(String text, boolean threw) {}

    private Evaluated run(String script) {
        try {
            Members answer = ask(
                    "Runtime.evaluate",
                    json -> json.put("expression", script)
                            .put("returnByValue", true)
                            .put("awaitPromise", true));
            if (answer.optional("error").isPresent()) {
                // As where the page goes to another document meanwhile.
                return new Evaluated(
                        Members.of(answer.required("error"))
                                .optionalString("message")
                                .orElse(""),
                        true);
            }
            Members evaluated = Members.of(answer.required("result"));
            Members result = Members.of(evaluated.required("result"));
            return evaluated.optional("exceptionDetails").isPresent()
                    ? new Evaluated(result.optionalString("description").orElse(""), true)
                    : new Evaluated(result.optionalString("value").orElse(""), false);
        } catch (InvalidDocumentException e) {
            throw new AssertionError(script, e);
        }
    }

    /** Types into what has the focus. */
    void type(String text) {
        call("Input.insertText", json -> json.put("text", text));
    }

    /** Presses a key that does something: {@code Tab}, {@code Enter}. */
    void press(String key, int code, String text) {
        for (String what : new String[] {"keyDown", "keyUp"}) {
            call("Input.dispatchKeyEvent", json -> {
                json.put("type", what).put("key", key).put("code", key).put("windowsVirtualKeyCode", code);
                if (what.equals("keyDown") && !text.isEmpty()) {
                    json.put("text", text);
                }
            });
        }
    }

    /** Has pages see that their reader prefers this scheme of colours. */
    void prefer(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                json -> json.array(
                        "features",
                        features -> features.object(
                                one -> one.put("name", "prefers-color-scheme").put("value", scheme))));
    }

    @Override
    public void close() {
        socket.abort();
        http.shutdownNow();
    }
}
