import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes TOP/lib/countersign.aot, the JVM's cache of the classes and profiles of the gateway in the directory TOP: serves the example manifest, calls each face, and makes the cache of what the JVM recorded meanwhile.
 *
 *     java infra/archive/Train.java TOP
 *
 * The cache holds only what the class path has, which is the jar below TOP under a name that the script of the archive gives it again, wherever that is unpacked. No secret of this run is in it.
 */
class Train {
    private static final int ROUNDS = 20;
    private static final int PATIENCE_SECONDS = 300;
    private static final String JAR = "lib/gateway/lib/main/quarkus-run.jar";
    private static final String CACHE = "lib/countersign.aot";
    private static final String RECORD = CACHE + ".config";
    private static final Pattern READY = Pattern.compile("countersign: ready on (http://\\S+)");
    private static final String BUCKET = "examplebucket";
    private static final String PRESIGN =
            "{\"bucket\":\"" + BUCKET + "\",\"key\":\"users/alice/photo.jpg\",\"version\":\"%s\"}";
    /** The identity provider of the example has the key of RFC 8037, appendix A. */
    private static final String PROVIDERS_KEY = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> secrets = new ArrayList<>();
    private final String gateway;
    private final String bearer = token();

    private Train(String gateway) throws GeneralSecurityException {
        this.gateway = gateway;
        secrets.add(bearer);
    }

