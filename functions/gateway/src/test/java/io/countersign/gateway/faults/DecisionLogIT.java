package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.gateway.packaged.Shipped;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The decision log of the packaged gateway: whole after a stop and a kill, and no obstacle when it cannot be written. */
class DecisionLogIT {
    private static final Pattern SUMMARY = Pattern.compile(
            "decisions: (\\d+) lines in (\\d+) files, numbers 1 to (\\d+); (\\d+) decisions lost, (\\d+) lines torn");
    private static final Pattern LAST = Pattern.compile("last: ([0-9a-f]{64})");

    @TempDir
    private Path directory;

    private Path log;
    private Installation installation;

    @BeforeEach
    void make() throws IOException {
        log = directory.resolve("decisions.log");
        installation = with(Map.of("countersign.decisions.file", log.toString()));
        installation.make();
    }

    private Installation with(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("countersign.decisions.log", "all");
        all.put("countersign.decisions.kept-files", "1000");
        return new Installation(directory, all);
    }

    private static PackagedGateway.Result check(Path file, String... options) {
        String[] line = new String[3 + options.length];
        line[0] = "decisions";
        line[1] = "check";
        line[2] = file.toString();
        System.arraycopy(options, 0, line, 3, options.length);
        return PackagedGateway.run(line);
    }

    private static Matcher whole(PackagedGateway.Result checked) {
        assertThat(checked.err()).isEmpty();
        assertThat(checked.exit()).isZero();
        Matcher summary = SUMMARY.matcher(checked.out());
        assertThat(summary.find()).as(checked.out()).isTrue();
        return summary;
    }

    private static String last(PackagedGateway.Result checked) {
        Matcher last = LAST.matcher(checked.out());
        assertThat(last.find()).isTrue();
        return last.group(1);
    }

