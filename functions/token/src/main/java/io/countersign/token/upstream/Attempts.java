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
import io.countersign.token.TemporaryCredentials;
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

/** Asks STS until it answers, as {@link RetryPolicy} says. What is asked again is what a moment can mend: no answer, an answer of 5xx or 429, throttling. Each time counts towards the account's rate. */
final class Attempts {
    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/x-www-form-urlencoded"), new Header("Accept", "application/json"));

    private final UpstreamSessions.StsEndpoint endpoint;
    private final Transport transport;
    private final AssumeRoleForm forms;
    private final RetryPolicy tries;
    private final AskRates rates;

    Attempts(
            UpstreamSessions.StsEndpoint endpoint,
            Transport transport,
            SecureRandom random,
            LongSupplier nanoTime,
            RetryPolicy.Pause pause) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.forms = new AssumeRoleForm(random);
        this.tries = new RetryPolicy(random, nanoTime, pause);
        this.rates = new AskRates(nanoTime);
    }

    /** @param accountId the role's, and its signer's */
    TemporaryCredentials assumeRole(AssumeRoleForm.Wanted wanted, String accountId, AccessKey signer, Instant now)
            throws UpstreamRefusal {
        if (!rates.take(accountId)) {
            throw new UpstreamRefusal(
                    UpstreamRefusal.UpstreamError.TOO_MANY,
                    "More sessions are asked for than Alibaba Cloud's STS makes for an account; try again in a second.");
        }
        AtomicBoolean taken = new AtomicBoolean(true);
        Optional<Transport.Answer> answer = tries.until(
                (gone, timeout) -> {
                    if (!taken.getAndSet(false) && !rates.take(accountId)) {
                        throw new IOException("the account has asked too often");
                    }
                    return transport.post(
                            endpoint.uri(), HEADERS, forms.signed(wanted, signer, now.plus(gone)), timeout);
                },
                Attempts::isToBeAskedAgain);
        if (answer.isEmpty()) {
            throw KeptSessions.unavailable();
        }
        return credentials(answer.get(), now);
    }

    private static boolean isToBeAskedAgain(Optional<Transport.Answer> answer) {
        return answer.isEmpty() || RpcError.isTransient(answer.get());
    }

    private static TemporaryCredentials credentials(Transport.Answer answer, Instant now) throws UpstreamRefusal {
        if (answer.status() == 200) {
            return StsAnswer.credentials(answer.body(), now).orElseThrow(Attempts::unusable);
        }
        Optional<String> code = RpcError.code(answer);
        throw code.isEmpty()
                ? unusable()
                : new UpstreamRefusal(
                        UpstreamRefusal.UpstreamError.REFUSED,
                        "Alibaba Cloud's STS refused with " + code.get()
                                + "; the operator has to see to the role and its signer there.");
    }

    private static UpstreamRefusal unusable() {
        return new UpstreamRefusal(
                UpstreamRefusal.UpstreamError.UNUSABLE,
                "What answers in place of Alibaba Cloud's STS is not STS; the operator has to see to its address.");
    }

    /**
     * Bounds how often this process asks STS in each account: as often in any second as an account may, which it shares with other processes, and evenly after that.
     * For any number of threads.
     */
    static final class AskRates {
        /** How often an account may ask in a second (STS's AssumeRole page). */
        static final int A_SECOND = 100;

        private static final long EACH_NANOS = TimeUnit.SECONDS.toNanos(1) / A_SECOND;
        private static final long ALL_NANOS = A_SECOND * EACH_NANOS;
        /** Accounts to remember before those are forgotten that have not asked for a second. */
        private static final int MANY = 1_000;

        private final LongSupplier nanoTime;
        /** By account: when all that it has asked is worked off, at this rate. */
        private final Map<String, Long> workedOff = new HashMap<>();

        /** @param nanoTime a monotonic clock */
        AskRates(LongSupplier nanoTime) {
            this.nanoTime = nanoTime;
        }

        /** Whether the account may ask once more now; true: it counts as asked. */
        synchronized boolean take(String accountId) {
            long now = nanoTime.getAsLong();
            Long stored = workedOff.get(accountId);
            long from = stored == null || stored - now < 0 ? now : stored;
            if (from + EACH_NANOS - now > ALL_NANOS) {
                return false;
            }
            workedOff.put(accountId, from + EACH_NANOS);
            if (workedOff.size() > MANY) {
                workedOff.values().removeIf(end -> end - now < 0);
            }
            return true;
        }
    }

    /** Reads what STS answers. Members that are not asked for are passed over: the answer is STS's to extend. */
    static final class StsAnswer {
        private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");

        private StsAnswer() {}

        /** Empty when the text is no answer to AssumeRole whose session still lasts. */
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
                        ? Optional.of(
                                new TemporaryCredentials(id, Secret.of(secret), SecurityToken.of(token), expiration))
                        : Optional.empty();
            } catch (InvalidDocumentException | DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
