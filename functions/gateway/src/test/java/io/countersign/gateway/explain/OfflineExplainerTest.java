package io.countersign.gateway.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.HttpMethod;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.explain.Explained;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The holder of the secret learns why a signature does not match, and never whether a request is allowed. */
class OfflineExplainerTest {
    private static final AccessKey KEY = new AccessKey("LTAI5tNobodyKnows", Secret.of("held"));
    private static final OfflineExplainer EXPLAINER = new OfflineExplainer(
            BaseDomains.DEFAULT,
            host -> Optional.of("examplebucket").filter(bucket -> host.equals("cdn.example.net")),
            Optional.of(Secret.of("held")));
    private static final ClientRequest READ = ClientRequest.of(HttpMethod.GET, "examplebucket", "a b");

    private static Report explain(VerifyRequest request, Explained.ClientForm client, Instant now) {
        return EXPLAINER.explain(
                Exchange.of(request.method(), request.url(), request.headers()), client, Optional.empty(), now);
    }

    private static Report explain(VerifyRequest request) {
        return explain(request, Explained.ClientForm.UNKNOWN, SampleRegistry.NOW);
    }

    @ParameterizedTest
    @EnumSource
    void aSignatureThatHoldsIsNotCalledAllowed(SignatureVersion version) {
        Report report = explain(READ.signed(version, KEY));
        assertThat(report.verdict()).isEqualTo(Report.Verdict.SIGNATURE_HOLDS);
        assertThat(report.explained().cause()).isEmpty();
        assertThat(report.explained().canonical()).isPresent();
        assertThat(Report.Writer.json(report))
                .contains("\"verdict\":\"signature-holds\"")
                .doesNotContain("allowed");
    }

    @ParameterizedTest
    @EnumSource
    void anotherSecretIsNoKnownMistake(SignatureVersion version) {
        Report report = explain(READ.signed(version, new AccessKey(KEY.id(), Secret.of("other"))));
        assertThat(report.verdict()).isEqualTo(Report.Verdict.REFUSED);
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("NoKnownCause");
    }

    @ParameterizedTest
    @EnumSource
    void theClientsOwnFormTellsThatTheSecretIsAnother(SignatureVersion version) {
        VerifyRequest request = READ.signed(version, new AccessKey(KEY.id(), Secret.of("other")));
        String text = explain(request).explained().canonical().orElseThrow().stringToSign();
        Report report =
                explain(request, new Explained.ClientForm(Optional.of(text), Optional.empty()), SampleRegistry.NOW);
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("OtherSecret");
        assertThat(report.explained().comparisons()).hasSize(1);
    }

    @Test
    void theClientsOwnFormTellsWhereItDiffersOnceTheSignatureProvesIt() {
        ClientRequest signed = ClientRequest.of(HttpMethod.GET, "examplebucket", "other");
        VerifyRequest meant = signed.signed(SignatureVersion.V1, KEY);
        VerifyRequest request =
                ClientRequest.of(HttpMethod.GET, "examplebucket", "key").anonymous();
        Exchange sent = Exchange.of("GET", request.url(), meant.headers());
        String text = explain(meant).explained().canonical().orElseThrow().stringToSign();
        Report proven = EXPLAINER.explain(
                sent,
                new Explained.ClientForm(Optional.of(text), Optional.empty()),
                Optional.empty(),
                SampleRegistry.NOW);
        assertThat(proven.explained().cause().orElseThrow().sentence())
                .contains("\"resource\"", "\"/examplebucket/other\"", "\"/examplebucket/key\"");
        Report claimed = EXPLAINER.explain(
                sent,
                new Explained.ClientForm(Optional.of(text + "x"), Optional.empty()),
                Optional.empty(),
                SampleRegistry.NOW);
        assertThat(claimed.explained().cause().map(Explained.Cause::code)).contains("NoKnownCause");
        assertThat(claimed.explained().comparisons().getFirst().firstDifference())
                .hasValue(4);
    }

    @Test
    void doesNotEvaluateAnUnsignedRequest() {
        Report report = explain(READ.anonymous());
        assertThat(report.verdict()).isEqualTo(Report.Verdict.NOT_JUDGED);
        assertThat(report.explained().canonical()).isEmpty();
    }

    @Test
    void datesCountWithoutARegistryToo() {
        Report report = explain(
                READ.signed(SignatureVersion.V4, KEY),
                Explained.ClientForm.UNKNOWN,
                SampleRegistry.NOW.plusSeconds(3_600));
        assertThat(report.explained().cause().map(Explained.Cause::code)).contains("ClockSkew");
    }

    @Test
    void aCustomDomainIsTheBucketThatIsSaid() {
        VerifyRequest request =
                ClientRequest.of(HttpMethod.GET, "examplebucket", "a").signed(SignatureVersion.V1, KEY);
        Exchange exchange = Exchange.of("GET", "http://cdn.example.net/a", request.headers());
        Report report = EXPLAINER.explain(exchange, Explained.ClientForm.UNKNOWN, Optional.empty(), SampleRegistry.NOW);
        assertThat(report.verdict()).isEqualTo(Report.Verdict.SIGNATURE_HOLDS);
    }
}
