package io.countersign.token.upstream;

import io.countersign.http.Header;
import io.countersign.http.client.RetryPolicy;
import io.countersign.http.client.RpcError;
import io.countersign.http.client.Transport;
import io.countersign.json.InvalidDocumentException;
import io.countersign.json.Members;
import io.countersign.json.Values;
import io.countersign.signing.AccessKey;
import io.countersign.signing.Secret;
import io.countersign.signing.SecurityToken;
import io.countersign.token.session.TemporaryCredentials;
import io.countersign.token.session.TokenRefusal;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

/**
 * Calls AssumeRole at STS, within the bounds of {@link RetryPolicy}. It repeats a call after a lost answer, 5xx, 429 and throttling. Each attempt counts towards
 * the account's request rate.
 */
final class StsClient {
    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/x-www-form-urlencoded"), new Header("Accept", "application/json"));

    private final UpstreamSessions.StsEndpoint endpoint;
    private final Transport transport;
    private final AssumeRoleForm forms;
    private final RetryPolicy retry;
    private final RateLimit rate;

    StsClient(
            UpstreamSessions.StsEndpoint endpoint,
            Transport transport,
            SecureRandom random,
            LongSupplier nanoTime,
            RetryPolicy.Pause pause) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.forms = new AssumeRoleForm(random);
        this.retry = new RetryPolicy(random, nanoTime, pause);
        this.rate = new RateLimit(nanoTime);
    }

    /** @param accountId of the role and its signer */
    TemporaryCredentials assumeRole(
            AssumeRoleForm.Parameters parameters, String accountId, AccessKey signer, Instant now) throws TokenRefusal {
        if (!rate.acquire(accountId)) {
            throw new TokenRefusal(
                    TokenRefusal.Code.TOO_MANY,
                    "More sessions are requested than Alibaba Cloud's STS makes for an account; try again in a second.");
        }
        AtomicBoolean acquired = new AtomicBoolean(true);
        Optional<Transport.Answer> answer = retry.until(
                (elapsed, timeout) -> {
                    if (!acquired.getAndSet(false) && !rate.acquire(accountId)) {
                        throw new IOException("the account has reached its request rate");
                    }
                    return transport.post(
                            endpoint.uri(), HEADERS, forms.signed(parameters, signer, now.plus(elapsed)), timeout);
                },
                StsClient::isTransient);
        if (answer.isEmpty()) {
            throw unavailable();
        }
        return credentials(answer.get(), now);
    }

    static TokenRefusal unavailable() {
        return new TokenRefusal(
                TokenRefusal.Code.UNAVAILABLE,
                "Alibaba Cloud's STS does not answer at present; try again in a moment.");
    }

    private static boolean isTransient(Optional<Transport.Answer> answer) {
        return answer.isEmpty() || RpcError.isTransient(answer.get());
    }

    private static TemporaryCredentials credentials(Transport.Answer answer, Instant now) throws TokenRefusal {
        if (answer.status() == 200) {
            return StsAnswer.credentials(answer.body(), now).orElseThrow(StsClient::unusable);
        }
        Optional<String> code = RpcError.code(answer);
        throw code.isEmpty()
                ? unusable()
                : new TokenRefusal(
                        TokenRefusal.Code.REFUSED,
                        "Alibaba Cloud's STS refused with " + code.get()
                                + "; the operator has to check the role and its signer there.");
    }

    private static TokenRefusal unusable() {
        return new TokenRefusal(
                TokenRefusal.Code.UNUSABLE,
                "The server at the address of Alibaba Cloud's STS does not answer like STS; the operator has to check the address.");
    }

    /**
     * Limits the calls of this process in each account to the rate of the account, which other processes share: a burst of one second, then evenly spaced. Safe for
     * any number of threads.
     */
    static final class RateLimit {
        /** Calls of AssumeRole that an account may make in a second (help.aliyun.com, STS, AssumeRole). */
        static final int PER_SECOND = 100;

        private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(1) / PER_SECOND;
        private static final long ALL_NANOS = PER_SECOND * EACH_NANOS;
        /** Past this number of accounts, those without a call in the last second are dropped. */
        private static final int MAX_ACCOUNTS = 1_000;

        private final LongSupplier nanoTime;
        /** By account: the moment at which all of its calls are spent at this rate. */
        private final Map<String, Long> spentAt = new HashMap<>();

        /** @param nanoTime a monotonic clock */
        RateLimit(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** Counts one more call of the account; false when the rate does not allow it. */
        synchronized boolean acquire(String accountId) {
            long now = nanoTime.getAsLong();
            Long stored = spentAt.get(accountId);
            long from = stored == null || stored - now < 0 ? now : stored;
            if (from + EACH_NANOS - now > ALL_NANOS) {
                return false;
            }
            spentAt.put(accountId, from + EACH_NANOS);
            if (spentAt.size() > MAX_ACCOUNTS) {
                spentAt.values().removeIf(end -> end - now < 0);
            }
            return true;
        }
    }

    /** Reads the answer of STS. Unknown members are ignored, because STS may add some. */
    static final class StsAnswer {
        private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

        private StsAnswer() {}

        /** Empty when the text is not an AssumeRole answer with an unexpired session. */
        static Optional<TemporaryCredentials> credentials(String text, Instant now) {
            try {
                Members members = Members.of(Members.of(Values.parse(text)).required("Credentials"));
                String id = members.string("AccessKeyId");
                String secret = members.string("AccessKeySecret");
                String token = members.string("SecurityToken");
                Instant expiration = Instant.parse(members.string("Expiration")).truncatedTo(ChronoUnit.SECONDS);
                boolean usable = PRINTABLE.matcher(id).matches()
                        && id.length() <= AccessKey.MAX_ID_LENGTH
                        && PRINTABLE.matcher(secret).matches()
                        && secret.length() <= Secret.MAX_LENGTH
                        && SecurityToken.isPossible(token)
                        && expiration.isAfter(now);
                return usable
                        ? Optional.of(new TemporaryCredentials(
                                id, Secret.of(secret), SecurityToken.of(token), expiration, Optional.empty()))
                        : Optional.empty();
            } catch (InvalidDocumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
