package io.countersign.gateway.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The console in a real browser, only by keyboard: a refused request is pasted, and the page explains it. */
@Tag("browser")
@ExtendWith(AppStorageParameter.class)
class ConsoleIT {
    private static final int TAB = 9;
    private static final int ENTER = 13;
    private static final String FOCUS =
            "document.activeElement.id || document.activeElement.type || document.activeElement.localName";
    private static final String SHOWN = "!document.getElementById('result').hidden";

    private final AppStorage guarded;

    ConsoleIT(AppStorage guarded) {
        this.guarded = guarded;
    }

    private static void tabTo(DevTools page, String element) {
        for (int i = 0; i < 20; i++) {
            page.press("Tab", TAB, "");
            if (page.evaluate(FOCUS).equals(element)) {
                return;
            }
        }
        throw new AssertionError("no Tab leads to " + element);
    }

    private static void ask(DevTools page, String pasted) {
        tabTo(page, "request");
        page.type(pasted);
        tabTo(page, "submit");
        page.press("Enter", ENTER, "\r");
    }

    /** A presigned PUT, and a Content-Type that was not signed. */
    private String refused() throws Exception {
        Presigned presigned = guarded.presign(
                "alice", Map.of("method", "PUT", "bucket", GuardedStorageManifest.PRIVATE, "key", "users/alice/a"));
        URI url = URI.create(presigned.url());
        return "> PUT " + url.getRawPath() + "?" + url.getRawQuery() + " HTTP/1.1\n> Host: " + url.getAuthority()
                + "\n> Content-Type: image/jpeg\n>\n< HTTP/1.1 403 Forbidden\n<\n<Error><Code>SignatureDoesNotMatch</Code><Message>no</Message><StringToSign>OSS4-HMAC-SHA256\n1\n2\n<!-- -->3</StringToSign></Error>\n";
    }

    @Test
    void explainsARefusalByKeyboardOnly() throws Exception {
        try (Chromium chromium = Chromium.open(guarded.gateway.url() + "/console");
                DevTools page = DevTools.of(chromium)) {
            ask(page, refused());
            page.await(SHOWN, "true");
            assertThat(page.evaluate(FOCUS)).isEqualTo("verdict");
            assertThat(page.evaluate("document.getElementById('verdict').textContent"))
                    .isEqualTo("The request is refused: SignatureDoesNotMatch");
            assertThat(page.evaluate("document.getElementById('cause').textContent"))
                    .contains("signed without a Content-Type", "image/jpeg");
            assertThat(page.evaluate("[...document.querySelectorAll('#steps tbody tr')].at(-1).textContent"))
                    .startsWith("signaturedeny");
            assertThat(page.evaluate("document.querySelectorAll('#forms table').length"))
                    .isEqualTo("2");
            assertThat(page.evaluate("document.querySelectorAll('#forms tr.first mark').length"))
                    .isNotEqualTo("0");
            assertThat(page.evaluate("document.querySelector('#forms tr.first').textContent"))
                    .contains("differs first here");
        }
    }

    @Test
    void neverRendersPastedTextAsHtml() throws Exception {
        try (Chromium chromium = Chromium.open(guarded.gateway.url() + "/console");
                DevTools page = DevTools.of(chromium)) {
            ask(
                    page,
                    "GET http://localhost/" + GuardedStorageManifest.PRIVATE
                            + "/<img/src=x/onerror=alert(1)>?OSSAccessKeyId=" + Login.ALICE.id()
                            + "&Expires=9999999999&Signature=<b>x</b>");
            page.await(SHOWN, "true");
            assertThat(page.evaluate("document.querySelectorAll('#result img, #result b').length"))
                    .isEqualTo("0");
            assertThat(page.evaluate("document.getElementById('forms').textContent"))
                    .contains("<img/src=x/onerror=alert(1)>");
        }
    }

    @Test
    void announcesInvalidInputInTheLiveRegion() throws Exception {
        try (Chromium chromium = Chromium.open(guarded.gateway.url() + "/console");
                DevTools page = DevTools.of(chromium)) {
            ask(page, "hello");
            page.await(
                    "document.getElementById('progress').textContent.startsWith('The text contains no request')",
                    "true");
            assertThat(page.evaluate("document.getElementById('progress').getAttribute('aria-live')"))
                    .isEqualTo("polite");
            assertThat(page.evaluate(SHOWN)).isEqualTo("false");
        }
    }

    @Test
    void everyFieldHasALabelAndTextCanBeReadInLightAndDark() throws Exception {
        try (Chromium chromium = Chromium.open(guarded.gateway.url() + "/console");
                DevTools page = DevTools.of(chromium)) {
            assertThat(
                            page.evaluate(
                                    "[...document.querySelectorAll('textarea, input')].every(field => field.labels.length === 1)"))
                    .isEqualTo("true");
            for (String scheme : new String[] {"light", "dark"}) {
                page.prefer(scheme);
                page.await("matchMedia('(prefers-color-scheme: " + scheme + ")').matches", "true");
                assertThat(Double.parseDouble(page.evaluate(CONTRAST)))
                        .as(scheme)
                        .isGreaterThan(7);
            }
        }
    }

    /** Between text and ground, as WCAG 2 computes it. */
    private static final String CONTRAST = """
            (() => {
              const light = color => {
                const parts = color.match(/\\d+/g).slice(0, 3)
                    .map(one => one / 255)
                    .map(one => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
                return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
              };
              const style = getComputedStyle(document.body);
              const both = [light(style.color), light(style.backgroundColor)].sort((a, b) => b - a);
              return (both[0] + 0.05) / (both[1] + 0.05);
            })()""";

    @Test
    void aPageOfAnotherOriginMayNotAsk() throws Exception {
        var answer = guarded.send(HttpRequest.newBuilder(URI.create(guarded.gateway.url() + "/console"))
                .header("Sec-Fetch-Site", "cross-site")
                .build());
        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
