package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.store.StoreUnavailable;
import io.countersign.signing.AccessKey;
import io.countersign.verify.decide.VerifyAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A client with a process of its own to ask: it gets what is signed there, uses what others got elsewhere, and tries what must not pass. */
final class Client {
    private static final long SHORTEST_SESSION = 900;

    private final Claims claims;
    private final RandomGenerator random;
    private Reader reader;

    Client(Reader reader, Claims claims, RandomGenerator random) {
        this.reader = reader;
        this.claims = claims;
        this.random = random;
    }

    /** Its process was started anew, and remembers nothing. */
    void restarted(Reader other) {
        reader = other;
    }

    /** Asks for one thing of each kind. */
    void ask(Instant now) throws StoreUnavailable {
        String bucket = Site.any(random);
        take(reader.presign(bucket, Duration.ofSeconds(1 + random.nextLong(Site.LONGEST.toSeconds())), now), now);
        take(reader.selfSign(bucket, now), now);
        claims.held.add(reader.token(bucket, session(), now));
        AccessKey signer = reader.signer(bucket, now).orElseThrow();
        claims.seen.put(signer.id(), signer);
        Optional<Held.Session> job = reader.assumeRole(signer, bucket, session(), now);
        job.ifPresent(claims.held::add);
        if (job.isEmpty()) {
            assertThat(claims.isCompromised(signer.id()))
                    .as("AssumeRole is refused only to a compromised key")
                    .isTrue();
        }
    }

    /** Makes up to so many requests with what clients hold. */
    void use(int most, Instant now) throws StoreUnavailable {
        claims.held.removeIf(held -> !now.isBefore(held.until()));
        List<Held> some = new ArrayList<>(claims.held);
        java.util.Collections.shuffle(some, random);
        for (Held held : some.subList(0, Math.min(most, some.size()))) {
            use(held, now);
        }
    }

    /** Signs with one of the keys that are out of use, as a thief would. */
    void steal(List<String> outOfUse, Instant now) throws StoreUnavailable {
        if (outOfUse.isEmpty()) {
            return;
        }
        String id = outOfUse.get(random.nextInt(outOfUse.size()));
        Optional<AccessKey> key = Optional.ofNullable(claims.seen.get(id));
        if (key.isPresent() && claims.isGone(id, now)) {
            String bucket = Site.any(random);
            VerifyAnswer answer = reader.verify(Held.presigned(bucket, key.get(), Optional.empty(), now), now);
            assertThat(answer.error().orElseThrow().code())
                    .as("a key out of use for longer than any cache remembers")
                    .isEqualTo("InvalidAccessKeyId");
            claims.refused.incrementAndGet();
        }
    }

    private void use(Held held, Instant now) throws StoreUnavailable {
        boolean over = claims.isOver(held, now);
        VerifyAnswer answer = reader.verify(held.request(now), now);
        if (answer.allowed()) {
            assertThat(over).as("accepted " + held).isFalse();
            claims.accepted.incrementAndGet();
        } else {
            assertThat(claims.isGood(held, now))
                    .as("refused at " + now + ": " + held + " " + answer.error())
                    .isFalse();
            claims.refused.incrementAndGet();
        }
    }

    private void take(Held.Signed signed, Instant now) {
        assertThat(claims.isRetired(signed.keyId(), now))
                .as("a key signs that every reader must know to be retired")
                .isFalse();
        claims.held.add(signed);
    }

    private Duration session() {
        return Duration.ofSeconds(SHORTEST_SESSION + random.nextLong(Site.LONGEST.toSeconds() - SHORTEST_SESSION));
    }
}
