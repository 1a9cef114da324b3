package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.http.Reply;
import io.countersign.registry.AclWriter;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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

/** A whole {@code /auth} in process, of a RAM user's presigned GET: allowed, refused by the user's policies, and refused because its signature is of another key. Every record is in memory. */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AuthBenchmark {
    @Param({"V1", "V4"})
    private SignatureVersion version;

    private final SampleRegistry registry = new SampleRegistry();
    private final AuthFunction function = new AuthFunction(
            registry.reader(),
            new AclWriter(registry.store),
            new UrlUses(registry.store),
            SessionOpener.NONE,
            new SigningKeys(16),
            AuthSettings.DEFAULT,
            Seeds.secure(),
            () -> 0);
    private Call allowed;
    private Call denied;
    private Call forged;

    @Setup
    public void signRequests() {
        allowed = call("team/2026/11/22/photo-000123.jpg", SampleRegistry.USER);
        denied = call("other/2026/11/22/photo-000123.jpg", SampleRegistry.USER);
        forged = call(
                "team/2026/11/22/photo-000123.jpg",
                new AccessKey(SampleRegistry.USER.id(), Secret.of("another secret")));
        requireStatus(allow(), 200);
        requireStatus(deny(), 403);
        requireStatus(refuseForged(), 403);
    }

    private Call call(String key, AccessKey by) {
        return ProxyCall.nginx(
                        ClientRequest.get(SampleRegistry.PRIVATE, key).presigned(version, by, Duration.ofHours(1)))
                .call();
    }

    private static void requireStatus(Reply reply, int status) {
        if (reply.status() != status) {
            throw new IllegalStateException("the request that is measured is answered " + reply.status() + ": "
                    + reply.body().utf8());
        }
    }

    @Benchmark
    public Reply allow() {
        return function.handle(allowed, SampleRegistry.NOW);
    }

    @Benchmark
    public Reply deny() {
        return function.handle(denied, SampleRegistry.NOW);
    }

    @Benchmark
    public Reply refuseForged() {
        return function.handle(forged, SampleRegistry.NOW);
    }
}
