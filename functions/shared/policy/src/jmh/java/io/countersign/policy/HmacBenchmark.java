package io.countersign.policy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The reference for the other figures: one HMAC-SHA256 over a string to sign, with a prepared key, which every signed request needs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HmacBenchmark {
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] text = "k=v&".repeat(75).getBytes(StandardCharsets.US_ASCII);
    private final Mac mac;

    public HmacBenchmark() {
        try {
            mac = Mac.getInstance(ALGORITHM);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Setup
    public void takeKey() throws GeneralSecurityException {
        mac.init(new SecretKeySpec("secret".getBytes(StandardCharsets.US_ASCII), ALGORITHM));
    }

    @Benchmark
    public byte[] hmacSha256Of300Bytes() {
        return mac.doFinal(text);
    }
}