    public static void main(String[] arguments) throws Exception {
        Path top = Path.of(arguments[0]).toAbsolutePath();
        Path data = Files.createTempDirectory("countersign-train");
        try {
            List<String> secrets = record(top, data);
            make(top, data.resolve("making"));
            Path cache = top.resolve(CACHE);
            if (!Files.exists(cache) || Files.size(cache) == 0) {
                throw new IOException("the JVM wrote no cache");
            }
            String content = Files.readString(cache, StandardCharsets.ISO_8859_1);
            if (secrets.size() < 6 || secrets.stream().anyMatch(content::contains)) {
                throw new IOException(
                        "the cache holds one of the " + secrets.size() + " secrets of this run, or some are missing");
            }
        } finally {
            try (Stream<Path> files = Files.walk(data)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    /** The JVM of the archive, with the jar as it is named in the archive's script. */
    private static ProcessBuilder java(Path top, String... options) {
        List<String> command = new ArrayList<>(
                List.of("/bin/sh", "-c", "exec 9< " + JAR + "; exec \"$0\" \"$@\"", "lib/runtime/bin/java"));
        command.addAll(List.of(options));
        return new ProcessBuilder(command).directory(top.toFile());
    }

    /** Returns the secrets of the run. */
    private static List<String> record(Path top, Path data) throws Exception {
        Process server = java(
                        top,
                        "-XX:AOTMode=record",
                        "-XX:AOTConfiguration=" + RECORD,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dcountersign.drain=1",
                        "-Dorg.sqlite.lib.path=lib/native",
                        "-jar",
                        "/proc/self/fd/9",
                        "serve",
                        "--manifest",
                        "share/manifest.yaml",
                        "--data",
                        data.resolve("registry").toString(),
                        "--port",
                        "0")
                .redirectError(data.resolve("log").toFile())
                .start();
        try (BufferedReader out = server.inputReader()) {
            Train train = new Train(ready(out, data));
            train.readMadeKeys(data.resolve("registry"));
            for (int i = 0; i < ROUNDS; i++) {
                train.callEachFace();
            }
            // The JVM writes its record when it ends.
            server.toHandle().destroy();
            while (out.readLine() != null) {
                // What it says meanwhile.
            }
            if (!server.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the gateway does not end");
            }
            return train.secrets;
        } finally {
            server.destroyForcibly();
        }
    }

    /** @param log the file that it writes what the JVM says to: a pipe would have to be read to its end, however long that takes */
    private static void make(Path top, Path log) throws IOException, InterruptedException {
        Process maker = java(
                        top,
                        "-XX:AOTMode=create",
                        "-XX:AOTConfiguration=" + RECORD,
                        "-XX:AOTCache=" + CACHE,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Dorg.sqlite.lib.path=lib/native",
                        "-jar",
                        "/proc/self/fd/9")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = maker.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (!ended || maker.exitValue() != 0) {
                throw new IOException(
                        "the JVM makes no cache" + (ended ? ": " : " and does not end: ") + Files.readString(log));
            }
        } finally {
            maker.destroyForcibly();
        }
        Files.delete(top.resolve(RECORD));
    }

    private static String ready(BufferedReader out, Path data) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                return ready.group(1);
            }
        }
        throw new IOException("the gateway did not start: " + Files.readString(data.resolve("log")));
    }

    private void readMadeKeys(Path registry) throws IOException {
        try (Stream<Path> files = Files.list(registry)) {
            for (Path file : files.filter(name -> name.getFileName().toString().startsWith("made-keys-"))
                    .toList()) {
                members(Files.readString(file), "accessKeySecret").forEach(secrets::add);
            }
        }
    }

    /** Refusals too: they have code of their own. */
    private void callEachFace() throws Exception {
        get("/health", 200);
        get("/metrics", 200);
        get("/token", 200);
        String session = get("/token", 200, "Authorization", "Bearer " + bearer);
        secrets.addAll(members(session, "AccessKeySecret"));
        secrets.addAll(members(session, "SecurityToken"));
        for (String version : List.of("V1", "V4")) {
            String url = members(post("/presign", PRESIGN.formatted(version), 200), "url")
                    .getFirst();
            verify(url);
            verify(url.replace("photo", "other"));
            auth(url);
        }
        verify("https://" + BUCKET + ".oss-cn-hangzhou.aliyuncs.com/public/readme.txt");
        auth("https://" + BUCKET + ".oss-cn-hangzhou.aliyuncs.com/public/readme.txt");
        auth("https://" + BUCKET + ".oss-cn-hangzhou.aliyuncs.com/users/alice/photo.jpg");
        post("/post-policy", "{\"bucket\":\"" + BUCKET + "\",\"key\":\"users/alice/a\"}", 200);
        post(
                "/sign-content",
                "{\"content\":\"GET\\n\\n\\n" + "Sun, 29 Nov 2026 08:00:00 GMT\\n/" + BUCKET + "/users/alice/a\"}",
                0);
        post("/events", "{}", 400);
        post("/console/explain", "{\"text\":\"GET /" + BUCKET + "/users/alice/photo.jpg\"}", 0);
    }

    private void verify(String url) throws Exception {
        post("/verify", "{\"method\":\"GET\",\"url\":\"" + url + "\"}", 200);
    }

    private void auth(String url) throws Exception {
        URI uri = URI.create(url);
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        get(
                "/auth",
                0,
                "X-Original-Method",
                "GET",
                "X-Original-URI",
                uri.getRawPath() + query,
                "X-Original-Host",
                uri.getHost());
    }

    private String get(String path, int status, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(gateway + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.build(), status);
    }

    private String post(String path, String body, int status) throws Exception {
        return send(
                HttpRequest.newBuilder(URI.create(gateway + path))
                        .header("Content-Type", "application/json")
                        .header("Authorization", "Bearer " + bearer)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                status);
    }

    /** @param status what the answer must be; 0 for any: the face was called */
    private String send(HttpRequest request, int status) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
        if (status != 0 && answer.statusCode() != status) {
            throw new IOException(request.uri().getPath() + " answered " + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    /** The values of the members of this name. */
    private static List<String> members(String json, String name) throws IOException {
        List<String> values = Pattern.compile("\"" + name + "\" ?: ?\"([^\"]+)\"")
                .matcher(json)
                .results()
                .map(found -> found.group(1).replace("\\u0026", "&"))
                .toList();
        if (values.isEmpty()) {
            throw new IOException("there is no " + name);
        }
        return values;
    }

    /** A token of the identity provider for alice. */
    private static String token() throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        String content = base64url("{\"alg\":\"EdDSA\",\"kid\":\"1\"}") + "."
                + base64url("{\"iss\":\"https://login.example\",\"aud\":\"my-app\",\"sub\":\"alice\",\"iat\":" + now
                        + ",\"exp\":" + (now + 600) + "}");
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(KeyFactory.getInstance("Ed25519")
                .generatePrivate(new EdECPrivateKeySpec(
                        NamedParameterSpec.ED25519, Base64.getUrlDecoder().decode(PROVIDERS_KEY))));
        signature.update(content.getBytes(StandardCharsets.US_ASCII));
        return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
