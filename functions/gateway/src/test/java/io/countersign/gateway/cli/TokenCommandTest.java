package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Values;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenCommandTest extends OperatorContract {
    private static final String LINE = "token --role " + ROLE + " --access-key " + CALLER;

    @Test
    void aPersonAtATerminalSeesTheSession() throws Exception {
        assertThat(operator.atTerminal(LINE).out())
                .matches("AccessKeyId: STS\\.\\S+\nAccessKeySecret: \\S+\nSecurityToken: \\S+\n"
                        + "Expiration: 2026-11-22T04:00:00Z\n");
        Members members =
                Members.of(operator.atTerminal(LINE + " --json --duration 900").json());
        assertThat(members.string("role")).isEqualTo(ROLE);
        assertThat(members.string("accessKeyId")).startsWith("STS.");
        assertThat(members.string("accessKeySecret")).hasSizeGreaterThan(20);
        assertThat(members.string("securityToken")).isNotEmpty();
        assertThat(members.string("expiration")).isEqualTo("2026-11-22T03:15:00Z");
        members.done();
    }

    @Test
    void writesTheSecretToAPrivateFileWithoutATerminal() throws Exception {
        Operator.Result issued = operator.run(LINE + " --json");
        Members reference = Members.of(issued.json());
        Path file = Path.of(reference.string("file"));
        assertThat(file.getParent()).isEqualTo(operator.data());
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        Members session = Members.of(Values.parse(Files.readString(file)));
        assertThat(reference.string("accessKeyId")).isEqualTo(session.string("accessKeyId"));
        assertThat(reference.string("role")).isEqualTo(ROLE);
        assertThat(reference.string("expiration")).isEqualTo(session.string("expiration"));
        reference.done();
        assertThat(issued.out() + issued.err())
                .doesNotContain(session.string("accessKeySecret"), session.string("securityToken"));
    }

    @Test
    void aFileIsNamedAndNeverWrittenOver() throws Exception {
        Path out = directory.resolve("session.json");
        Operator.Result issued = operator.atTerminal(LINE + " --out " + out);
        assertThat(issued.out())
                .startsWith("session STS.")
                .contains(out.toString())
                .doesNotContain("Secret");
        String first = Files.readString(out);
        operator.run(LINE + " --out " + out).refused("FileExists");
        assertThat(Files.readString(out)).isEqualTo(first);
        operator.run(LINE + " --out " + directory.resolve("none").resolve("f")).refused("SessionNotWritten");
    }

    @Test
    void aSessionPolicyComesFromAFileOrStandardInput() throws Exception {
        String policy =
                "{\"Version\": \"1\", \"Statement\": [{\"Effect\": \"Allow\", \"Action\": \"oss:GetObject\", \"Resource\": \"*\"}]}";
        assertThat(operator.fed(policy, LINE + " --policy -").exit()).isZero();
        Path file = Files.writeString(directory.resolve("policy.json"), policy);
        operator.waitFor(Duration.ofSeconds(1));
        assertThat(operator.run(LINE + " --policy " + file).exit()).isZero();
        operator.fed("{", LINE + " --policy -").refused("InvalidParameter.PolicyGrammar");
        operator.run(LINE + " --policy nowhere").refused("PolicyNotFound");
    }

    @Test
    void refusesWhatAssumeRoleRefuses() {
        operator.run(LINE + " --duration 899").refused("InvalidParameter.DurationSeconds", "900/");
        operator.run(LINE + " --duration 3601").refused("InvalidParameter.DurationSeconds");
        operator.run(LINE + " --duration -1").refused("InvalidParameter.DurationSeconds");
        operator.run(LINE + " --session-name a/b").refused("InvalidParameter.RoleSessionName");
        operator.run("token --role " + ROLE + " --access-key LTAI5tAccount").refused("NoPermission", "root accounts");
        operator.run("token --role " + ROLE + "x --access-key " + CALLER).refused("EntityNotExist.Role");
        operator.run("token --role " + ROLE + " --access-key LTAI5tNobody").refused("NoSuchAccessKey");
    }

    @Test
    void everySessionIsInTheAuditWithoutItsSecret() {
        operator.run(LINE + " --session-name ada");
        assertThat(operator.run("audit").out())
                .contains("SessionIssued  " + ROLE + "  an operator took on the role as ada with the access key "
                        + CALLER + ", until 2026-11-22T04:00:00Z  operator-")
                .doesNotContain("STS.");
        operator.run(LINE + " --duration 1");
        assertThat(operator.run("audit").out().lines().filter(line -> line.contains("SessionIssued")))
                .hasSize(1);
    }
}
