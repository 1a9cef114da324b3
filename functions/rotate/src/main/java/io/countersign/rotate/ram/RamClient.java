package io.countersign.rotate.ram;

import io.countersign.alibaba.Acs3Client;
import io.countersign.http.client.RetryPolicy;
import io.countersign.http.client.RpcError;
import io.countersign.http.client.ServiceAddress;
import io.countersign.http.client.Transport;
import io.countersign.settings.PropertyValues;
import io.countersign.settings.Setting;
import io.countersign.signing.AccessKey;
import io.countersign.signing.rpc.Acs3Call;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * A client of Alibaba Cloud's RAM API (version 2015-05-01). All calls but CreateAccessKey are idempotent, so they are repeated when an answer is lost. CreateAccessKey
 * is repeated only when RAM answered that it did not act.
 */
public final class RamClient {
    private static final String VERSION = "2015-05-01";

    private final Acs3Client client;

    /**
     * @param random draws nonces and the jitter of pauses
     * @param clock dates the requests: RAM accepts those of the last 15 minutes
     * @param nanoTime a monotonic clock that measures a call
     */
    public RamClient(Endpoint endpoint, SecureRandom random, InstantSource clock, LongSupplier nanoTime) {
        this(
                endpoint,
                new Transport.HttpTransport(),
                random,
                clock,
                new RetryPolicy(random, nanoTime, pause -> Thread.sleep(pause.toMillis())));
    }

    RamClient(
            Endpoint endpoint, Transport transport, SecureRandom random, InstantSource clock, RetryPolicy retryPolicy) {
        this.client = new Acs3Client(endpoint.uri(), VERSION, transport, random, clock, retryPolicy);
    }

    public Listing list(String user, AccessKey signer) throws RamRefusal {
        Transport.Answer answer = answer("ListAccessKeys", Map.of("UserName", user), signer, Acs3Client::isRetryable);
        return Listing.Reader.listed(answer).orElseThrow(RamClient::unusable);
    }

    /** @throws RamRefusal with {@code UNAVAILABLE} or {@code UNUSABLE} when it is unknown whether RAM made a key */
    public AccessKey create(String user, AccessKey signer) throws RamRefusal {
        Transport.Answer answer = answer("CreateAccessKey", Map.of("UserName", user), signer, RamClient::wasThrottled);
        return Listing.Reader.created(answer).orElseThrow(RamClient::unusable);
    }

    /** Sets a key Inactive. */
    public Found deactivate(String user, String accessKeyId, AccessKey signer) throws RamRefusal {
        return done(
                "UpdateAccessKey",
                Map.of("UserName", user, "UserAccessKeyId", accessKeyId, "Status", "Inactive"),
                signer);
    }

    /** Deletes a key. The result is {@link Found#GONE} also when an earlier call, whose answer was lost, deleted it. */
    public Found delete(String user, String accessKeyId, AccessKey signer) throws RamRefusal {
        return done("DeleteAccessKey", Map.of("UserName", user, "UserAccessKeyId", accessKeyId), signer);
    }

    private Found done(String action, Map<String, String> parameters, AccessKey signer) throws RamRefusal {
        Optional<Transport.Answer> answer = call(action, parameters, signer, Acs3Client::isRetryable);
        boolean isGone = answer.flatMap(RpcError::code)
                .filter("EntityNotExist.User.AccessKey"::equals)
                .isPresent();
        if (isGone) {
            return Found.GONE;
        }
        if (!Listing.Reader.isDone(successful(action, answer))) {
            throw unusable();
        }
        return Found.THERE;
    }

    private Transport.Answer answer(
            String action,
            Map<String, String> parameters,
            AccessKey signer,
            Predicate<Optional<Transport.Answer>> retryable)
            throws RamRefusal {
        return successful(action, call(action, parameters, signer, retryable));
    }

    private Optional<Transport.Answer> call(
            String action,
            Map<String, String> parameters,
            AccessKey signer,
            Predicate<Optional<Transport.Answer>> retryable) {
        return client.call(action, parameters, Acs3Call.Signer.of(signer), retryable);
    }

    /** Returns a successful answer; throws any other as a refusal. */
    private static Transport.Answer successful(String action, Optional<Transport.Answer> answer) throws RamRefusal {
        if (answer.isEmpty() || RpcError.isTransient(answer.get())) {
            throw new RamRefusal(
                    RamRefusal.RamError.UNAVAILABLE, "RAM does not answer " + action + " at present; rotation retries");
        }
        if (answer.get().status() != 200) {
            Optional<String> code = RpcError.code(answer.get());
            throw code.isPresent() ? RamRefusal.Codes.refusal(action, code.get()) : unusable();
        }
        return answer.get();
    }

    private static boolean wasThrottled(Optional<Transport.Answer> answer) {
        return answer.filter(RpcError::isThrottled).isPresent();
    }

    private static RamRefusal unusable() {
        return new RamRefusal(
                RamRefusal.RamError.UNUSABLE, "the answer is not RAM's; correct countersign.rotation.ram-endpoint");
    }

    /** Whether RAM holds the key of a call. */
    public enum Found {
        THERE,
        /** RAM holds no such key of the user: the key was deleted, or it is so new that not all of RAM knows it. */
        GONE
    }

    /** The endpoint of RAM: an https URL with a host and nothing else. Plain http is accepted for this machine only, because an answer may hold a secret. */
    public record Endpoint(URI uri) {
        private static final String OFFICIAL = "https://ram.aliyuncs.com";

        private static final Setting RAM_ENDPOINT = Setting.of(
                "countersign.rotation.ram-endpoint",
                OFFICIAL,
                "The endpoint of RAM that creates, disables and deletes the keys of users with authority: ram. Plain http is accepted for this machine only.");

        /** The settings of this record. */
        public static final List<Setting> SETTINGS = List.of(RAM_ENDPOINT);

        /** The official endpoint. */
        public static final Endpoint DEFAULT = new Endpoint(URI.create(OFFICIAL));

        /** @throws PropertyValues.InvalidSettingException when the setting is not such a URL */
        public static Endpoint from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            return values.uri(RAM_ENDPOINT, Endpoint::new);
        }

        /** @throws IllegalArgumentException for any other URL; the message says what is expected */
        public Endpoint {
            uri = ServiceAddress.checked(uri, OFFICIAL);
        }
    }
}
