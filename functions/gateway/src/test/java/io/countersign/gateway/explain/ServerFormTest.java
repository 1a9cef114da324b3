package io.countersign.gateway.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.oss.XmlText;
import io.countersign.signing.AccessKey;
import io.countersign.signing.CanonicalForm;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Comparison;
import io.countersign.verify.explain.Explained;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SignatureDoesNotMatch of another server: what it says that it signed is held against what was sent and what the client signed, and no secret is needed. */
class ServerFormTest {
    private static final AccessKey KEY = new AccessKey("LTAI5tExampleKey00000001", Secret.of("not-theirs"));
    private static final OfflineExplainer ALONE =
            new OfflineExplainer(BaseDomains.DEFAULT, host -> Optional.empty(), Optional.empty());
    private static final ClientRequest PUT =
            ClientRequest.put("examplebucket", "a b.jpg").header("Content-Type", "image/jpeg");

    private static Report explain(String pasted, Explained.ClientForm client) {
        try {
            return ALONE.explain(Transcript.parse(pasted), client, Optional.empty(), SampleRegistry.NOW);
        } catch (Exchange.InvalidTranscript e) {
            throw new AssertionError(e);
        }
    }

    private static CanonicalForm form(VerifyRequest request) {
        return explain(curl(request, request.url(), ""), Explained.ClientForm.UNKNOWN)
                .explained()
                .canonical()
                .orElseThrow();
    }

    private static String curl(VerifyRequest request, String url, String answer) {
        String host = url.replaceFirst("https?://([^/]+)/.*", "$1");
        StringBuilder text = new StringBuilder("> " + request.method() + " " + url.replaceFirst("https?://[^/]+", "")
                + " HTTP/1.1\n> Host: " + host + "\n");
        for (Headers.HeaderField field : request.headers().fields()) {
            text.append("> ")
                    .append(field.name())
                    .append(": ")
                    .append(field.value())
                    .append('\n');
        }
        return text.append(">\n").append(answer).toString();
    }

    private static String refused(CanonicalForm server) {
        XmlText xml = new XmlText(1024)
                .markup("< HTTP/1.1 403 Forbidden\n< Date: Sun, 22 Nov 2026 03:00:00 GMT\n"
                        + "< x-oss-request-id: 674C5F5F8A1B2C3D4E5F6071\n<\n"
                        + "<Error><Code>SignatureDoesNotMatch</Code>"
                        + "<Message>The request signature we calculated does not match the signature you provided. Check your key and signing method.</Message>"
                        + "<OSSAccessKeyId>" + KEY.id() + "</OSSAccessKeyId><StringToSign>");
        xml.content(server.stringToSign()).markup("</StringToSign>");
        server.canonicalRequest().ifPresent(text -> {
            xml.markup("<CanonicalRequest>").content(text).markup("</CanonicalRequest>");
        });
        return xml.markup("<EC>0002-00000040</EC></Error>\n").toString();
    }

