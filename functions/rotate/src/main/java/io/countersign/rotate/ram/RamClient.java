package io.countersign.rotate.ram;

import io.countersign.http.Header;
import io.countersign.http.client.RetryPolicy;
import io.countersign.http.client.RpcError;
import io.countersign.http.client.ServiceAddress;
import io.countersign.http.client.Transport;
import io.countersign.settings.Property;
import io.countersign.settings.PropertyValues;
import io.countersign.signing.AccessKey;
import io.countersign.signing.rpc.Acs3Call;
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
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Calls RAM (version 2015-05-01) by POST, signed with ACS3, as Alibaba Cloud's own SDK does. Each call is bounded as {@link RetryPolicy} and {@link Transport.HttpTransport} say.
 * All but CreateAccessKey may be made again without harm and are, when an answer is lost; that one is made again only when RAM said that it did not act.
 */
public final class RamClient {
    private static final String VERSION = "2015-05-01";
    private static final int NONCE_BYTES = 16;

    private final RamEndpoint endpoint;
    private final Transport transport;
    private final SecureRandom random;
    private final InstantSource clock;
    private final RetryPolicy tries;

    /**
     * @param random draws nonces, and what pauses differ by
     * @param clock dates the requests: RAM takes those of the last 15 minutes
     * @param nanoTime measures what a call has taken so far
     */
    public RamClient(RamEndpoint endpoint, SecureRandom random, InstantSource clock, LongSupplier nanoTime) {
        this(
                endpoint,
                new Transport.HttpTransport(),
                random,
                clock,
                new RetryPolicy(random, nanoTime, pause -> Thread.sleep(pause.toMillis())));
    }

    RamClient(RamEndpoint endpoint, Transport transport, SecureRandom random, InstantSource clock, RetryPolicy tries) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.random = random;
        this.clock = clock;
        this.tries = tries;
    }

    public Listing list(String user, AccessKey signer) throws RamRefusal {
        Transport.Answer answer = answer("ListAccessKeys", Map.of("UserName", user), signer, RamClient::canBeMended);
        return Listing.Reader.listed(answer).orElseThrow(RamClient::unusable);
    }

    /** @throws RamRefusal {@code UNAVAILABLE} and {@code UNUSABLE} when nobody knows whether a key was made */
    public AccessKey create(String user, AccessKey signer) throws RamRefusal {
        Transport.Answer answer = answer("CreateAccessKey", Map.of("UserName", user), signer, RamClient::wasThrottled);
        return Listing.Reader.created(answer).orElseThrow(RamClient::unusable);
    }

    /** Puts a key out of use. */
    public Found deactivate(String user, String accessKeyId, AccessKey signer) throws RamRefusal {
        return done(
                "UpdateAccessKey",
                Map.of("UserName", user, "UserAccessKeyId", accessKeyId, "Status", "Inactive"),
                signer);
    }

    /** Deletes a key. It is {@link Found#GONE} too when a call whose answer was lost has deleted it. */
    public Found delete(String user, String accessKeyId, AccessKey signer) throws RamRefusal {
        return done("DeleteAccessKey", Map.of("UserName", user, "UserAccessKeyId", accessKeyId), signer);
    }

    private Found done(String action, Map<String, String> parameters, AccessKey signer) throws RamRefusal {
        Optional<Transport.Answer> answer = asked(action, parameters, signer, RamClient::canBeMended);
        boolean gone = answer.flatMap(RpcError::code)
                .filter("EntityNotExist.User.AccessKey"::equals)
                .isPresent();
        if (gone) {
            return Found.GONE;
        }
        if (!Listing.Reader.isDone(settled(action, answer))) {
            throw unusable();
        }
        return Found.THERE;
    }

    private Transport.Answer answer(
            String action,
            Map<String, String> parameters,
            AccessKey signer,
            Predicate<Optional<Transport.Answer>> again)
            throws RamRefusal {
        return settled(action, asked(action, parameters, signer, again));
    }

    private Optional<Transport.Answer> asked(
            String action,
            Map<String, String> parameters,
            AccessKey signer,
            Predicate<Optional<Transport.Answer>> again) {
        Acs3Call call = new Acs3Call(action, VERSION, new TreeMap<>(parameters));
        return tries.until((gone, timeout) -> send(call, signer, timeout), again);
    }

    private Transport.Answer send(Acs3Call call, AccessKey signer, Duration timeout) throws java.io.IOException {
        URI uri = endpoint.uri();
        Acs3Call.Signed signed = call.signed(uri.getRawAuthority(), signer, nonce(), clock.instant());
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("Accept", "application/json"));
        signed.headers().forEach((name, value) -> headers.add(new Header(name, value)));
        return transport.post(uri.resolve(signed.target()), headers, "", timeout);
    }

    /** The answer of success, or the refusal that it is. */
    private static Transport.Answer settled(String action, Optional<Transport.Answer> answer) throws RamRefusal {
        if (answer.isEmpty() || RpcError.isTransient(answer.get())) {
            throw new RamRefusal(
                    RamRefusal.RamError.UNAVAILABLE,
                    "RAM does not answer " + action + " at present; it is asked again by itself");
        }
        if (answer.get().status() != 200) {
            Optional<String> code = RpcError.code(answer.get());
            throw code.isPresent() ? RamRefusal.RamCodes.refusal(action, code.get()) : unusable();
        }
        return answer.get();
    }

    private static boolean canBeMended(Optional<Transport.Answer> answer) {
        return answer.isEmpty() || RpcError.isTransient(answer.get());
    }

    private static boolean wasThrottled(Optional<Transport.Answer> answer) {
        return answer.filter(RpcError::isThrottled).isPresent();
    }

    private static RamRefusal unusable() {
        return new RamRefusal(
                RamRefusal.RamError.UNUSABLE,
                "what answers in place of RAM is not RAM; see to countersign.rotation.ram-endpoint");
    }

    private String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether the key that a call was about is there. */
    public enum Found {
        THERE,
        /** RAM holds no such key of the user: it was deleted, or it is so fresh that RAM does not know it everywhere. */
        GONE
    }

    /** Where RAM is asked: an https URL of a host alone; http for this machine alone, because an answer may be a secret. */
    public record RamEndpoint(URI uri) {
        private static final String OFFICIAL = "https://ram.aliyuncs.com";

        /** Alibaba Cloud's own. */
        public static final RamEndpoint DEFAULT = new RamEndpoint(URI.create(OFFICIAL));

        /** @throws PropertyValues.InvalidSettingException when the setting is not such a URL */
        public static RamEndpoint from(PropertyValues values) throws PropertyValues.InvalidSettingException {
            return values.uri(Property.ROTATION_RAM_ENDPOINT, RamEndpoint::new);
        }

        /** @throws IllegalArgumentException when it is anything else; the message says what is expected */
        public RamEndpoint {
            uri = ServiceAddress.checked(uri, OFFICIAL);
        }
    }
}
