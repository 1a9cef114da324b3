package io.countersign.infra;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import software.amazon.awscdk.App;
import software.amazon.awscdk.AppProps;

/** Stacks over functions that were never built. */
final class Deployments {
    private Deployments() {}

    static Path functions(Path directory) throws IOException {
        for (String module : List.of("token", "presign", "sign-content", "verify", "rotate")) {
            Path zip = Files.createDirectories(directory.resolve(module).resolve("target"))
                    .resolve("function.zip");
            try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
                out.putNextEntry(new ZipEntry("bootstrap"));
                out.write(module.getBytes(StandardCharsets.UTF_8));
            }
        }
        return directory;
    }

    /** @param context names and values in turn, as {@code cdk -c} takes them */
    static CountersignStack stack(Path functions, String... context) {
        Map<String, Object> values = new HashMap<>();
        values.put("functions", functions.toString());
        for (int i = 0; i < context.length; i += 2) {
            values.put(context[i], context[i + 1]);
        }
        App app = new App(AppProps.builder()
                .context(values)
                .outdir(functions.resolve("cdk.out-" + values.hashCode()).toString())
                .build());
        return new CountersignStack(app, "Countersign", DeploymentSettings.of(app.getNode()));
    }
}
