package io.countersign.token.upstream;

import io.countersign.signing.AccessKey;
import io.countersign.token.TemporaryCredentials;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Asks STS until it answers: at most {@value #MAX} times, and for {@value #ALL_SECONDS} seconds in all, so that a caller hears of it before its own patience
 * ends. What is asked again is what a moment can mend: no answer, an answer of 5xx or 429, throttling. Each time is signed anew.
 */
final class Attempts {
    static final int MAX = 3;
    static final int ALL_SECONDS = 8;

    private static final Duration ALL = Duration.ofSeconds(ALL_SECONDS);
    private static final Duration EACH = Duration.ofSeconds(3);
    private static final Duration LEAST = Duration.ofMillis(250);
    private static final int FIRST_PAUSE_MILLIS = 200;

    private final StsEndpoint endpoint;
    private final Transport transport;
    private final AssumeRoleForm forms;
    private final SecureRandom random;
    private final LongSupplier nanoTime;
    private final Pause pause;

    /** Waits between two attempts. */
    @FunctionalInterface
    interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    Attempts(StsEndpoint endpoint, Transport transport, SecureRandom random, LongSupplier nanoTime, Pause pause) {
        this.endpoint = endpoint;
        this.transport = transport;
        this.forms = new AssumeRoleForm(random);
        this.random = random;
        this.nanoTime = nanoTime;
        this.pause = pause;
    }

    TemporaryCredentials assumeRole(AssumeRoleForm.Wanted wanted, AccessKey signer, Instant now)
            throws UpstreamRefusal {
        long start = nanoTime.getAsLong();
        for (int attempt = 1; attempt <= MAX; attempt++) {
            Duration gone = Duration.ofNanos(nanoTime.getAsLong() - start);
            Duration left = ALL.minus(gone);
            if (left.compareTo(LEAST) < 0) {
                break;
            }
            Optional<Transport.Answer> answer =
                    answer(forms.signed(wanted, signer, now.plus(gone)), left.compareTo(EACH) < 0 ? left : EACH);
            if (answer.isPresent() && !isPassing(answer.get())) {
                return credentials(answer.get(), now);
            }
            if (attempt < MAX && !paused(attempt)) {
                break;
            }
        }
        throw new UpstreamRefusal(
                UpstreamError.UNAVAILABLE, "Alibaba Cloud's STS does not answer at present; try again in a moment.");
    }

    private Optional<Transport.Answer> answer(String form, Duration timeout) {
        try {
            return Optional.of(transport.post(endpoint.uri(), form, timeout));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean isPassing(Transport.Answer answer) {
        return answer.status() >= 500
                || answer.status() == 429
                || answer.status() >= 400
                        && StsAnswer.code(answer.body())
                                .filter(code -> code.startsWith("Throttling"))
                                .isPresent();
    }

    private static TemporaryCredentials credentials(Transport.Answer answer, Instant now) throws UpstreamRefusal {
        if (answer.status() == 200) {
            return StsAnswer.credentials(answer.body(), now).orElseThrow(Attempts::unusable);
        }
        Optional<String> code = answer.status() >= 400 ? StsAnswer.code(answer.body()) : Optional.empty();
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

    /** Longer each time, and never quite the same for all who wait. */
    private boolean paused(int attempt) {
        int base = FIRST_PAUSE_MILLIS << (attempt - 1);
        try {
            pause.of(Duration.ofMillis(base + random.nextInt(base / 2)));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
