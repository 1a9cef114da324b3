package io.countersign.signing;

import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
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

/** V4 when the signing key is not at hand, as in the first request of a key's day: its four HMACs come on top. */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SigningKeyBenchmark {
    @Param
    private Place place;

    private OssRequest arrived;

    @Setup
    public void signOnce() throws OssRefusal {
        Sample.Sent sent = Sample.sent(SignatureVersion.V4, place, new SigningKeys(1));
        arrived = Sample.arrived(sent.url(), sent.headers());
        Sample.mustMatch(verifyWithNewKey());
    }

    @Benchmark
    public Object signWithNewKey() throws OssRefusal {
        return Sample.sign(SignatureVersion.V4, place, new SigningKeys(1));
    }

    @Benchmark
    public SignatureCheck verifyWithNewKey() throws OssRefusal {
        return Sample.verify(arrived, Sample.NOW, new SigningKeys(1));
    }
}
