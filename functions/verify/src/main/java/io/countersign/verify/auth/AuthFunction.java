package io.countersign.verify.auth;

import io.countersign.http.Call;
import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.AnswerError;
import io.countersign.verify.SessionOpener;
import io.countersign.verify.Verifier;
import io.countersign.verify.VerifyAnswer;
import io.countersign.verify.VerifyRequest;
import io.countersign.verify.VerifySettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * {@code /auth}, for a proxy that asks about each request it holds: 200 lets it pass and says who makes it, 403 does not and brings OSS's answer for the client, 503 means that there was no
 * decision. The call's own verb, path and body say nothing and are not looked at; whoever reaches this face is believed about the client's request.
 *
 * <p>Writes and deletes pass without a word to the registry: an object keeps the ACL that the registry knows for its key, until the storage says otherwise at
 * {@code PUT /acl}. Therefore no request may change an ACL here.
 */
public final class AuthFunction {
    private final Verifier verifier;
    private final AuthSettings settings;
    private final RequestIds ids;
    private final LongSupplier nanoTime;

    /**
     * @param signingKeys shared with whoever else signs or verifies with the registry's keys
     * @param random for request ids
     * @param nanoTime what {@link System#nanoTime} tells, for {@code x-oss-server-time}
     */
    public AuthFunction(
            KeyRegistry registry,
            SessionOpener sessions,
            SigningKeys signingKeys,
            AuthSettings settings,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.verifier = new Verifier(registry, sessions, signingKeys, new VerifySettings(false, settings.bases()));
        this.settings = settings;
        this.ids = new RequestIds(random);
        this.nanoTime = nanoTime;
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        long start = nanoTime.getAsLong();
        AuthReplies replies = new AuthReplies(
                ids.next(),
                only(call, settings.family().host()),
                only(call, settings.family().method()).equals("HEAD"),
                ErrorRoom.of(only(call, ErrorRoom.HEADER)),
                now,
                () -> Duration.ofNanos(nanoTime.getAsLong() - start).toMillis());
        try {
            VerifyAnswer answer = judge(call, now);
            return answer.error().map(replies::refused).orElseGet(() -> replies.allowed(answer));
        } catch (OssRefusal refusal) {
            return replies.refused(AnswerError.of(refusal));
        } catch (StoreUnavailable e) {
            Outages.log(e);
            return replies.undecided();
        }
    }

    private VerifyAnswer judge(Call call, Instant now) throws OssRefusal, StoreUnavailable {
        ForwardedRequest forwarded = ForwardedRequest.read(call, settings.family());
        VerifyRequest request =
                forwarded.toVerify(ClientConnection.of(call, settings.trustedProxies(), settings.sourceVpc()));
        OssRequest oss = verifier.read(request, now);
        ProxyLimits.check(oss);
        switch (settings.keys()) {
            case FILE -> FileKeys.check(oss);
            case OBJECT -> {}
            case URI -> {
                FileKeys.check(oss);
                UriKeys.check(forwarded.uri(), oss);
            }
        }
        return verifier.verify(request, now);
    }

    /** For the answer only: a member that is not there once is refused when the request is read. */
    private static String only(Call call, String name) {
        List<String> values = call.headerValues(name);
        return values.size() == 1 ? HeaderText.utf8(values.getFirst()).strip() : "";
    }
}
