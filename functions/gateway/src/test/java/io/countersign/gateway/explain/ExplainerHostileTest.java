package io.countersign.gateway.explain;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.gateway.explain.transcript.Transcript;
import io.countersign.http.hostile.Attack;
import io.countersign.http.hostile.Edits;
import io.countersign.oss.BaseDomains;
import io.countersign.oss.Body;
import io.countersign.oss.Headers;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.Secret;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.Context;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyRequest;
import io.countersign.verify.decide.Victims;
import io.countersign.verify.explain.Explained;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever is pasted is explained or refused, shows no secret, and is allowed only where the verifier by itself allows it. */
class ExplainerHostileTest {
    private static final KeyRegistry REGISTRY = new SampleRegistry().reader();
    private static final Verifier VERIFIER =
            new Verifier(REGISTRY, SessionOpener.NONE, new SigningKeys(16), BaseDomains.DEFAULT);
    private static final Explainer EXPLAINER = new Explainer(VERIFIER, REGISTRY, false);
    private static final OfflineExplainer HELD = new OfflineExplainer(
            BaseDomains.DEFAULT,
            host -> Optional.empty(),
            Optional.of(Secret.of("secret-of-" + SampleRegistry.ROOT.id())));
    private static final OfflineExplainer ALONE =
            new OfflineExplainer(BaseDomains.DEFAULT, host -> Optional.empty(), Optional.empty());
    private static final List<String> PASTED =
            Victims.all().stream().map(ExplainerHostileTest::curl).toList();

    private static String curl(VerifyRequest request) {
        StringBuilder text = new StringBuilder("> " + request.method() + " "
                + request.url().substring("http://localhost".length()) + " HTTP/1.1\n> Host: localhost\n");
        for (Headers.HeaderField field : request.headers().fields()) {
            text.append("> ")
                    .append(field.name())
                    .append(": ")
                    .append(field.value())
                    .append('\n');
        }
        return text + ">\n< HTTP/1.1 403 Forbidden\n<\n<Error><Code>SignatureDoesNotMatch</Code><Message>m</Message>"
                + "<StringToSign>GET\n\n\n1\n/a</StringToSign></Error>\n";
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whateverIsPastedIsExplainedOrRefused(@ForAll("attacks") List<Attack> attacks) throws StoreUnavailable {
        for (Attack attack : attacks) {
            String pasted = attack.text(attack.on(PASTED));
            try {
                Transcript.Pasted read = Transcript.parse(pasted);
                Explained.ClientForm client = new Explained.ClientForm(Optional.of(pasted), Optional.of(pasted));
                Report report = EXPLAINER.explain(read, client, Optional.empty(), SampleRegistry.NOW);
                assertThat(report.verdict() == Report.Verdict.ALLOWED).isEqualTo(isAllowed(read));
                Report held = HELD.explain(read, client, Optional.empty(), SampleRegistry.NOW);
                assertThat(held.verdict()).isNotEqualTo(Report.Verdict.ALLOWED);
                Report alone = ALONE.explain(read, client, Optional.empty(), SampleRegistry.NOW);
                assertThat(alone.verdict()).isNotIn(Report.Verdict.ALLOWED, Report.Verdict.SIGNATURE_HOLDS);
                for (Report one : List.of(report, held, alone)) {
                    assertThat(Report.Writer.json(one)).doesNotContain("secret-of-");
                    assertThat(one.answered().isEmpty()
                                    || one.explained().cause().isPresent())
                            .as("a refusal has a cause")
                            .isTrue();
                }
            } catch (Exchange.InvalidTranscript refused) {
                assertThat(refused).hasMessageContaining(";");
            }
        }
    }

    private static boolean isAllowed(Transcript.Pasted read) throws StoreUnavailable {
        return switch (read) {
            case Exchange.Answer alone -> false;
            case Exchange exchange ->
                VERIFIER.verify(request(exchange), SampleRegistry.NOW).allowed();
        };
    }

    private static VerifyRequest request(Exchange exchange) {
        return new VerifyRequest(
                exchange.method(),
                exchange.url(),
                exchange.headers(),
                Optional.empty(),
                exchange.secure(),
                exchange.form(),
                Body.UNKNOWN,
                Context.NONE,
                Optional.empty());
    }

    @Provide
    Arbitrary<List<Attack>> attacks() {
        return Edits.attacks();
    }
}
