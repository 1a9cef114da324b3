package io.countersign.lambda.packaged;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.QueryParameters;
import io.countersign.signing.SignatureVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * From the fork of a function's process to its first right answer, which needs records of the registry: what bench/cold-start.sh prints. The registry and Lambda's side
 * are on loopback and warm.
 */
final class ColdStart {
    /** @param expected what a right answer holds */
    private record Case(String module, String event, String expected) {}

    private ColdStart() {}

    public static void main(String[] arguments) throws Exception {
        rows(Integer.parseInt(arguments[0])).forEach(System.out::println);
    }

    /** A table, one row for each function. */
    static List<String> rows(int runs) throws Exception {
        List<String> rows = new ArrayList<>();
        rows.add("| function | first answer, ms (median of " + runs
                + ") | slowest | memory at most, MB | function.zip, MB |");
        rows.add("|---|---|---|---|---|");
        try (CloudRegistry registry = new CloudRegistry();
                FakeBus bus = new FakeBus()) {
            Map<String, String> environment = registry.environment();
            environment.put("COUNTERSIGN_EVENTS_BUS", "countersign");
            environment.put("COUNTERSIGN_EVENTS_ENDPOINT", bus.endpoint());
            for (Case each : cases()) {
                environment.put("QUARKUS_FUNQY_EXPORT", each.module().equals("rotate") ? "event" : "http");
                rows.add(row(each, environment, runs));
            }
        }
        return rows;
    }

    private static String row(Case each, Map<String, String> environment, int runs) throws IOException {
        List<Duration> times = new ArrayList<>();
        long memory = 0;
        // The first run warms the registry and the disk's cache and does not count.
        for (int run = 0; run <= runs; run++) {
            try (PackagedFunction function = PackagedFunction.start(each.module(), environment)) {
                RuntimeApi.Ended ended = function.api().invoke(each.event());
                Duration age = function.age();
                if (!(ended instanceof RuntimeApi.Answered) || !ended.text().contains(each.expected())) {
                    throw new AssertionError(each.module() + " answered " + ended.text());
                }
                memory = Math.max(memory, function.peakMemory());
                if (run > 0) {
                    times.add(age);
                }
            }
        }
        times.sort(null);
        return "| `%s` | %d | %d | %d | %.1f |"
                .formatted(
                        each.module(),
                        times.get(times.size() / 2).toMillis(),
                        times.getLast().toMillis(),
                        memory,
                        Files.size(PackagedFunction.zip(each.module())) / 1e6);
    }

    private static List<Case> cases() throws OssRefusal, IOException {
        Map<String, String> headers =
                Map.of("authorization", "Bearer " + CloudRegistry.token(), "content-type", "application/json");
        String url = "https://" + CloudRegistry.DOMAIN + "/users/a.jpg?"
                + Signed.url(SignatureVersion.V4, "users/a.jpg", QueryParameters.NONE)
                        .encoded();
        String content = SignContentIT.content("users/alice/a.jpg").replace("\n", "\\n");
        return List.of(
                new Case("token", Payload.post("/token", headers, "{}"), "StatusCode\\\":200"),
                new Case(
                        "presign",
                        Payload.post(
                                "/presign", headers, "{\"bucket\":\"examplebucket\",\"key\":\"users/alice/a.jpg\"}"),
                        "x-oss-signature="),
                new Case(
                        "sign-content",
                        Payload.post("/sign-content", headers, "{\"content\":\"" + content + "\"}"),
                        "authorization"),
                new Case(
                        "verify",
                        Payload.post("/verify", headers, "{\"method\":\"GET\",\"url\":\"" + url + "\"}"),
                        "allowed\\\":true"),
                new Case(
                        "rotate",
                        Files.readString(Path.of("..", "..", "..", "events", "in", "ScheduledEvent.example.json")),
                        "\"done\":[]"));
    }
}
