package io.countersign.signing;

import com.aliyun.oss.common.comm.RequestMessage;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import java.security.GeneralSecurityException;
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

/**
 * Signing and verifying an upload, V4 with its signing key at hand, compared with aliyun-sdk-oss signing the same and a bare HMAC over the same string to sign. The SDK has no verifier; the least that one
 * made of it would do is to sign what arrived.
 */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignatureBenchmark {
    @Param
    private SignatureVersion version;

    @Param
    private Place place;

    private final SigningKeys keys = new SigningKeys(64);
    private BareHmac hmac;
    private SdkSigner sdk;
    private Sample.Sent sent;
    private OssRequest arrived;

    /** Measures nothing that is wrong. */
    @Setup
    public void signOnce() throws OssRefusal, GeneralSecurityException {
        sent = Sample.sent(version, place, keys);
        arrived = Sample.arrived(sent.url(), sent.headers());
        hmac = BareHmac.of(version, sent.form().stringToSign());
        sdk = new SdkSigner(version, place);
        hmac.mustBe(sent);
        Sample.mustMatch(verify());
        Sample.mustMatch(sdk.check(sdk.sign(), keys));
    }

    @Benchmark
    public byte[] bareHmac() {
        return hmac.compute();
    }

    @Benchmark
    public Object sign() throws OssRefusal {
        return Sample.sign(version, place, keys);
    }

    @Benchmark
    public SignatureCheck verify() throws OssRefusal {
        return Sample.verify(arrived, Sample.NOW, keys);
    }

    /** From the text of the URL on. */
    @Benchmark
    public SignatureCheck parseAndVerify() throws OssRefusal {
        return Sample.verify(Sample.arrived(sent.url(), sent.headers()), Sample.NOW, keys);
    }

    @Benchmark
    public RequestMessage officialSdkSigns() {
        return sdk.sign();
    }
}
