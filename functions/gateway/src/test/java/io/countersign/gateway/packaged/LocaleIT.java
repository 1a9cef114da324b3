package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Arguments are UTF-8 under every locale. The shell makes the bytes, so that the locale of this test has no influence. */
@Tag("jvm")
class LocaleIT {
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users: [{name: app, accessKeys: [{id: LTAI5tExampleKey, secret: ExampleSecret}]}]
                buckets: [{name: photos, region: cn-hangzhou, signer: app}]
            """;

    @TempDir
    private Path directory;

    private Path data;

    @BeforeEach
    void apply() throws IOException {
        data = directory.resolve("data");
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), MANIFEST);
        assertThat(PackagedGateway.run("apply", "--manifest", manifest.toString(), "--data", data.toString())
                        .exit())
                .isZero();
    }

    /** @param key as printf writes it */
    private String presign(String locale, String key, int exit) throws Exception {
        ProcessBuilder command = new ProcessBuilder(
                        "sh",
                        "-c",
                        "exec \"$1\" -jar target/quarkus-app/quarkus-run.jar presign --bucket photos --key \"$(printf '"
                                + key + "')\" --data \"$2\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        data.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile());
        command.environment().put("LC_ALL", locale);
        Process process = command.start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        String said = Files.readString(directory.resolve("out"), StandardCharsets.ISO_8859_1);
        assertThat(process.exitValue()).as(said).isEqualTo(exit);
        return said;
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8"})
    void aKeyIsTheOneThatWasTyped(String locale) throws Exception {
        assertThat(presign(locale, "caf\\303\\251/\\344\\270\\255 \\360\\237\\230\\200", 0))
                .contains("/caf%C3%A9/%E4%B8%AD%20%F0%9F%98%80?");
    }

    @Test
    void refusesArgumentsThatAreNotUtf8() throws Exception {
        assertThat(presign("C", "caf\\351", 2)).contains("not UTF-8");
        assertThat(presign("C.UTF-8", "caf\\351", 2)).contains("not UTF-8");
    }
}
