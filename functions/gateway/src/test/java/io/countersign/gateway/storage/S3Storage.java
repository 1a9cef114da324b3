package io.countersign.gateway.storage;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.testkit.Ports;
import io.countersign.upstream.s3.S3Proxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** The packaged gateway with a store that speaks S3 behind each bucket: S3Proxy over a directory, which checks every signature. */
final class S3Storage implements AutoCloseable {
    final String endpoint;
    final PackagedGateway gateway;
    final Path data;
    final Tokens tokens = new Tokens();
    private final S3Proxy proxy;
    private final Path directory;

    private S3Storage(Path directory, S3Proxy proxy) throws IOException {
        int port = Ports.free();
        this.directory = directory;
        this.proxy = proxy;
        this.endpoint = "http://127.0.0.1:" + port;
        this.data = directory.resolve("data");
        Path manifest = Files.writeString(directory.resolve("manifest.yaml"), manifest(proxy, endpoint, tokens));
        this.gateway = PackagedGateway.serve(
                "serve",
                "--manifest",
                manifest.toString(),
                "--data",
                data.toString(),
                "--port",
                "0",
                "--store-port",
                Integer.toString(port));
    }

    static S3Storage start() throws Exception {
        Path directory = Files.createTempDirectory("countersign-s3-");
        S3Proxy proxy = S3Proxy.start(directory);
        try {
            for (String bucket : GuardedStorageManifest.BUCKETS) {
                proxy.create(physical(bucket));
            }
            return new S3Storage(directory, proxy);
        } catch (Exception | AssertionError e) {
            proxy.close();
            throw e;
        }
    }

    /** The name that no client may see. */
    static String physical(String bucket) {
        return "physical-" + bucket;
    }

    private static String manifest(S3Proxy proxy, String endpoint, Tokens tokens) throws IOException {
        String text = GuardedStorageManifest.of(endpoint, tokens.jwks(), "http://localhost:1");
        for (String bucket : GuardedStorageManifest.BUCKETS) {
            String upstream =
                    "upstream: {protocol: s3, endpoint: \"" + proxy.endpoint() + "\", region: " + S3Proxy.REGION
                            + ", bucket: " + physical(bucket) + ", pathStyle: true, accessKey: {id: " + S3Proxy.KEY.id()
                            + ", secret: " + S3Proxy.KEY.secret().reveal() + "}}";
            text = text.replace("- name: " + bucket + "\n", "- name: " + bucket + "\n        " + upstream + "\n")
                    .replace("{name: " + bucket + ",", "{name: " + bucket + ", " + upstream + ",");
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        proxy.close();
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
