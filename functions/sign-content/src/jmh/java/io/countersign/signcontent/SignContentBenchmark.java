package io.countersign.signcontent;

import static io.countersign.identity.TestToken.NOW;

import io.countersign.http.Bytes;
import io.countersign.http.Call;
import io.countersign.http.ProblemException;
import io.countersign.http.Reply;
import io.countersign.identity.BearerAuthenticator;
import io.countersign.identity.Caller;
import io.countersign.identity.ClientContext;
import io.countersign.identity.delegation.NotedFacts;
import io.countersign.identity.limits.SubjectLimits;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.ReadAhead;
import io.countersign.registry.RoleFaces;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.NullUnmarked;
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

/** A PUT's string to sign of V1, parsed, rebuilt, judged and signed; and the whole call, of which most is the token's RSA signature. Provider, role, bucket and key are in memory. */
@NullUnmarked // the fields are set by the harness
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SignContentBenchmark {
    private static final String POLICY =
            "{\"Version\":\"1\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":[\"oss:GetObject\",\"oss:PutObject\"],"
                    + "\"Resource\":\"acs:oss:*:*:examplebucket/users/${jwt:sub}/*\"}]}";
    private static final String CONTENT = "PUT\n\nimage/jpeg\n" + SignContentCalls.DATE
            + "\nx-oss-meta-author:alice\n/examplebucket/users/alice/2026/11/22/photo-000001.jpg";

    private final KeyRegistry registry = SignContentCalls.registry(POLICY).registry(CacheSettings.Bounds.DEFAULT);
    private final BearerAuthenticator authenticator = new BearerAuthenticator(registry);
    private final SubjectLimits limits = new SubjectLimits(Seeds.secure());
    private final SigningKeys signingKeys = new SigningKeys(16);
    private final SignContentFunction function =
            new SignContentFunction(authenticator, registry, limits, signingKeys, SignContentSettings.DEFAULT);
    private final ContentSigner signer = new ContentSigner(registry, limits, signingKeys, SignContentSettings.DEFAULT);
    private final Call call = SignContentCalls.call("text/plain", Bytes.utf8(CONTENT), SignContentCalls.TOKEN);
    private final ClientContext asker = ClientContext.of(call);
    private Caller caller;
    private Mac mac;

    @Setup
    public void knowTheCaller()
            throws ProblemException, StoreUnavailable, NoSuchAlgorithmException, InvalidKeyException {
        caller = authenticator.caller(call, RoleFaces.Face.SIGN_CONTENT, ReadAhead.NOTHING, NOW);
        mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(SignContentCalls.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    }

    @Benchmark
    public String judgeAndSign() throws ProblemException, StoreUnavailable {
        return signer.authorization(ContentRequestReader.V1Text.of(CONTENT), new NotedFacts(), caller, asker, NOW);
    }

    @Benchmark
    public Reply wholeCall() {
        return function.handle(call, NOW);
    }

    /** The lower bound: one HMAC over the string. */
    @Benchmark
    public String bareHmac() {
        return Base64.getEncoder().encodeToString(mac.doFinal(CONTENT.getBytes(StandardCharsets.UTF_8)));
    }
}
