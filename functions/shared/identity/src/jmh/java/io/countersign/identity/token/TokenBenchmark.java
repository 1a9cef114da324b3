package io.countersign.identity.token;

import io.countersign.identity.CallerRefusal;
import io.countersign.identity.TestRegistry;
import io.countersign.identity.TestToken;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.oss.OssRefusal;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.testkit.Seeds;
import java.util.Optional;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Measures sealing a session and opening it again. Token keys, role and provider are in memory. */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class TokenBenchmark {
    /** More than one iteration opens, so that each is new when its turn comes. */
    private static final int SESSIONS = 1 << 16;

    private final TestRegistry filled = TestRegistry.with(
            TestRegistry.policy("Allow", "oss:GetObject", "acs:oss:*:*:examplebucket/users/${jwt:sub}/*"));
    private final KeyRegistry registry = filled.registry(CacheSettings.Bounds.DEFAULT);
    private final SessionIssuer.SessionGrant grant = TestSessions.bearer(filled, "alice", Optional.empty());
    private final SessionIssuer issuer = new SessionIssuer(registry, new SubjectLimits(Seeds.secure()), Seeds.secure());
    private SessionIssuer.IssuedSession[] sessions;
    private SessionReader reader;
    private int turn;

    @Setup
    public void issueSessions() {
        sessions = IntStream.range(0, SESSIONS).mapToObj(i -> issue()).toArray(SessionIssuer.IssuedSession[]::new);
    }

    @Setup(Level.Iteration)
    public void forget() {
        reader = new SessionReader(registry);
        turn = 0;
    }

    @Benchmark
    public SessionIssuer.IssuedSession seal() throws CallerRefusal, StoreUnavailable {
        return issuer.issue(grant, TestSessions.HOUR, TestToken.NOW);
    }

    @Benchmark
    public SessionReader.OpenedSession openAtFirstSight() throws OssRefusal, StoreUnavailable {
        turn = turn + 1 & SESSIONS - 1;
        return open(sessions[turn]);
    }

    @Benchmark
    public SessionReader.OpenedSession openAgain() throws OssRefusal, StoreUnavailable {
        return open(sessions[0]);
    }

    private SessionReader.OpenedSession open(SessionIssuer.IssuedSession session) throws OssRefusal, StoreUnavailable {
        return reader.open(session.accessKeyId(), session.token(), TestToken.NOW);
    }

    private SessionIssuer.IssuedSession issue() {
        try {
            return seal();
        } catch (CallerRefusal | StoreUnavailable e) {
            throw new IllegalStateException(e);
        }
    }
}