    @Test
    void theLogIsWholeOverStopsAndItsChangesAreFound() throws Exception {
        for (int run = 0; run < 2; run++) {
            try (PackagedGateway gateway = installation.serve()) {
                Calls calls = new Calls(gateway.url());
                for (int i = 0; i < 20; i++) {
                    calls.isPublic("k" + i);
                }
                assertThat(gateway.stop()).isZero();
            }
        }
        assertThat(Files.getPosixFilePermissions(log)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        PackagedGateway.Result checked = check(log);
        assertThat(whole(checked).group(1)).isEqualTo("40");
        whole(check(directory, "--last", last(checked)));
        String text = Files.readString(log);
        Files.writeString(log, text.replace("\"seq\":7,", "\"seq\":7, "));
        PackagedGateway.Result edited = check(log);
        assertThat(edited.exit()).isEqualTo(1);
        assertThat(edited.err()).startsWith("countersign: DecisionLogAltered: ").hasLineCount(1);
        assertThat(edited.out()).contains("decisions.log line 8 ");
        Files.writeString(log, text.substring(0, text.lastIndexOf("{\"seq\"")));
        whole(check(log));
        assertThat(check(log, "--last", last(checked)).exit()).isEqualTo(1);
    }

    @Test
    void aKilledGatewayLeavesAChainThatGoesOn() throws Exception {
        RandomGenerator random = Seeds.random();
        for (int kill = 0; kill < 3; kill++) {
            try (PackagedGateway gateway = with(Map.of(
                            "countersign.decisions.file", log.toString(), "countersign.decisions.file-bytes", "65536"))
                    .serve()) {
                AtomicInteger answered = new AtomicInteger();
                try (ExecutorService clients = clients(gateway, answered, Integer.MAX_VALUE)) {
                    Thread.sleep(random.nextInt(500, 1_000));
                    gateway.kill();
                    clients.shutdownNow();
                }
                assertThat(answered.get()).isPositive();
            }
        }
        try (PackagedGateway gateway = installation.serve()) {
            new Calls(gateway.url()).isPublic("last");
            assertThat(gateway.stop()).isZero();
        }
        whole(check(log));
    }

    /** Clients that ask until they have asked so often, or the gateway is gone. */
    private static ExecutorService clients(PackagedGateway gateway, AtomicInteger answered, int most) {
        ExecutorService clients = Executors.newFixedThreadPool(4);
        Calls calls = new Calls(gateway.url());
        for (int client = 0; client < 4; client++) {
            Future<?> unused = clients.submit(() -> {
                try {
                    while (answered.incrementAndGet() <= most) {
                        calls.isPublic("x".repeat(500));
                    }
                } catch (Exception e) {
                    // The gateway is gone.
                }
            });
        }
        clients.shutdown();
        return clients;
    }

    @Test
    void aFullDiskLosesLinesAndNoDecision() throws Exception {
        int calls = 600;
        try (PackagedGateway gateway = installation.serve()) {
            new Calls(gateway.url()).isPublic("first");
            limit(gateway, "200000");
            AtomicInteger answered = new AtomicInteger();
            try (ExecutorService clients = clients(gateway, answered, calls)) {
                assertThat(clients.awaitTermination(120, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(Files.size(log)).isLessThanOrEqualTo(200_000);
            limit(gateway, "unlimited");
            new Calls(gateway.url()).isPublic("room");
            assertThat(gateway.stop()).isZero();
            assertThat(gateway.errors()).contains("event=decision-log-refused", "event=decision-log-resumed");
        }
        Matcher summary = whole(check(log));
        long lost = Long.parseLong(summary.group(4));
        long notes = Files.readAllLines(log).stream()
                .filter(line -> line.contains("\"outcome\":\"lost\""))
                .count();
        assertThat(lost).isPositive();
        assertThat(Long.parseLong(summary.group(1)) - notes + lost).isEqualTo(calls + 2);
    }

    private static void limit(PackagedGateway gateway, String bytes) throws Exception {
        Process prlimit = new ProcessBuilder(
                        "prlimit", "--pid", Long.toString(gateway.pid()), "--fsize=" + bytes + ":unlimited")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    @Test
    void aLogHasOneWriter() throws Exception {
        try (PackagedGateway gateway = installation.serve()) {
            PackagedGateway.Result second = PackagedGateway.run(
                    List.of("-Dcountersign.decisions.file=" + log),
                    "serve",
                    "--port",
                    "0",
                    "--data",
                    installation.data().toString());
            assertThat(second.exit()).isEqualTo(1);
            assertThat(second.err()).contains("countersign: DecisionLogInUse: ");
            assertThat(new Calls(gateway.url()).isPublic("a")).isFalse();
        }
    }

    /** Nobody reads the standard error of the gateway. */
    @Test
    void aBlockedPipeLosesLinesAndNoDecision() throws Exception {
        List<String> command = new ArrayList<>(Shipped.command(List.of("-Dcountersign.decisions.log=all")));
        command.addAll(List.of(
                "serve",
                "--port",
                "0",
                "--drain",
                "1",
                "--data",
                installation.data().toString()));
        Process gateway = new ProcessBuilder(command).start();
        try {
            Calls calls = new Calls(ready(gateway.getInputStream()));
            Instant start = Instant.now();
            for (int i = 0; i < 1_000; i++) {
                calls.isPublic("x".repeat(900));
            }
            assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(60));
            gateway.destroy();
            assertThat(gateway.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(gateway.exitValue()).isZero();
        } finally {
            gateway.destroyForcibly();
        }
    }

    private static String ready(InputStream out) throws IOException {
        StringBuilder said = new StringBuilder();
        for (int c = out.read(); c >= 0 && c != '\n'; c = out.read()) {
            said.append((char) c);
        }
        Matcher ready = Pattern.compile("ready on (http://\\S+)")
                .matcher(new String(said.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8));
        assertThat(ready.find()).as(said.toString()).isTrue();
        return ready.group(1);
    }
}
