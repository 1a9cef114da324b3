package io.countersign.verify;

import io.countersign.identity.token.SessionIssuer;
import io.countersign.identity.token.SessionReader;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.ClientRequest;
import io.countersign.verify.decide.SampleRegistry;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Sessions;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A whole verify of a session's presigned GET, from the request's text to the decision. Role, provider and bucket are in memory. */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SessionVerifyBenchmark {
    /** More than one iteration verifies, so that each session is new when its turn comes. */
    private static final int SESSIONS = 1 << 14;

    @Param({"V1", "V4"})
    private SignatureVersion version;

    private final SampleRegistry filled = new SampleRegistry();
    private final KeyRegistry registry = filled.reader();
    private final Sessions sessions = new Sessions(filled);
    private VerifyRequest[] requests;
    private Verifier verifier;
    private int turn;

    @Setup
    public void signRequests() throws StoreUnavailable {
        requests = IntStream.range(0, SESSIONS).mapToObj(i -> request()).toArray(VerifyRequest[]::new);
        forget();
        if (!sameSession().allowed()) {
            throw new IllegalStateException("the request that is measured is refused: " + sameSession());
        }
    }

    /** Neither a token nor the signing key of its secret has been seen before. */
    @Setup(Level.Iteration)
    public void forget() {
        verifier = new Verifier(
                registry, SessionOpener.of(new SessionReader(registry)), new SigningKeys(16), BaseDomains.DEFAULT);
        turn = 0;
    }

    @Benchmark
    public VerifyAnswer newSession() throws StoreUnavailable {
        turn = turn + 1 & SESSIONS - 1;
        return verifier.verify(requests[turn], SampleRegistry.NOW);
    }

    @Benchmark
    public VerifyAnswer sameSession() throws StoreUnavailable {
        return verifier.verify(requests[0], SampleRegistry.NOW);
    }

    private VerifyRequest request() {
        SessionIssuer.IssuedSession session = sessions.alice();
        return ClientRequest.get(SampleRegistry.PRIVATE, "users/alice/2026/11/22/photo-000123.jpg")
                .token(session.token().reveal())
                .presigned(version, Sessions.key(session), Duration.ofMinutes(5));
    }
}
