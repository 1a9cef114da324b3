package io.countersign.gateway.storage;

import java.io.IOException;

/** A page of docs/apps in a browser of its own. */
final class UploadPage implements AutoCloseable {
    private static final String STATE = "document.querySelector('output').dataset.state";
    private static final String SAID = "document.querySelector('output, #said').textContent";

    private final Chromium chromium;
    private final DevTools tools;

    private UploadPage(Chromium chromium, DevTools tools) {
        this.chromium = chromium;
        this.tools = tools;
    }

    static UploadPage open(String url) throws Exception {
        Chromium chromium = Chromium.open(url);
        try {
            return new UploadPage(chromium, DevTools.of(chromium));
        } catch (Exception | AssertionError e) {
            chromium.close();
            throw e;
        }
    }

    /** Chooses a file whose bytes count to 250 and begin anew. */
    void choose(String name, String type, int bytes) {
        evaluate("(() => { const bytes = new Uint8Array(" + bytes
                + "); bytes.forEach((each, at) => bytes[at] = at % 251); const chosen = new DataTransfer();"
                + " chosen.items.add(new File([bytes], '" + name + "', {type: '" + type + "'}));"
                + " const input = document.querySelector('input[type=file]'); input.files = chosen.files;"
                + " input.dispatchEvent(new Event('change')); })()");
    }

    /** Presses "Pause" once a part is stored. */
    void pauseAfterAPart() {
        evaluate("(() => { const bar = document.querySelector('progress'); new MutationObserver((seen, watch) => {"
                + " if (bar.value > 0) { watch.disconnect(); document.querySelector('button[name=pause]').click(); } })"
                + ".observe(bar, {attributes: true}); })()");
    }

    void submit() {
        evaluate("document.querySelector('form').requestSubmit()");
    }

    void press(String button) {
        evaluate("document.querySelector('button[name=" + button + "]').click()");
    }

    void awaitState(String state) throws InterruptedException {
        try {
            await(STATE, state);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the page says: " + said(), e);
        }
    }

    /** What the page tells its user. */
    String said() {
        return evaluate(SAID);
    }

    void awaitSaid(String text) throws InterruptedException {
        await(SAID, text);
    }

    void awaitSaidMore(String text) throws InterruptedException {
        await(SAID + ".includes('" + text + "')", "true");
    }

    String evaluate(String expression) {
        return tools.evaluate(expression);
    }

    void await(String expression, String text) throws InterruptedException {
        tools.await(expression, text);
    }

    /** Has each request of the page pass this body of a function of {@code url} and {@code given}, which are those of fetch. */
    void changingRequests(String script) {
        evaluate("(() => { const plain = window.fetch; window.fetch = (url, given) => { " + script
                + "; return plain(url, given); }; })()");
    }

    /** The status, and the code of a refusal, of a request to Countersign that the page makes with the token of its user. */
    String answer(String method, String path, String json) {
        String body = json.isEmpty() ? "" : ", body: '" + json + "'";
        return evaluate("fetch(app.countersign + '/uploads/" + path + "', {method: '" + method
                + "', headers: {Authorization: 'Bearer ' + app.token(), 'Content-Type': 'application/json'}" + body
                + "}).then(async answer => (answer.status + ' ' + ((await answer.json()).code ?? '')).trim())");
    }

    @Override
    public void close() throws IOException, InterruptedException {
        tools.close();
        chromium.close();
    }
}
