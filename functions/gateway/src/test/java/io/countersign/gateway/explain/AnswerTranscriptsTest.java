package io.countersign.gateway.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.KeyRegistry;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.explain.Explained;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer of another server is explained by its own error, in any pasted form, and without a secret. */
class AnswerTranscriptsTest {
    private static final OfflineExplainer ALONE =
            new OfflineExplainer(BaseDomains.DEFAULT, host -> Optional.empty(), Optional.empty());
    private static final KeyRegistry REGISTRY = new SampleRegistry().reader();
    private static final Explainer WITH_REGISTRY = new Explainer(
            new Verifier(REGISTRY, SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT), REGISTRY, true);
    private static final String EC_PAGE = "https://api.aliyun.com/troubleshoot?q=";

    static String read(String name) {
        try (InputStream in = Objects.requireNonNull(AnswerTranscriptsTest.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Transcript.Pasted pasted(String name) {
        try {
            return Transcript.parse(read(name));
        } catch (Exchange.InvalidTranscript e) {
            throw new AssertionError(name, e);
        }
    }

    private static Report alone(String name) {
        return ALONE.explain(pasted(name), Explained.ClientForm.UNKNOWN, Optional.empty(), SampleRegistry.NOW);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ram-explicit.txt | RamPolicy | 0003-00000201 | The RAM user \"205871000474254611\" of the account 1032391220562056 was refused oss:PutBucketReferer by an explicit Deny",
                "ram-implicit.txt | NotAllowed | 0003-00000001 | no RAM policy attached to the caller allows it",
                "session-policy.txt | SessionPolicy | 0003-00000301 | The role's session \"oss-role:alice\"",
                "control-policy.txt | ControlPolicy | 0003-00009999 | is not known here",
                "bucket-policy.xml | BucketPolicy | 0003-00000101 | The bucket's policy forbids",
                "acl-unsigned.txt | NotSigned | | is not signed",
                "referer-empty.txt | RefererEmpty | 0003-00000501 | without a Referer",
                "referer-denied.har | RefererDenied | 0003-00000503 | (https://copycat.example.net/album)",
                "user-disable.txt | UserDisable | 0003-00000801 | payments are overdue",
                "second-level-domain.txt | SecondLevelDomain | | https://BUCKET.ENDPOINT/KEY",
                "endpoint.txt | Endpoint | 0003-00001403 | send the request to \"oss-cn-shanghai.aliyuncs.com\"",
                "bucket-disable.xml | BucketDisable | | The bucket is out of service",
                "in-debt.xml | InDebt | | must pay",
                "cname-denied.xml | CnameDenied | 0018-00000123 | bound to another bucket",
                "skew.txt | ClockSkew | 0002-00000504 | 2 h 3 min behind the server's",
                "token-invalid.txt | TokenText | | + as %2B",
                "token-expired.xml | TokenExpired | 0002-00000007 | The session has ended",
                "token-missing.har | TokenMissing | | as the field x-oss-security-token",
                "region.txt | Region | 0002-00000226 | sign for the bucket's region",
                "v1-refused.xml | V1Refused | 0002-00000080 | sign with V4",
                "kms.xml | Kms | | kms:Decrypt",
                "post-condition.xml | FormPolicy | 0006-00000227 | exactly the values that were signed",
                "callback.txt | CallbackAnswer | 0007-00000203 | (Error status : -1.OSS can not connect to your callbackUrl, please check it.)",
                "head.txt | RamPolicy | 0003-00000202 | in the bucket's resource group",
                "unknown-ec.txt | AccessDenied | 0099-00000042 | EC 0099-00000042 is not known here",
                "unknown-code.xml | UnknownAnswer | 0098-00000001 | neither is its code \"WholeNewTrouble\"",
                "response-alone.txt | UserDisable | 0003-00000801 | out of service",
                "java.txt | NotAllowed | 0003-00000001 | was refused oss:GetObject",
                "java-short.txt | Endpoint | | another region",
                "go.txt | RefererDenied | 0003-00000503 | whitelist",
                "go-v2.txt | UserDisable | 0003-00000801 | out of service",
                "python.txt | SessionPolicy | 0003-00000301 | handed to AssumeRole",
                "javascript.txt | NotAllowed | | grant the action",
                "android.txt | TokenExpired | 0002-00000007 | The session has ended",
                "ios.txt | AccessKeyInactive | | deactivated",
                "sts-trust.json | TrustPolicy | | add the caller to its Principal",
                "javascript.json | ClockSkew | | 15 minutes",
                "sts-caller.xml | CallerOrTrustPolicy | | check both",
                "form-of-two-versions.har | FormOfTwoVersions | | of V1 (OSSAccessKeyId, Signature) and of V4",
                "url-cut.txt | UrlCut | | ends before its first &",
                "browser.txt | Host | | does not belong to OSS"
            })
    void theServersOwnWordIsExplained(String name, String code, String ec, String words) {
        Report report = alone(name);
        Explained.Cause cause = report.explained().cause().orElseThrow();
        assertThat(cause.code()).as(cause.sentence()).isEqualTo(code);
        assertThat(cause.sentence()).contains(words == null ? "" : words);
        assertThat(cause.page()).hasValueSatisfying(page -> assertThat(page).startsWith("https://"));
        if (ec != null) {
            assertThat(cause.page()).contains(EC_PAGE + ec);
            assertThat(report.answered().orElseThrow().ec()).contains(ec);
        }
        assertThat(report.verdict()).isIn(Report.Verdict.NOT_JUDGED, Report.Verdict.REFUSED);
    }

    @Test
    void anAnswerThatIsNotTheStoragesIsToldSo() {
        Report report = alone("proxy.txt");
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("NotFromStorage");
        assertThat(Report.Writer.json(report)).contains("\"answered\":{\"status\":403}");
    }

    @Test
    void theAnswerIsWrittenWithItsStatusItsEcAndThePage() {
        assertThat(Report.Writer.json(alone("user-disable.txt")))
                .contains(
                        "\"answered\":{\"status\":403,\"code\":\"UserDisable\",\"message\":\"UserDisable\",\"ec\":\"0003-00000801\"}")
                .contains("\"page\":\"https://api.aliyun.com/troubleshoot?q=0003-00000801\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user-disable.txt",
                "ram-explicit.txt",
                "endpoint.txt",
                "skew.txt",
                "acl-unsigned.txt",
                "proxy.txt"
            })
    void aRegistryOfOursDoesNotDrownTheServersWord(String name) throws Exception {
        Report report =
                WITH_REGISTRY.explain(pasted(name), Explained.ClientForm.UNKNOWN, Optional.empty(), SampleRegistry.NOW);
        Explained.Cause said = alone(name).explained().cause().orElseThrow();
        // If the other server gives no reason, this server's reason counts.
        assertThat(report.explained().cause())
                .hasValueSatisfying(cause -> assertThat(cause.code())
                        .isIn(said.code(), name.equals("proxy.txt") ? "UnknownHost" : said.code()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"referer-denied.har", "ram-explicit.txt", "token-invalid.txt"})
    void showsNoSecret(String name) {
        assertThat(Report.Writer.json(alone(name)))
                .doesNotContain("d0ntShowTh1s", "AQIBIAAAACB1", "CAISowJ1q6Ft5B2yfSjIr5bgIOz31");
    }

    @Test
    void theHolderOfASecretSeesTheServersWordFirst() {
        Report report = new OfflineExplainer(
                        BaseDomains.DEFAULT, host -> Optional.empty(), Optional.of(Secret.of("held")))
                .explain(
                        pasted("user-disable.txt"), Explained.ClientForm.UNKNOWN, Optional.empty(), SampleRegistry.NOW);
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("UserDisable");
        assertThat(report.verdict()).isEqualTo(Report.Verdict.REFUSED);
        assertThat(report.here().map(Explained.Cause::code)).contains("NoKnownCause");
    }

    @Test
    void readsAnAnswerOfATokenServerWithoutARequest() {
        Report report = alone("token-server.json");
        assertThat(report.kind()).isEqualTo(Report.Kind.TOKEN);
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("TokenRefused");
    }

    /** A page shows a bounded text, however long an answer a server or an impostor sends. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "<Error><Code>AccessDenied</Code><Message>%s</Message></Error>",
                "<Error><Code>AccessDenied</Code><Message>m</Message><HostId>%s</HostId></Error>",
                "<Error><Code>New%s</Code><Message>%s</Message></Error>",
                "<Error><Code>RequestTimeTooSkewed</Code><Message>m</Message><RequestTime>%s</RequestTime><ServerTime>%s</ServerTime></Error>",
                "<Error><Code>AccessDenied</Code><AccessDeniedDetail><AuthAction>%s</AuthAction><AuthPrincipalType>%s</AuthPrincipalType><NoPermissionType>ImplicitDeny</NoPermissionType></AccessDeniedDetail></Error>",
                "<Error><Code>InvalidCallback</Code><Message>%s</Message></Error>",
                "{\"Code\":\"NoPermission\",\"Message\":\"%s\",\"RequestId\":\"%s\"}"
            })
    void boundsTheShownText(String form) throws Exception {
        Report report = ALONE.explain(
                Transcript.parse(form.replace("%s", "A".repeat(100_000))),
                Explained.ClientForm.UNKNOWN,
                Optional.empty(),
                SampleRegistry.NOW);
        assertThat(Report.Writer.json(report)).hasSizeLessThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A"})
    void aCutLeavesNoHalfOfACharacter(String first) throws Exception {
        Report report = ALONE.explain(
                Transcript.parse("<Error><Code>AccessDenied</Code><Message>" + first + "\uD834\uDD1E".repeat(5_000)
                        + "</Message></Error>"),
                Explained.ClientForm.UNKNOWN,
                Optional.empty(),
                SampleRegistry.NOW);
        assertThat(report.answered().orElseThrow().error().orElseThrow().message())
                .hasSizeGreaterThan(2_000)
                .endsWith("\uDD1E...");
    }

    @Test
    void blockPublicAccessIsNamed() throws Exception {
        for (String what : List.of("object", "bucket")) {
            Report report = ALONE.explain(
                    Transcript.parse("<Error><Code>AccessDenied</Code><Message>Put public " + what
                            + " acl is not allowed</Message></Error>"),
                    Explained.ClientForm.UNKNOWN,
                    Optional.empty(),
                    SampleRegistry.NOW);
            Explained.Cause cause = report.explained().cause().orElseThrow();
            assertThat(cause.code()).isEqualTo("BlockPublicAccess");
            assertThat(cause.page()).hasValueSatisfying(page -> assertThat(page).endsWith("/putpublicaccessblock"));
        }
    }
}
