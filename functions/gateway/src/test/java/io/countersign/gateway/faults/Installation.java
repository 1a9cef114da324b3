package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A registry, and the processes that work on it: each is started anew, and can be ended at any moment. */
final class Installation {
    static final String BUCKET = "photos";
    static final AccessKey CALLER = new AccessKey("LTAI5tCaller", Secret.of("CallerSecret"));

    /** {@code USERS} comes before further users. */
    private static final String MANIFEST = """
            accounts:
              - id: "1234567890123456"
                users:
                  - name: caller
                    accessKeys: [{id: LTAI5tCaller, secret: CallerSecret}]
                    policies: [{Version: "1", Statement: [{Effect: Allow, Action: "oss:GetObject", Resource: "acs:oss:*:*:photos/*"}]}]
            %s    buckets:
                  - {name: photos, region: cn-hangzhou, signer: caller}
            """;

    private final Path directory;
    private final List<String> options;

    /** @param settings of the store, and others */
    Installation(Path directory, Map<String, String> settings) {
        this.directory = directory;
        options = new ArrayList<>();
        settings.forEach((name, value) -> options.add("-D" + name + "=" + value));
    }

    static Installation on(StoreKind store, Path directory) throws Exception {
        return new Installation(directory, store.settings());
    }

    /** Where the registry's files are. */
    Path data() {
        return directory.resolve("data");
    }

    /** A manifest with so many users whose keys are to be made. */
    Path manifest(int made) throws IOException {
        StringBuilder users = new StringBuilder();
        for (int i = 0; i < made; i++) {
            users.append("      - {name: made").append(i).append(", accessKeys: [{}]}\n");
        }
        return Files.writeString(directory.resolve("manifest.yaml"), MANIFEST.formatted(users));
    }

    /** Makes the registry. */
    void make() throws IOException {
        PackagedGateway.Result applied = run("apply", "--manifest", manifest(0).toString());
        assertThat(applied.err()).isEmpty();
    }

    PackagedGateway serve() {
        return PackagedGateway.serve(options, with("serve", "--port", "0"));
    }

    /** Runs a command to its end. */
    PackagedGateway.Result run(String... command) {
        return PackagedGateway.run(options, with(command));
    }

    /** Starts a command, and does not wait for it. */
    PackagedGateway start(String... command) {
        return PackagedGateway.start(options, with(command));
    }

    private String[] with(String... command) {
        return Stream.concat(Stream.of(command), Stream.of("--data", data().toString()))
                .toArray(String[]::new);
    }
}
