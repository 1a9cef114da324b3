package io.countersign.gateway.cli;

import io.countersign.gateway.live.ProcessSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A registry for commands of operators to work on: every test runs on each store, only by configuration. */
@ParameterizedClass
@MethodSource("io.countersign.gateway.cli.StoreKind#tested")
abstract class OperatorContract {
    static final String ACCOUNT = "1234567890123456";
    static final String SIGNER = "LTAI5tSigner";
    static final String CALLER = "LTAI5tCaller";
    static final String ROLE = "acs:ram::" + ACCOUNT + ":role/mobile";

    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                accessKeys: [{id: LTAI5tAccount, secret: AccountSecret}]
                users:
                  - name: signer
                    accessKeys: [{id: LTAI5tSigner, secret: SignerSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:*", Resource: "*"}]}]
                  - name: caller
                    accessKeys: [{id: LTAI5tCaller, secret: CallerSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Resource: "*"}]}]
                roles:
                  - name: mobile
                    trust: {Version: "1", Statement: [{Effect: Allow, Action: "sts:AssumeRole", Principal: {RAM: ["acs:ram::1234567890123456:root"]}}]}
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:photos/*"}]}]
                buckets:
                  - {name: photos, region: cn-hangzhou, signer: signer}
                  - {name: attic, region: cn-hangzhou}
            """;

    @Parameter
    StoreKind store = StoreKind.SQLITE;

    @TempDir
    Path directory;

    private final ProcessSettings settings = new ProcessSettings();
    Operator operator = new Operator(Path.of(""), Instant.EPOCH);

    @BeforeEach
    final void apply() throws Exception {
        store.settings().forEach(this::set);
        set("countersign.cache.ttl", "PT5S");
        operator = new Operator(directory.resolve("data"), Instant.parse("2026-11-22T03:00:00Z"));
        Operator.Result applied = operator.run("apply --manifest " + manifest(MANIFEST));
        if (applied.exit() != CommandFailure.ExitCode.OK) {
            throw new AssertionError(applied.err());
        }
    }

    @AfterEach
    final void reset() {
        settings.close();
    }

    /** Until the test ends. */
    final void set(String name, String value) {
        settings.set(name, value);
    }

    final Path manifest(String text) throws IOException {
        return Files.writeString(directory.resolve("manifest.yaml"), text);
    }

    static String manifestText() {
        return MANIFEST;
    }
}
