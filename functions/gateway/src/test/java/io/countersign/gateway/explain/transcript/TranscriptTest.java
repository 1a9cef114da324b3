package io.countersign.gateway.explain.transcript;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.oss.Headers;
import io.countersign.verify.decide.SubmittedForm.Field;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pasted requests are read as they were sent, and other text is refused with advice on what to paste. */
class TranscriptTest {
    private static final String CURL = """
            * Host 127.0.0.1:8080 was resolved.
            * Connected to 127.0.0.1 (127.0.0.1) port 8080
            * SSL connection using TLSv1.3
            > PUT /examplebucket/a%20b?x-oss-process=a HTTP/1.1
            > Host: 127.0.0.1:8080
            > Content-Type: image/jpeg
            > x-oss-meta-a:  two  spaces\s
            > Expect: 100-continue
            >
            < HTTP/1.1 100 Continue
            <
            } [5 bytes data]
            * We are completely uploaded and fine
            < HTTP/1.1 403 Forbidden
            < Date: Sun, 22 Nov 2026 03:00:00 GMT
            < Content-Type: application/xml
            <
            { [512 bytes data]
            <?xml version="1.0" encoding="UTF-8"?>
            <Error>
              <Code>SignatureDoesNotMatch</Code>
              <Message>a &lt; b</Message>
              <StringToSign>PUT

            image/png
            date
            /examplebucket/a b</StringToSign>
            </Error>
            * Connection #0 to host 127.0.0.1 left intact
            """;

    private static Exchange parse(String text) {
        try {
            return (Exchange) Transcript.parse(text);
        } catch (Exchange.InvalidTranscript e) {
            throw new AssertionError(e);
        }
    }

    private static void assertRefused(String text, String... words) {
        assertThatThrownBy(() -> Transcript.parse(text))
                .isInstanceOf(Exchange.InvalidTranscript.class)
                .hasMessageContainingAll(words);
    }

    @Test
    void readsAUrlAsAGetUnlessAVerbPrecedesIt() {
        assertThat(parse(" http://localhost/b/a?x=1\n"))
                .isEqualTo(Exchange.of("GET", "http://localhost/b/a?x=1", Headers.NONE));
        assertThat(parse("PUT https://b.example/a").method()).isEqualTo("PUT");
    }

    @Test
    void aUrlIsTakenOutOfWhatIsAroundIt() {
        String url = "https://b.example/a?OSSAccessKeyId=A&Expires=1&Signature=S%3D";
        String html = url.replace("&", "&amp;");
        for (String text : List.of(
                url,
                '"' + url + '"',
                '"' + url + "\",",
                "'" + url + "';",
                "  \"url\": \"" + url + "\",",
                "const url = '" + url + "';",
                "fetch(`" + url + "`)",
                "<" + url + ">",
                "<a href=\"" + html + "\">download</a>",
                "<a class=x href='" + html + "' target=_blank>\n download\n</a>",
                "<a href=\"" + url + "\">" + url + "</a>",
                "<IMG SRC=" + html + ">",
                "curl -v '" + url + "'",
                "$ curl -sSLv -o out.jpg \"" + url + "\" 2>&1 | less",
                "curl --referer https://other.example/ -x http://proxy:8080 --url '" + url + "'",
                "root@host:~# curl \\\n  '" + url + "' \\\n  --compressed",
                "curl.exe ^\n \"" + url + "\"",
                "curl " + url.replace("&", "\\&"),
                "wget \"" + url + "\" -O a.jpg",
                "wget -q -O - -U agent '" + url + "'\n--2026-11-17 16:12:31--  https://b.example/")) {
            assertThat(parse(text)).as(text).satisfies(exchange -> {
                assertThat(exchange.url()).isEqualTo(url);
                assertThat(exchange.method()).isEqualTo("GET");
                assertThat(exchange.answer()).isEmpty();
            });
        }
    }

    @Test
    void aShellCutsAUrlThatIsNotInQuotes() {
        assertThat(parse("curl -v https://b.example/a?OSSAccessKeyId=A&Expires=1&Signature=S")
                        .url())
                .isEqualTo("https://b.example/a?OSSAccessKeyId=A");
    }

