package io.countersign.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.json.Members;
import io.countersign.json.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeysCommandTest extends OperatorContract {
    private static final String STORE = """
            {name: attic, region: cn-hangzhou, upstream: {protocol: s3, endpoint: "https://s3.example.com", region: us-east-1, \
            bucket: physical, pathStyle: true, accessKey: {id: AKSTORE, secret: the-secret-of-the-store}}}""";

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
}
