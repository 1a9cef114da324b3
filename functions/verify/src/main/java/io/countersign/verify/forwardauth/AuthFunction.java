package io.countersign.verify.forwardauth;

import io.countersign.http.Call;
import io.countersign.http.Header;
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
import io.countersign.upstream.rebuild.UpstreamRequests;
import io.countersign.verify.decide.HeaderText;
import io.countersign.verify.decide.SessionOpener;
import io.countersign.verify.decide.UrlUses;
import io.countersign.verify.decide.Verifier;
import io.countersign.verify.decide.VerifyAnswer;
import io.countersign.verify.decide.VerifyRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * {@code /auth}, for a proxy that asks about each request before it passes the request on. 200 allows the request and names its requester, 403 refuses it with OSS's answer for the client, 503 means that there is no
 * decision. The call's own verb, path and body are ignored. Everybody who can reach this endpoint is trusted to report the client's request.
 *
 * <p>For a bucket with a store behind it that speaks OSS, 200 also has the request to that store, signed anew, in {@code X-Countersign-Upstream-*}.
 *
 * <p>A URL that is good once is used up before it passes ({@link UrlUses}).
 *
 * <p>A write or delete that passes has removed the object's own ACL from the registry first ({@link AclWriter#dropBeforeWrite}), as OSS resets it. A request that names an ACL is refused, because no storage would confirm the ACL.
 */
public final class AuthFunction {
    private final Verifier verifier;
    private final Effects effects;
    private final UpstreamHandout upstreams;
    private final AuthSettings settings;
    private final RequestIds ids;
    private final LongSupplier nanoTime;

    /** As the other constructor, for an endpoint that nobody guards: buckets with a store behind them get no decision. */
    public AuthFunction(
            KeyRegistry registry,
            AclWriter acls,
            UrlUses uses,
            SessionOpener sessions,
            SigningKeys signingKeys,
            AuthSettings settings,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this(registry, acls, uses, sessions, signingKeys, settings, false, random, nanoTime);
    }

    /**
     * @param acls a writer to the store of the registry
     * @param uses over the same store
     * @param signingKeys shared with everything else that signs or verifies with the registry's keys
     * @param guarded whether only programs with a token, or on a UNIX socket, reach this endpoint, so that it may answer with a signature for the store behind a bucket
     * @param random for request ids
     * @param nanoTime {@link System#nanoTime}, for {@code x-oss-server-time}
     */
    public AuthFunction(
            KeyRegistry registry,
            AclWriter acls,
            UrlUses uses,
            SessionOpener sessions,
            SigningKeys signingKeys,
            AuthSettings settings,
            boolean guarded,
            RandomGenerator random,
            LongSupplier nanoTime) {
        this.verifier = new Verifier(registry, sessions, signingKeys, settings.bases());
        this.effects = new Effects(new AclDrops(acls, registry), uses);
        this.upstreams = new UpstreamHandout(registry, new UpstreamRequests(registry, signingKeys), guarded);
        this.settings = settings;
        this.ids = new RequestIds(random);
        this.nanoTime = nanoTime;
    }

    /** @param now the present */
    public Reply handle(Call call, Instant now) {
        long start = nanoTime.getAsLong();
        AuthReplies replies = new AuthReplies(
                ids.next(),
                single(call, settings.family().host()),
                single(call, settings.family().method()).equals("HEAD"),
                AuthReplies.ErrorHeaderLimit.of(single(call, AuthReplies.ErrorHeaderLimit.HEADER)),
                now,
                () -> Duration.ofNanos(nanoTime.getAsLong() - start).toMillis());
        try {
            ForwardedRequest forwarded = ForwardedRequest.read(call, settings.family());
            VerifyRequest request =
                    forwarded.toVerify(ClientConnection.of(call, settings.trustedProxies(), settings.sourceVpc()));
            return answer(request, forwarded.uri(), replies, now);
        } catch (OssRefusal refusal) {
            return replies.refused(VerifyAnswer.AnswerError.of(refusal), Optional.empty());
        }
    }

    private Reply answer(VerifyRequest request, String uri, AuthReplies replies, Instant now) {
        try {
            OssRequest oss = read(request, uri, now);
            VerifyAnswer answer = verifier.verify(request, oss, now);
            if (answer.error().isPresent()) {
                return replies.refused(request, answer);
            }
            // What the store would refuse leaves its ACL.
            List<Header> upstream = upstreams.of(oss, now);
            VerifyAnswer last = effects.of(answer, now);
            return last.error().isPresent() ? replies.refused(request, last) : replies.allowed(request, last, upstream);
        } catch (OssRefusal refusal) {
            return replies.refused(VerifyAnswer.AnswerError.of(refusal), Optional.of(request));
        } catch (StoreUnavailable.ReadOnlyRegistry e) {
            return replies.undecided(
                    "This server only reads its registry, and the request would change it. Please ask another server.");
        } catch (StoreUnavailable e) {
            Outages.log(e);
            return replies.undecided("The request could not be judged. Please try again.");
        }
    }

    private OssRequest read(VerifyRequest request, String uri, Instant now) throws OssRefusal, StoreUnavailable {
        OssRequest oss = verifier.read(request, now);
        ProxyLimits.check(oss);
        switch (settings.keys()) {
            case FILE -> FileKeys.check(oss);
            case OBJECT -> {}
            case URI -> {
                FileKeys.check(oss);
                UriKeys.check(uri, oss);
            }
        }
        return oss;
    }

    /** The value of a header, for the answer only. ForwardedRequest refuses a header that is missing or duplicated. */
    private static String single(Call call, String name) {
        Optional<String> only = call.onlyHeader(name);
        return only.isPresent() ? OuterSpace.trim(HeaderText.utf8(only.get())) : "";
    }
}
