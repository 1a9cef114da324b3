package io.countersign.token.upstream;

import io.countersign.http.Header;
import io.countersign.http.client.RpcError;
import io.countersign.http.client.Transport;
import io.countersign.http.client.Tries;
import io.countersign.signing.AccessKey;
import io.countersign.token.TemporaryCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/** Asks STS until it answers, as {@link Tries} says. What is asked again is what a moment can mend: no answer, an answer of 5xx or 429, throttling. Each time counts towards the account's rate. */
final class Attempts {
    private static final List<Header> HEADERS = List.of(
            new Header("Content-Type", "application/x-www-form-urlencoded"), new Header("Accept", "application/json"));

    private final StsEndpoint endpoint;
    private final Transport transport;
    private final AssumeRoleForm forms;
    private final Tries tries;
    private final AskRates rates;

    Attempts(StsEndpoint endpoint, Transport transport, SecureRandom random, LongSupplier nanoTime, Tries.Pause pause) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.forms = new AssumeRoleForm(random);
        this.tries = new Tries(random, nanoTime, pause);
        this.rates = new AskRates(nanoTime);
    }

    /** @param accountId the role's, and its signer's */
    TemporaryCredentials assumeRole(AssumeRoleForm.Wanted wanted, String accountId, AccessKey signer, Instant now)
            throws UpstreamRefusal {
        if (!rates.take(accountId)) {
            throw new UpstreamRefusal(
                    UpstreamError.TOO_MANY,
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
        return answer.isEmpty() || RpcError.isPassing(answer.get());
    }

    private static TemporaryCredentials credentials(Transport.Answer answer, Instant now) throws UpstreamRefusal {
        if (answer.status() == 200) {
            return StsAnswer.credentials(answer.body(), now).orElseThrow(Attempts::unusable);
        }
        Optional<String> code = RpcError.code(answer);
        throw code.isEmpty()
                ? unusable()
                : new UpstreamRefusal(
                        UpstreamError.REFUSED,
                        "Alibaba Cloud's STS refused with " + code.get()
                                + "; the operator has to see to the role and its signer there.");
    }

    private static UpstreamRefusal unusable() {
        return new UpstreamRefusal(
                UpstreamError.UNUSABLE,
                "What answers in place of Alibaba Cloud's STS is not STS; the operator has to see to its address.");
    }
}
