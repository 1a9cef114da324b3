package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code explain} on the command line: with a registry, and with only the secret. */
class ExplainCommandTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String SECRET = "ExampleSecret";
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: app
                    accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]
                    policies:
                      - Version: "1"
                        Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:photos/*"}]
                buckets:
                  - {name: photos, region: cn-hangzhou, acl: private, signer: app}
            """;

    @TempDir
    private Path directory;

    private Operator operator = new Operator(Path.of(""), NOW);

    @BeforeEach
    void apply() throws IOException {
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        operator = new Operator(directory.resolve("data"), NOW);
        assertThat(operator.run("apply --manifest " + manifest).exit()).isZero();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private String presigned(String line) {
        Operator.Result made =
                operator.run(("presign --bucket photos --key a.jpg --signature-version V1 " + line).strip());
        assertThat(made.err()).isEmpty();
        String url = made.out().lines().findFirst().orElseThrow();
        return url.replaceFirst("https://[^/]+", "http://localhost/photos");
    }

    private static String cause(Value report) throws InvalidDocumentException {
        return Members.of(Members.of(report).required("cause")).string("code");
    }

    @Test
    void aUrlAndItsHeadersAreExplained() throws Exception {
        String url = presigned("--method PUT");
        Operator.Result text = operator.run("explain " + url + " --method PUT --header Content-Type:image/jpeg");
        assertThat(text.exit()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .contains(
                        "verdict: refused (SignatureDoesNotMatch)",
                        "cause: ContentType: It was signed without a Content-Type")
                .contains("steps:", "string to sign of this request:\n    PUT\n    \n    image/jpeg\n")
                .doesNotContain(SECRET);
        Value json = operator.run("explain " + url + " --method PUT --header Content-Type:image/jpeg --json")
                .json();
        assertThat(cause(json)).isEqualTo("ContentType");
    }

    @Test
    void aVerbMayStandBeforeTheUrl() throws Exception {
        String url = presigned("--method PUT");
        Path secret = file("secret.txt", SECRET + "\n");
        assertThat(withoutData("explain", "PUT " + url, "--secret-file", secret.toString())
                        .out())
                .contains("verdict: signature-holds");
    }

    @Test
    void aTranscriptIsExplainedFromAFileAndFromStandardInput() throws Exception {
        String url = presigned("").substring("http://localhost".length());
        String pasted = "> HEAD " + url
                + " HTTP/1.1\n> Host: localhost\n>\n< HTTP/1.1 403 Forbidden\n< Date: Sun, 22 Nov 2026 03:00:00 GMT\n<\n";
        assertThat(cause(operator.run("explain " + file("failed.txt", pasted) + " --json")
                        .json()))
                .isEqualTo("OtherVerb");
        assertThat(cause(operator.fed(pasted, "explain - --json").json())).isEqualTo("OtherVerb");
    }

    @Test
    void comparesTheClientsFormsWithTheRequests() throws Exception {
        Path form = file("sts.txt", "PUT\n\nimage/png\n1\n/photos/a.jpg\n");
        Operator.Result result =
                operator.run("explain " + presigned("--method PUT") + " --method PUT --client-string-to-sign " + form);
        assertThat(result.out())
                .contains(
                        "string to sign, this request (=) and the client (~):",
                        "<- first difference: Content-Type",
                        "  ~ image/png");
    }

    @Test
    void acceptsOnlyTheSecret() throws Exception {
        String url = presigned("");
        Path secret = file("secret.txt", SECRET + "\n");
        String[] held = {"explain", url, "--secret-file", secret.toString(), "--json"};
        Operator.Result result = withoutData(held);
        assertThat(result.out()).contains("\"verdict\":\"signature-holds\"").doesNotContain(SECRET);
        Path other = file("other.txt", "another");
        Operator.Result refused = withoutData("explain", url, "--secret-file", other.toString());
        assertThat(refused.out()).contains("cause: NoKnownCause");
    }

    @Test
    void anAnswerIsExplainedWithNothingElseAtHand() throws Exception {
        String error = "<Error><Code>UserDisable</Code><Message>UserDisable</Message><EC>0003-00000801</EC></Error>";
        Operator.Result text = withoutData("explain", file("error.xml", error).toString());
        assertThat(text.exit()).isZero();
        assertThat(text.err()).isEmpty();
        assertThat(text.out())
                .contains(
                        "answered: UserDisable (EC 0003-00000801): UserDisable\nverdict: not-judged\ncause: UserDisable: The account is out of service",
                        "page: https://api.aliyun.com/troubleshoot?q=0003-00000801");
        Operator.Result json = withoutData("explain", file("error.xml", error).toString(), "--json");
        assertThat(cause(json.json())).isEqualTo("UserDisable");
    }

    @Test
    void aServerThatRefusedWhatThisRegistryAllowsIsHeard() throws Exception {
        String url = presigned("").substring("http://localhost".length());
        String pasted = "> GET " + url + " HTTP/1.1\n> Host: localhost\n>\n< HTTP/1.1 403 Forbidden\n"
                + "< Date: Sun, 22 Nov 2026 03:00:00 GMT\n<\n<Error><Code>AccessDenied</Code>"
                + "<Message>You are denied by bucket referer policy.</Message></Error>\n";
        String out = operator.run("explain " + file("failed.txt", pasted)).out();
        assertThat(out)
                .contains(
                        "answered: 403 AccessDenied: You are denied by bucket referer policy.",
                        "cause: RefererDenied: ")
                .contains("verdict: allowed (by this registry; the server that answered refused)");
        Path secret = file("secret.txt", SECRET);
        String held = withoutData("explain", file("failed.txt", pasted).toString(), "--secret-file", secret.toString())
                .out();
        assertThat(held).contains("verdict: signature-holds", "cause: RefererDenied: ");
    }

    @Test
    void explainsAUrlByItself() {
        Operator.Result cut =
                withoutData("explain", "https://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg?OSSAccessKeyId=LTAI");
        assertThat(cut.exit()).isZero();
        assertThat(cut.out()).contains("cause: UrlCut: ", "single quotes");
        assertThat(withoutData("explain", "rtmp://photos.oss-cn-hangzhou.aliyuncs.com/live/a?Expires=1")
                        .out())
                .contains("cause: Rtmp: ");
        String expired = withoutData(
                        "explain",
                        "http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=AAAA")
                .out();
        assertThat(expired).contains("verdict: refused (AccessDenied)", "cause: Expired: ");
    }

    private Operator.Result withoutData(String... words) {
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        java.io.ByteArrayOutputStream err = new java.io.ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                java.io.InputStream.nullInputStream(),
                new java.io.PrintStream(out, true, java.nio.charset.StandardCharsets.UTF_8),
                new java.io.PrintStream(err, true, java.nio.charset.StandardCharsets.UTF_8),
                false);
        int exit = new QuickCommands(terminal, () -> NOW, Seeds.secure()).run((Invocation.Quick) Commands.parse(words));
        return new Operator.Result(
                exit,
                out.toString(java.nio.charset.StandardCharsets.UTF_8),
                err.toString(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aTerminalObeysNothingOfTheRequest() throws Exception {
        Path form = file("sts.txt", "GET\n\u001b[31m\u202e\n");
        String out = operator.run("explain " + presigned("") + " --client-string-to-sign " + form)
                .out();
        assertThat(out).contains("\\u001b[31m\\u202e");
        Matcher controls = Pattern.compile("[\\p{Cntrl}&&[^\\n]]").matcher(out);
        assertThat(controls.find()).isFalse();
    }

    @Test
    void refusesTextWithoutARequest() throws Exception {
        operator.run("explain " + file("x.txt", "hello")).refused("NoRequest", "curl -v");
        operator.run("explain " + directory.resolve("missing")).refused("RequestNotFound");
    }

    /** What the page on troubleshooting invites to paste, in quotes, is the same text as in a file. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl 'http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=SIGSIG'",
                "$ curl -I \"http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=SIGSIG\"",
                "wget -O a.jpg 'http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=SIGSIG'",
                "'http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=SIGSIG'",
                "<a href=\"http://localhost/photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=SIGSIG\">",
                "> GET /photos/a.jpg?OSSAccessKeyId=LTAI5tExampleKey&Expires=1700000000&Signature=SIGSIG HTTP/1.1\n> Host: localhost\n>",
                "<Error><Code>UserDisable</Code><Message>UserDisable</Message></Error>",
                "{\"Code\":\"NoPermission\",\"Message\":\"no\"}",
                "com.aliyun.oss.OSSException: denied\n[ErrorCode]: AccessDenied\n[RequestId]: 5C3D9175B6FC201293AD4890"
            })
    void anArgumentIsJudgedAsTheSameTextInAFile(String text) throws Exception {
        Operator.Result argument = withoutData("explain", text);
        Operator.Result inFile = withoutData("explain", file("failed.txt", text).toString());
        assertThat(inFile.err()).isEmpty();
        assertThat(argument).isEqualTo(inFile);
        assertThat(argument.out()).contains("verdict: ").doesNotContain("SIGSIG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://examplebucket.oss-cn-hangzhou.aliyuncs.com/a b.txt?Signature=SIGSIG",
                "PUT https://examplebucket.oss-cn-hangzhou.aliyuncs.com/a b.txt?Signature=SIGSIG",
                "\"https://examplebucket.oss-cn-hangzhou.aliyuncs.com/a b.txt?Signature=SIGSIG\"",
                "HTTPS%3A%2F%2Fexamplebucket.oss-cn-hangzhou.aliyuncs.com%2Fa b.txt%3FSignature%3DSIGSIG"
            })
    void aUrlWithABlankIsToldSo(String url) {
        Operator.Result result = withoutData("explain", url);
        result.refused("NoRequest", "blank", "%20");
        assertThat(result.err()).doesNotContain("SIGSIG");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "examplebucket.oss-cn-hangzhou.aliyuncs.com/a.jpg?Expires=1&Signature=SIGSIG",
                "GET /photos/a.jpg?OSSAccessKeyId=LTAI5tExample&Signature=SIGSIG",
                "curl examplebucket.oss-cn-hangzhou.aliyuncs.com/a.jpg?Signature=SIGSIG",
                "curl -H 'Authorization: OSS LTAI5tExample:SIGSIG' oss-cn-hangzhou.aliyuncs.com",
                "Authorization: OSS LTAI5tExample:SIGSIG"
            })
    void aRequestIsNeverTheNameOfAFile(String text) {
        Operator.Result result = withoutData("explain", text);
        result.refused("NoRequest", "give a URL");
        assertThat(result.err()).doesNotContain("SIGSIG");
    }

    @Test
    void aFileMayHaveANameLikeACommand() throws Exception {
        Path named = file("curl output.txt", "<Error><Code>UserDisable</Code></Error>");
        assertThat(withoutData("explain", named.toString()).out()).contains("cause: UserDisable");
        withoutData("explain", "my output.txt").refused("RequestNotFound", "There is no file my output.txt");
    }

    @Test
    void aLineThatSaysTooLittleOrTooMuchIsMisuse() {
        for (String[] line : new String[][] {
            {"explain"},
            {"explain", "http://a", "--data", "d", "--secret-file", "s"},
            {"explain", "file.txt", "--method", "PUT", "--data", "d"},
            {"explain", "http://a", "--header", "nocolon", "--data", "d"},
            {"explain", "-", "--secret-file", "-"},
            {"explain", "http://a", "--data", "d", "--at", "yesterday"}
        }) {
            assertThat(Commands.parse(line)).as(String.join(" ", line)).isInstanceOf(Invocation.Misused.class);
        }
    }
}
