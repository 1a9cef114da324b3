package io.countersign.gateway.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.explain.Report;
import io.countersign.gateway.explain.transcript.Exchange;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.verify.explain.Explained;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Troubles that users of OSS reported ({@code troubles/*.json}): requests with their right verdicts, and what is said about them when they are pasted. */
class TroubleCorpusTest {
    private static final Resources TROUBLES = Resources.of("troubles");

    static Stream<String> names() {
        return TROUBLES.names().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachIsJudgedAndExplainedRight(String name) throws InvalidDocumentException {
        Members file = TROUBLES.read(name);
        assertThat(file.string("name")).isNotBlank();
        assertThat(file.string("report")).isNotBlank();
        List<Value> accounts = file.list("accounts");
        List<Value> requests = file.list("requests");
        List<Value> pasted = file.list("pasted");
        file.done();
        assertThat(requests.size() + pasted.size()).isPositive();
        AppliedManifest manifest = AppliedManifest.of(Cast.manifest(accounts));
        String account = Members.of(accounts.getFirst()).string("id");
        assertThat(new Rows(manifest, account).wrong(requests)).isEmpty();
        for (Value paste : pasted) {
            explain(manifest, account, Members.of(paste));
        }
    }

    private static void explain(AppliedManifest manifest, String account, Members paste)
            throws InvalidDocumentException {
        Report report;
        try {
            report = manifest.explain(new Pasted(manifest, account).text(paste));
        } catch (Exchange.InvalidTranscript e) {
            assertThat(e.getMessage()).as(paste.at().toString()).contains(paste.string("unreadable"));
            return;
        }
        String cause = report.explained().cause().map(Explained.Cause::code).orElse("none");
        String json = Report.Writer.json(report);
        assertThat(report.verdict().text()).as(json).isEqualTo(paste.string("verdict"));
        assertThat(cause).as(json).isEqualTo(paste.optionalString("cause").orElse("none"));
        String sentence =
                report.explained().cause().map(Explained.Cause::sentence).orElse("");
        for (Value part : paste.list("says")) {
            assertThat(sentence).contains(Members.string(part));
        }
        for (Value secret : paste.list("never")) {
            assertThat(json).doesNotContain(Members.string(secret));
        }
        paste.optionalString("why");
        paste.done();
    }
}
