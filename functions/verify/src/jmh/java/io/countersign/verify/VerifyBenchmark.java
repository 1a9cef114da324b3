package io.countersign.verify;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.Header;
import io.countersign.http.Reply;
import io.countersign.registry.store.MemoryStore;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole {@code POST /verify} in process: JSON in, a RAM user's presigned GET judged, JSON out. Key, policies and bucket are in memory. */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class VerifyBenchmark {
    /** More than the registry remembers, so that each of them is new again when its turn comes. */
    private static final int OBJECTS = 1 << 14;

    @Param({"V1", "V4"})
    private SignatureVersion version;

    private final VerifyFunction function = new VerifyFunction(
            new SampleRegistry().reader(),
            new UrlUses(new MemoryStore()),
            SessionOpener.NONE,
            new SigningKeys(16),
            VerifySettings.DEFAULT);
    private List<Call> calls;
    private int turn;

    @Setup
    public void signRequests() {
        calls = IntStream.range(0, OBJECTS)
                .mapToObj(i ->
                        call(ClientRequest.get(SampleRegistry.PRIVATE, "team/2026/11/22/photo-%06d.jpg".formatted(i))))
                .toList();
        for (Call call : calls) {
            String body = function.handle(call, SampleRegistry.NOW).body().utf8();
            if (!body.startsWith("{\"allowed\":true")) {
                throw new IllegalStateException("the request that is measured is refused: " + body);
            }
        }
    }

    /** Another object each time: the store, here one in memory, is asked for its ACL. */
    @Benchmark
    public Reply firstSight() {
        turn = turn + 1 & OBJECTS - 1;
        return function.handle(calls.get(turn), SampleRegistry.NOW);
    }

    @Benchmark
    public Reply cached() {
        return function.handle(calls.getFirst(), SampleRegistry.NOW);
    }

    private Call call(ClientRequest asked) {
        VerifyRequest request = asked.presigned(version, SampleRegistry.USER, Duration.ofHours(1));
        return new Call(
                "POST",
                "/verify",
                Optional.empty(),
                List.of(new Header("Content-Type", "application/json")),
                Bytes.utf8(VerifyFunctionTest.json(request)),
                "127.0.0.1",
                false);
    }
}