    @Test
    void aCommandSaysMethodHeadersAndForm() {
        Exchange put = parse(
                "curl -XPUT -H 'Content-Type: image/jpeg' --header \"x-oss-meta-a: \\\"b\\\"\" -T a.jpg 'https://b.example/a'");
        assertThat(put.method()).isEqualTo("PUT");
        assertThat(put.headers())
                .isEqualTo(Headers.NONE.and("Content-Type", "image/jpeg").and("x-oss-meta-a", "\"b\""));
        assertThat(parse("curl -sI https://b.example/a").method()).isEqualTo("HEAD");
        assertThat(parse("curl https://b.example/a -T a.jpg").method()).isEqualTo("PUT");
        assertThat(parse("wget --method=DELETE --header='x-oss-date: 1' 'https://b.example/a'"))
                .isEqualTo(Exchange.of("DELETE", "https://b.example/a", Headers.NONE.and("x-oss-date", "1")));
        Exchange posted = parse("curl -d Action=AssumeRole -d Version=2015-04-01 https://sts.aliyuncs.com/");
        assertThat(posted.method()).isEqualTo("POST");
        assertThat(posted.body()).contains("Action=AssumeRole&Version=2015-04-01");
        assertThat(posted.headers().first("content-type")).contains("application/x-www-form-urlencoded");
        Exchange form = parse("curl -F key=a -F policy=e30= -F file=@a.jpg -F late=b https://b.example/");
        assertThat(form.form().orElseThrow().fields())
                .isEqualTo(List.of(new Field("key", "a"), new Field("policy", "e30=")));
    }

    @Test
    void aCommandIsReadWithItsOutput() {
        String command = "$ curl -v 'https://b.example/other'\n";
        assertThat(parse(command + CURL)).isEqualTo(parse(CURL));
        Exchange exchange = parse(
                "$ curl -i 'https://b.example/a'\nHTTP/1.1 403 Forbidden\nx-oss-request-id: 1\n\n<Error><Code>AccessDenied</Code></Error>\n");
        assertThat(exchange.url()).isEqualTo("https://b.example/a");
        assertThat(exchange.answer().orElseThrow().error().map(ErrorBody::code)).contains("AccessDenied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://b.example/a?OSSAccessKeyId=A&Exp\nires=1&Signature=S",
                "https://b.example/a?OSSAccessKeyId=A&\r\n  Expires=1&Signature=S",
                "\"https://b.example/a?OSSAccessKeyId=A&\nExpires=1&Signature=S\",",
                "curl -v 'https://b.example/a?OSSAccessKeyId=A&\nExpires=1&Signature=S'",
                "https://b.example/a?\nOSSAccessKeyId=A&\nExpires=1"
            })
    void aUrlOverSeveralLinesIsToldSo(String text) {
        assertRefused(text, "over several lines", "in one line");
    }

