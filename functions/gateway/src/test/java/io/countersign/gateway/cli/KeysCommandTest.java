package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Value;
import io.countersign.testkit.Seeds;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysCommandTest extends OperatorContract {
    private static final String STORE = """
        {name: attic, region: cn-hangzhou, upstream: {protocol: s3, endpoint: "https://s3.example.com", region: us-east-1, \
        bucket: physical, pathStyle: true, accessKey: {id: AKSTORE, secret: the-secret-of-the-store}}}\
        """;

    @Test
    void keysOfForeignStoresAreListedWithoutTheirSecrets() throws Exception {
        int before = Members.array(operator.run("keys --json").json()).size();
        String text = manifestText().replace("{name: attic, region: cn-hangzhou}", STORE);
        assertThat(operator.run("apply --manifest " + manifest(text)).exit()).isZero();
        assertThat(operator.run("keys").out())
                .contains("AKSTORE  store behind attic\n", "access keys: " + (before + 1))
                .contains(CALLER)
                .doesNotContain("the-secret-of-the-store");
        List<Value> keys = Members.array(operator.run("keys --json").json());
        assertThat(keys).hasSize(before + 1);
        Members key = Members.of(keys.getLast());
        assertThat(key.string("accessKeyId")).isEqualTo("AKSTORE");
        assertThat(key.string("bucket")).isEqualTo("attic");
        key.done();
        operator.run("apply --manifest " + manifest(manifestText()));
        assertThat(operator.run("keys").out()).doesNotContain("AKSTORE");
    }

    @Test
    void aListingThatItsFileDoesNotTakeIsNoSuccess() throws Exception {
        assertThat(operator.run("apply --manifest " + manifest(manifestText())).exit())
                .isZero();
        PrintStream full = new PrintStream(OutputStream.nullOutputStream(), true) {
            @Override
            public void write(byte[] bytes, int from, int length) {
                setError();
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(InputStream.nullInputStream(), full, new PrintStream(err, true), false);
        QuickCommands commands = new QuickCommands(terminal, operator::now, Seeds.secure());
        for (String[] line : List.of(
                new String[] {"keys", "--data", operator.data().toString()},
                new String[] {"keys", "--json", "--data", operator.data().toString()},
                new String[] {"--version"},
                new String[] {"--help"})) {
            err.reset();
            assertThat(commands.run((Invocation.Quick) Commands.parse(line))).isEqualTo(1);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .startsWith("countersign: OutputNotWritten: ")
                    .contains("make room")
                    .hasLineCount(1);
        }
    }
}
