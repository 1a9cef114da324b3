package io.countersign.gateway.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGHUP to a server that applies a manifest. */
class HangupIT {
    private static final String MANIFEST = """
            {"accounts":[{"id":"1234567890123456","buckets":[{"name":"photos","region":"cn-hangzhou","acl":"%s"}]}]}""";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    @Test
    void theManifestIsAppliedAnewAndABadOneChangesNothing() throws Exception {
        try (PackagedGateway gateway = serve()) {
            assertThat(allowed(gateway)).contains("\"allowed\":false");
            hangUp(gateway);
            await(gateway, "event=ManifestApplied created=0 updated=0 unchanged=");
            Files.writeString(directory.resolve("manifest.json"), "{\"accounts\":[}");
            hangUp(gateway);
            await(gateway, "event=ManifestNotApplied reason=\"InvalidManifest");
            assertThat(allowed(gateway)).contains("\"allowed\":false");
            Files.writeString(directory.resolve("manifest.json"), MANIFEST.formatted("public-read"));
            hangUp(gateway);
            await(gateway, "updated=1 (bucket photos)");
            assertThat(allowed(gateway)).contains("\"allowed\":true");
            assertThat(gateway.stop()).isIn(0, 143);
        }
    }

    @Test
    void theStoreOfABucketThatGetsOneIsAskedWhetherItIsPrivate() throws Exception {
        HttpServer store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        store.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        store.start();
        try (PackagedGateway gateway = serve("--store-port", "0")) {
            String upstream =
                    "\"upstream\":{\"protocol\":\"s3\",\"endpoint\":\"http://127.0.0.1:%d\",\"region\":\"us-east-1\",\"bucket\":\"physical\",\"pathStyle\":true,\"accessKey\":{\"id\":\"AK\",\"secret\":\"s\"}},\"acl\""
                            .formatted(store.getAddress().getPort());
            Files.writeString(
                    directory.resolve("manifest.json"),
                    MANIFEST.formatted("private").replace("\"acl\"", upstream));
            assertThat(said(gateway)).doesNotContain("event=upstream-");
            hangUp(gateway);
            await(gateway, "event=upstream-public bucket=photos");
        } finally {
            store.stop(0);
        }
    }

    @Tag("jvm")
    @Test
    void aSignalDuringTheStartIsTakenWhenTheServerIsReady() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(List.of(), arguments())) {
            awaitRuntime(gateway);
            hangUp(gateway);
            await(gateway, "countersign: ready on ");
            await(gateway, "event=ManifestApplied ");
            assertThat(gateway.stop()).isIn(0, 143);
        }
    }

    /** Quarkus's runtime has a thread of this name from its beginning, which is long before the manifest is read. */
    private static void awaitRuntime(PackagedGateway gateway) throws Exception {
        Path threads = Path.of("/proc", Long.toString(gateway.pid()), "task");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (names(threads).noneMatch(name -> name.startsWith("pre-init"))) {
            assertThat(System.nanoTime()).as(said(gateway)).isLessThan(end);
            Thread.sleep(1);
        }
    }

    private static Stream<String> names(Path threads) throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> listed = Files.newDirectoryStream(threads)) {
            for (Path thread : listed) {
                names.add(Files.readString(thread.resolve("comm")));
            }
        } catch (NoSuchFileException e) {
            // A thread, or the process, has ended meanwhile.
        }
        return names.stream();
    }

    private PackagedGateway serve(String... more) throws IOException {
        return PackagedGateway.serve(List.of("-Dcountersign.cache.ttl=PT0S"), arguments(more));
    }

    private String[] arguments(String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("manifest.json"), MANIFEST.formatted("private"));
        List<String> arguments = new ArrayList<>(List.of(
                "serve",
                "--manifest",
                file.toString(),
                "--data",
                directory.resolve("data").toString(),
                "--port",
                "0"));
        arguments.addAll(List.of(more));
        return arguments.toArray(String[]::new);
    }

    private static String allowed(PackagedGateway gateway) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(gateway.url() + "/verify"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"method\":\"GET\",\"url\":\"http://photos.oss-cn-hangzhou.aliyuncs.com/a.jpg\"}"))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static void hangUp(PackagedGateway gateway) throws Exception {
        assertThat(new ProcessBuilder("kill", "-HUP", Long.toString(gateway.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static void await(PackagedGateway gateway, String line) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!said(gateway).contains(line)) {
            assertThat(System.nanoTime()).as(said(gateway)).isLessThan(end);
            Thread.sleep(50);
        }
    }

    private static String said(PackagedGateway gateway) {
        return gateway.output() + gateway.errors();
    }
}