    private static Explained.Cause cause(Report report) {
        assertThat(report.verdict()).isEqualTo(Report.Verdict.NOT_JUDGED);
        return report.explained().cause().orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V4"})
    void aServerThatBuiltTheSameTextSuspectsTextOrSecret(SignatureVersion version) {
        VerifyRequest request = PUT.signed(version, KEY);
        Report report = explain(curl(request, request.url(), refused(form(request))), Explained.ClientForm.UNKNOWN);
        assertThat(cause(report).code()).isEqualTo("OtherTextOrSecret");
        assertThat(report.explained().comparisons())
                .isNotEmpty()
                .allMatch(one -> one.beside() == Comparison.Beside.ANSWER
                        && one.firstDifference().isEmpty());
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V4"})
    void aServerThatGotAnotherRequestNamesTheLine(SignatureVersion version) {
        VerifyRequest request = PUT.signed(version, KEY);
        CanonicalForm sent = form(request);
        CanonicalForm arrived = new CanonicalForm(
                sent.canonicalRequest().map(text -> text.replace("image/jpeg", "image/jpeg;charset=UTF-8")),
                sent.stringToSign().replace("image/jpeg", "image/jpeg;charset=UTF-8"));
        Explained.Cause cause =
                cause(explain(curl(request, request.url(), refused(arrived)), Explained.ClientForm.UNKNOWN));
        assertThat(cause.code()).isEqualTo("ChangedOnTheWay");
        assertThat(cause.sentence())
                .containsIgnoringCase("\"content-type\"")
                .contains("image/jpeg;charset=UTF-8\" where");
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V4"})
    void aClientThatSignedTheServersTextHasAnotherSecret(SignatureVersion version) {
        VerifyRequest request = PUT.signed(version, KEY);
        CanonicalForm form = form(request);
        Explained.ClientForm client =
                new Explained.ClientForm(Optional.of(form.stringToSign()), form.canonicalRequest());
        Report report = explain(curl(request, request.url(), refused(form)), client);
        assertThat(cause(report).code()).isEqualTo("OtherSecret");
    }

    @Test
    void aClientThatSignedAnotherTextIsToldTheLine() {
        VerifyRequest request = PUT.signed(SignatureVersion.V1, KEY);
        CanonicalForm form = form(request);
        Explained.ClientForm client = new Explained.ClientForm(
                Optional.of(form.stringToSign().replace("a b.jpg", "a%20b.jpg")), Optional.empty());
        Explained.Cause cause = cause(explain(curl(request, request.url(), refused(form)), client));
        assertThat(cause.code()).isEqualTo("OtherRequestSigned");
        assertThat(cause.sentence()).contains("\"resource\"", "the client has \"/examplebucket/a%20b.jpg\"");
    }

    @Test
    void comparesTheAnswersFormWithTheClients() {
        CanonicalForm form = form(PUT.signed(SignatureVersion.V4, KEY));
        String answer = refused(form).replaceAll("(?m)^<( |$)", "");
        Report same = explain(answer, new Explained.ClientForm(Optional.of(form.stringToSign()), Optional.empty()));
        assertThat(cause(same).code()).isEqualTo("OtherSecret");
        assertThat(cause(explain(answer, Explained.ClientForm.UNKNOWN)).code()).isEqualTo("Signature");
    }

    @Test
    void aCustomDomainsBucketIsTheOneThatTheServerSigned() {
        VerifyRequest request = PUT.signed(SignatureVersion.V4, KEY);
        CanonicalForm form = form(request);
        String url = "https://cdn.example.net/a%20b.jpg";
        Report report = explain(curl(request, url, refused(form)), Explained.ClientForm.UNKNOWN);
        assertThat(cause(report).code()).isEqualTo("OtherTextOrSecret");
        assertThat(report.explained().canonical()).contains(form);
    }

    @Test
    void theHostThatAProxyReplacedIsNamed() {
        VerifyRequest plain = ClientRequest.get("examplebucket", "a").signed(SignatureVersion.V4, KEY);
        String authorization = plain.headers().first("authorization").orElseThrow();
        VerifyRequest request = new VerifyRequest(
                plain.method(),
                plain.url(),
                plain.headers()
                        .without("authorization")
                        .and("authorization", authorization.replace(",Signature", ",AdditionalHeaders=host,Signature")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Body.UNKNOWN,
                Context.NONE,
                Optional.empty());
        CanonicalForm sent = form(request);
        CanonicalForm arrived = new CanonicalForm(
                sent.canonicalRequest()
                        .map(text -> text.replaceFirst(
                                "(?m)^host:.*$", "host:examplebucket.oss-cn-hangzhou-internal.aliyuncs.com")),
                sent.stringToSign());
        Explained.Cause cause =
                cause(explain(curl(request, request.url(), refused(arrived)), Explained.ClientForm.UNKNOWN));
        assertThat(cause.code()).isEqualTo("ChangedOnTheWay");
        assertThat(cause.sentence())
                .contains("in the line \"host\"", "examplebucket.oss-cn-hangzhou-internal.aliyuncs.com");
    }

    @Test
    void aTokenIsNeverShown() {
        VerifyRequest request = PUT.token("CAISowJ1q6Ft5B2yfSjIr5bgIOz31").signed(SignatureVersion.V1, KEY);
        CanonicalForm form = form(request);
        CanonicalForm raw = new CanonicalForm(
                Optional.empty(),
                form.stringToSign().replaceFirst("sha256:[0-9a-f]+", "CAISowJ1q6Ft5B2yfSjIr5bgIOz31"));
        Report report = explain(curl(request, request.url(), refused(raw)), Explained.ClientForm.UNKNOWN);
        assertThat(Report.Writer.json(report)).doesNotContain("CAISowJ1q6Ft5B2yfSjIr5bgIOz31", "not-theirs");
        assertThat(cause(report).code()).isEqualTo("OtherTextOrSecret");
    }
}
