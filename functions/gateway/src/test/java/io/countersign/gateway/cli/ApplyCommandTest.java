package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplyCommandTest extends OperatorContract {
    @Test
    void printsChangesAsOneDocumentAndWritesKeysOnlyToAFile() throws Exception {
        String text = manifestText().replace("    roles:\n", "      - {name: made, accessKeys: [{}]}\n    roles:\n");
        Members members = Members.of(
                operator.atTerminal("apply --json --manifest " + manifest(text)).json());
        assertThat(Members.strings(members.required("created")))
                .contains("user " + ACCOUNT + "/made")
                .hasSize(2);
        assertThat(members.list("updated")).isEmpty();
        assertThat(members.list("removed")).isEmpty();
        assertThat(members.list("notNamed")).isEmpty();
        assertThat(members.optionalInteger("unchanged", 1, 1_000)).isPresent();
        assertThat(members.optionalInteger("madeKeys", 0, 10)).hasValue(1);
        Path file = Path.of(members.string("madeKeysFile"));
        assertThat(members.list("neverShown")).isEmpty();
        assertThat(members.list("notes")).isEmpty();
        members.done();
        assertThat(Files.readString(file)).contains("accessKeySecret", "user/" + ACCOUNT + "/made");
    }

    @Test
    void listsUnnamedRecordsInTheDocument() throws Exception {
        String less = manifestText().replace("      - {name: attic, region: cn-hangzhou}\n", "");
        Members reported = Members.of(
                operator.run("apply --json --manifest " + manifest(less)).json());
        assertThat(Members.strings(reported.required("notNamed"))).containsExactly("bucket attic");
        assertThat(reported.has("madeKeysFile")).isFalse();
        Members pruned = Members.of(operator.run("apply --json --prune --manifest " + manifest(less))
                .json());
        assertThat(Members.strings(pruned.required("removed"))).contains("bucket attic");
    }

    @Test
    void notesIneffectivePolicyStatementsByPlace() throws Exception {
        String policy = "{Version: \"1\", Statement: [{Effect: Allow, Principal: \"999\", Action: oss:GetObject,"
                + " Resource: \"acs:oss:*:*:attic/*\"}]}";
        String text = manifestText()
                .replace(
                        "{name: attic, region: cn-hangzhou}",
                        "{name: attic, region: cn-hangzhou, policy: " + policy + "}");
        List<Value> notes = Members.of(operator.run("apply --json --manifest " + manifest(text))
                        .json())
                .list("notes");
        assertThat(notes).hasSize(2);
        Members note = Members.of(notes.get(1));
        assertThat(note.string("path")).endsWith(".policy.Statement[0].Principal");
        assertThat(note.string("note")).startsWith("this Allow gives nothing to 999");
        long line = note.optionalInteger("line", 1, 1_000).orElseThrow();
        note.done();
        assertThat(operator.run("apply --manifest " + manifest(text)).out())
                .contains("note: line " + line + ", " + note.string("path") + ": this Allow gives nothing to 999");
        operator.run("apply --manifest " + manifest(text.replace("Allow, Principal", "Deny, Principal")))
                .refused("ManifestRefused", "this Deny never applies to 999");
    }

    @Test
    void warnsOfAFormThatTheStorePortRefuses() throws Exception {
        String upstream =
                ", upstream: {protocol: s3, endpoint: \"https://s3.example.com\", region: us-east-1, bucket: physical, pathStyle: true, accessKey: {id: AKSTORE, secret: the-secret}}";
        String upload = "    uploads: [{name: film, bucket: photos, role: mobile, key: \"films/${uuid}\","
                + " contentTypes: [video/mp4], maxBytes: %d, as: %s}]\n";
        String plain = manifestText().replace("    roles:\n", upload.formatted(104_857_601, "form") + "    roles:\n");
        assertThat(operator.run("apply --manifest " + manifest(plain)).err()).isEmpty();
        String backed =
                plain.replace("{name: photos, region: cn-hangzhou", "{name: photos, region: cn-hangzhou" + upstream);
        Operator.Result warned = operator.run("apply --manifest " + manifest(backed));
        assertThat(warned.exit()).isZero();
        assertThat(warned.err())
                .startsWith("countersign: warning: The upload film has maxBytes: 104857601, and the store port refuses")
                .contains("countersign.upstream.max-form-bytes (104857600)");
        assertThat(warned.err().lines()).hasSize(1);
        String most = backed.replace("104857601", "104857600");
        assertThat(operator.run("apply --manifest " + manifest(most)).err()).isEmpty();
        String put = backed.replace("as: form", "as: put");
        assertThat(operator.run("apply --manifest " + manifest(put)).err()).isEmpty();
    }

    @Test
    void aRefusalPrintsNoDocument() throws Exception {
        operator.run("apply --json --manifest " + manifest("accounts: [{}]")).refused("InvalidManifest", "line 1");
    }

    @Test
    void everythingThatChangedIsInTheAuditAndNothingElse() throws Exception {
        List<String> first = subjects();
        assertThat(first)
                .contains("account " + ACCOUNT, "bucket photos", "role " + ACCOUNT + "/mobile")
                .doesNotHaveDuplicates();
        operator.run("apply --manifest " + manifest(manifestText()));
        assertThat(subjects()).isEqualTo(first);
        operator.waitFor(Duration.ofSeconds(1));
        String inactive = manifestText().replace("secret: CallerSecret}", "secret: CallerSecret, status: Inactive}");
        operator.run("apply --manifest " + manifest(inactive));
        assertThat(subjects()).hasSize(first.size() + 1);
        assertThat(operator.run("audit").out())
                .contains("ManifestApplied", CALLER, "updated", "  operator-")
                .doesNotContain("CallerSecret");
    }

    private List<String> subjects() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (Value record : Members.array(operator.run("audit --json").json())) {
            Members members = Members.of(record);
            assertThat(members.string("what")).isEqualTo("ManifestApplied");
            subjects.add(members.string("subject"));
        }
        return subjects;
    }
}