    @Test
    void aCurlTranscriptIsReadToItsLastAnswer() {
        Exchange exchange = parse(CURL);
        assertThat(exchange.method()).isEqualTo("PUT");
        assertThat(exchange.url()).isEqualTo("/examplebucket/a%20b?x-oss-process=a");
        assertThat(exchange.secure()).contains(true);
        assertThat(exchange.headers().first("host")).contains("127.0.0.1:8080");
        assertThat(exchange.headers().first("x-oss-meta-a")).contains(" two  spaces ");
        Exchange.Answer answer = exchange.answer().orElseThrow();
        assertThat(answer.status()).hasValue(403);
        assertThat(answer.date()).contains(Instant.parse("2026-11-22T03:00:00Z"));
        ErrorBody error = answer.error().orElseThrow();
        assertThat(error.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(error.message()).isEqualTo("a < b");
        assertThat(error.form().stringToSign()).contains("PUT\n\nimage/png\ndate\n/examplebucket/a b");
    }

    @Test
    void linesEndInAnyWay() {
        assertThat(parse(CURL.replace("\n", "\r\n")).headers())
                .isEqualTo(parse(CURL).headers());
    }

    /** As curl 7.88.1 wrote it: by {@code curl -v URL 2>&1 | cat}, in files of its own, and by {@code script}. */
    @ParameterizedTest
    @ValueSource(strings = {"curl-pipe.txt", "curl-upload.txt", "curl-slow.txt", "curl-terminal.txt"})
    void aTranscriptOfCurlIsReadByteForByte(String name) throws Exception {
        assertIsWhole(Resource.text(name));
    }

    /** Text areas of browsers have only line feeds. */
    @ParameterizedTest
    @ValueSource(strings = {"curl-pipe.txt", "curl-upload.txt", "curl-slow.txt", "curl-terminal.txt"})
    void aTranscriptOfCurlIsReadOutOfATextArea(String name) throws Exception {
        assertIsWhole(Resource.text(name).replace("\r\n", "\n").replace('\r', '\n'));
    }

    private static void assertIsWhole(String text) {
        Exchange.Answer answer = parse(text).answer().orElseThrow();
        assertThat(answer.status()).hasValue(403);
        assertThat(answer.headers().first("x-oss-request-id")).contains("674C5F5F8A1B2C3D4E5F6071");
        assertThat(answer.headers().fields()).hasSize(4);
        assertThat(answer.error().orElseThrow().elements())
                .containsEntry("EC", "0003-00000101")
                .containsEntry("Message", "Access denied by bucket policy.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r", " \r", "\r\r", " \r\r", "  ", "\t"})
    void aHeadEndsWithItsMarkAndABlank(String end) {
        String text = "> GET /a HTTP/1.1\n> Host: a\n>" + end + "\n< HTTP/2 403 \n< x-oss-request-id: 1\n<" + end
                + "\n<Error><Code>AccessDenied</Code></Error>";
        Exchange exchange = parse(text);
        assertThat(exchange.headers().fields()).hasSize(1);
        assertThat(exchange.answer().orElseThrow().error().map(ErrorBody::code)).contains("AccessDenied");
    }

    @Test
    void ofSeveralRequestsTheLastCounts() {
        String first =
                "> GET /old HTTP/1.1\n> Host: a\n> x-oss-date: 1\n>\n< HTTP/1.1 307 Temporary Redirect\n<\nold\n";
        Exchange exchange = parse(first + CURL);
        assertThat(exchange).isEqualTo(parse(CURL));
        assertThat(parse(first).answer().orElseThrow().body()).isEqualTo("old\n");
    }

    @Test
    void anAnswerToHeadHasItsErrorInAHeader() {
        String xml = "<Error><Code>NoSuchKey</Code><Message>m</Message></Error>";
        String header = Base64.getEncoder().encodeToString(xml.getBytes(StandardCharsets.UTF_8));
        Exchange exchange =
                parse("> HEAD /a HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 404 Not Found\n< x-oss-err: " + header + "\n<\n");
        assertThat(exchange.answer()
                        .flatMap(Exchange.Answer::error)
                        .orElseThrow()
                        .code())
                .isEqualTo("NoSuchKey");
    }

    @Test
    void aHarEntryIsReadWithItsAnswer() {
        Exchange exchange = parse("""
                {"_initiator":{"type":"script"},"request":{"method":"PUT","url":"https://b.oss-cn-hangzhou.aliyuncs.com/a",
                 "headers":[{"name":":authority","value":"b.oss-cn-hangzhou.aliyuncs.com"},{"name":":method","value":"PUT"},{"name":"Content-Type","value":"a/b"}]},
                 "response":{"status":403,"headers":[{"name":"date","value":"Sun, 22 Nov 2026 03:00:00 GMT"}],
                  "content":{"encoding":"base64","text":"PEVycm9yPjxDb2RlPkE8L0NvZGU+PC9FcnJvcj4="}},"time":12.5}""");
        assertThat(exchange.url()).isEqualTo("https://b.oss-cn-hangzhou.aliyuncs.com/a");
        assertThat(exchange.headers().fields()).hasSize(2);
        assertThat(exchange.headers().first("host")).contains("b.oss-cn-hangzhou.aliyuncs.com");
        assertThat(exchange.answer().orElseThrow().error().orElseThrow().code()).isEqualTo("A");
        assertThat(exchange.answer().orElseThrow().date()).isPresent();
    }

    @Test
    void ofAWholeHarFileTheLastEntryThatFailedCounts() {
        String entry =
                "{\"request\":{\"method\":\"GET\",\"url\":\"http://localhost/%s\",\"headers\":[]},\"response\":{\"status\":%d}}";
        String log = "{\"log\":{\"version\":\"1.2\",\"entries\":[%s,%s,%s]}}";
        assertThat(parse(log.formatted(entry.formatted("a", 403), entry.formatted("b", 500), entry.formatted("c", 200)))
                        .url())
                .endsWith("/b");
        assertThat(parse(log.formatted(entry.formatted("a", 200), entry.formatted("b", 200), entry.formatted("c", 0)))
                        .url())
                .endsWith("/c");
    }

    @Test
    void aFormIsReadUpToItsFile() {
        String params =
                "{\"request\":{\"method\":\"POST\",\"url\":\"http://localhost/b/\",\"headers\":[],\"postData\":{\"mimeType\":\"multipart/form-data; boundary=x\",\"params\":["
                        + "{\"name\":\"key\",\"value\":\"a\"},{\"name\":\"file\",\"fileName\":\"a.txt\"},{\"name\":\"late\",\"value\":\"b\"}]}}}";
        assertThat(parse(params).form().orElseThrow().fields()).isEqualTo(List.of(new Field("key", "a")));
        String urlEncoded =
                "{\"request\":{\"method\":\"POST\",\"url\":\"http://localhost/\",\"headers\":[],\"postData\":{\"mimeType\":\"application/x-www-form-urlencoded\",\"text\":\"Action=A\"}}}";
        assertThat(parse(urlEncoded).body()).isEqualTo(Optional.of("Action=A"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "< HTTP/1.1 200 OK\n<\n",
                "GET /a HTTP/1.1\nHost: a",
                "http://a b",
                "curl",
                "curl -v",
                "curl: (22) The requested URL returned error: 403",
                "wget: unable to resolve host address",
                "<a name=\"b\">c</a>",
                "\"https://a\", \"https://b\"",
                "> GET  HTTP/1.1"
            })
    void refusesTextWithoutARequestAndSaysWhatToPaste(String text) {
        assertRefused(text, "curl -v", "HAR entry");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{",
                "{}",
                "{\"log\":{\"entries\":[]}}",
                "{\"request\":{\"method\":\"GET\"}}",
                "{\"request\":{\"method\":\"GET\",\"url\":1}}",
                "{\"request\":{\"method\":\"GET\",\"url\":\"http://a\",\"headers\":[1]}}",
                "{\"request\":[],\"request\":[]}"
            })
    void refusesAnInvalidHarEntryByPlace(String text) {
        assertRefused(text, "no HAR entry", "line 1");
    }

    @Test
    void aRefusalRepeatsNothingOfTheText() {
        assertThatThrownBy(() -> Transcript.parse("{\"request\":{\"method\":\"GET\",\"s3cret\":}}"))
                .isInstanceOf(Exchange.InvalidTranscript.class)
                .message()
                .doesNotContain("s3cret");
    }

    @Test
    void aTextIsBounded() {
        assertRefused("x".repeat(Transcript.MAX_LENGTH + 1), "" + Transcript.MAX_LENGTH);
        assertRefused("{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}", "deep");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE e [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><Error><Code>&x;</Code></Error>",
                "<Error><Code>A</Error>",
                "<Error><Message>no code</Message></Error>",
                "{\"Code\":1}",
                "</Error><Error>"
            })
    void findsNoErrorInAnotherDocument(String body) {
        assertThat(new Exchange.Answer(OptionalInt.of(403), Headers.NONE, body).error())
                .isEmpty();
    }
}
