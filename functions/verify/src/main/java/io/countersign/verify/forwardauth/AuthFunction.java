package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.http.Outages;
import io.countersign.http.Reply;
import io.countersign.http.RequestIds;
import io.countersign.oss.OssRefusal;
import io.countersign.oss.OssRequest;
import io.countersign.oss.OuterSpace;
import io.countersign.registry.AclWriter;
import io.countersign.registry.KeyRegistry;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.SigningKeys;
import io.countersign.verify.decide.HeaderText;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * {@code /auth}, for a proxy that asks about each request it holds: 200 lets it pass and says who makes it, 403 does not and brings OSS's answer for the client, 503 means that there was no
 * decision. The call's own verb, path and body say nothing and are not looked at; whoever reaches this face is believed about the client's request.
 *
 * <p>A write or delete that passes has taken the object's own ACL out of the registry first ({@link AclWriter#dropBeforeWrite}), as OSS resets it. No request may name an ACL here: nobody would confirm that it was set.
 */
public final class AuthFunction {
    private final Verifier verifier;
    private final AclDrops acls;
    private final AuthSettings settings;
    private final RequestIds ids;
    private final LongSupplier nanoTime;

    /**
     * @param acls writes what the registry reads
     * @param signingKeys shared with whoever else signs or verifies with the registry's keys
     * @param random for request ids
     * @param nanoTime what {@link System#nanoTime} tells, for {@code x-oss-server-time}
     */
    public AuthFunction(
            KeyRegistry registry,
            AclWriter acls,
            SessionOpener sessions,
            SigningKeys signingKeys,
            AuthSettings settings,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.verifier = new Verifier(registry, sessions, signingKeys, settings.bases());
        this.acls = new AclDrops(acls, registry);
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
                AuthReplies.ErrorHeaderLimit.of(only(call, AuthReplies.ErrorHeaderLimit.HEADER)),
                now,
                () -> Duration.ofNanos(nanoTime.getAsLong() - start).toMillis());
        try {
            VerifyAnswer answer = judge(call, now);
            return answer.error().map(replies::refused).orElseGet(() -> replies.allowed(answer));
        } catch (OssRefusal refusal) {
            return replies.refused(VerifyAnswer.AnswerError.of(refusal));
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
        VerifyAnswer answer = verifier.verify(request, oss, now);
        acls.before(answer.obligations(), now);
        return answer;
    }

    /** For the answer only: a member that is not there once is refused when the request is read. */
    private static String only(Call call, String name) {
        List<String> values = call.headerValues(name);
        return values.size() == 1 ? OuterSpace.trim(HeaderText.utf8(values.getFirst())) : "";
    }
}
