package io.countersign.alibaba;

import io.countersign.http.Header;
import io.countersign.http.client.RetryPolicy;
import io.countersign.http.client.RpcError;
import io.countersign.http.client.Transport;
import io.countersign.signing.rpc.Acs3Call;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Calls one RPC-style service of Alibaba Cloud. It sends POST requests signed with ACS3, as Alibaba Cloud's SDKs do; each attempt has a date and a nonce of its own.
 * {@link RetryPolicy} and {@link Transport} bound each call.
 */
public final class Acs3Client {
    private static final int NONCE_BYTES = 16;

    private final URI endpoint;
    private final String version;
    private final Transport transport;
    private final SecureRandom random;
    private final InstantSource clock;
    private final RetryPolicy retryPolicy;

    /**
     * @param endpoint as {@link io.countersign.http.client.ServiceAddress} checked it
     * @param version of the service's API, such as {@code 2015-05-01}
     * @param random draws nonces
     * @param clock dates the requests: services accept those of the last 15 minutes
     */
    public Acs3Client(
            URI endpoint,
            String version,
            Transport transport,
            SecureRandom random,
            InstantSource clock,
            RetryPolicy retryPolicy) {
        this.endpoint = endpoint;
        this.version = version;
        this.transport = transport;
        this.random = random;
        this.clock = clock;
        this.retryPolicy = retryPolicy;
    }

    /**
     * Returns the final answer, whatever its status; empty when there is none within the bounds.
     *
     * @param isRetryable whether to repeat the call after this answer; an empty one stands for a lost answer
     */
    public Optional<Transport.Answer> call(
            String action,
            Map<String, String> parameters,
            Acs3Call.Signer signer,
            Predicate<Optional<Transport.Answer>> isRetryable) {
        Acs3Call call = new Acs3Call(action, version, new TreeMap<>(parameters));
        return retryPolicy.until((elapsed, timeout) -> send(call, signer, timeout), isRetryable);
    }

    /** Whether an idempotent call may be repeated: its answer was lost, or says that the service is throttled or broken. */
    public static boolean isRetryable(Optional<Transport.Answer> answer) {
        return answer.isEmpty() || RpcError.isTransient(answer.get());
    }

    private Transport.Answer send(Acs3Call call, Acs3Call.Signer signer, Duration timeout) throws IOException {
        Acs3Call.Signed signed = call.signed(endpoint.getRawAuthority(), signer, nonce(), clock.instant());
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Accept", "application/json"));
        signed.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        return transport.post(endpoint.resolve(signed.target()), headers, "", timeout);
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
