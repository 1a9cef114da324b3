package io.countersign.gateway.rotation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.rotation.MortalStore.Death;
import io.countersign.gateway.storage.Tokens;
import io.countersign.oss.BaseDomains;
import io.countersign.registry.CacheSettings;
import io.countersign.registry.StoredKey;
import io.countersign.registry.manifest.ApplyOptions;
import io.countersign.registry.manifest.ApplyRefusal;
import io.countersign.registry.manifest.KeyKeeper;
import io.countersign.registry.manifest.Manifest;
import io.countersign.registry.manifest.ManifestApplier;
import io.countersign.registry.manifest.UpstreamRule;
import io.countersign.registry.rotation.OutboxItem;
import io.countersign.registry.sealing.RootKey;
import io.countersign.registry.sealing.Sealer;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.IncomingEvent;
import io.countersign.rotate.Outbox;
import io.countersign.rotate.RotateSettings;
import io.countersign.rotate.Rotation;
import io.countersign.testkit.Seeds;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** A deployment: one store, its manifest, its clock, and processes that come and go. */
final class Site {
    static final String ACCOUNT = "1234567890123456";
    static final Duration BOUND = CacheSettings.Bounds.DEFAULT.known();
    static final Duration OVERLAP = Duration.ofMinutes(80);
    static final Duration EVERY = Duration.ofHours(3);
    /** The faces' longest lives: an hour each. */
    static final Duration LONGEST = Duration.ofHours(1);

    static final List<String> BUCKETS = List.of("photos", "films", "songs", "books", "plans");

    private static final String MANIFEST = """
            accounts:
              - id: "%1$s"
                users: [%5$s]
                roles:
                  - name: mobile
                    trust:
                      Version: "1"
                      Statement:
                        - {Effect: Allow, Action: sts:AssumeRole, Principal: {Federated: ["acs:ram::%1$s:oidc-provider/login"]}}
                    policies:
                      - Version: "1"
                        Statement: [{Effect: Allow, Action: oss:GetObject, Resource: "acs:oss:*:*:*/users/${jwt:sub}/*"}]
                  - name: job
                    trust:
                      Version: "1"
                      Statement: [{Effect: Allow, Action: sts:AssumeRole, Principal: {RAM: ["acs:ram::%1$s:root"]}}]
                    policies:
                      - Version: "1"
                        Statement: [{Effect: Allow, Action: oss:GetObject, Resource: "acs:oss:*:*:*/users/*"}]
                oidcProviders:
                  - {name: login, issuer: "%2$s", clientIds: [%3$s], defaultRole: mobile, jwks: %4$s}
                buckets: [%6$s]
            """;

    private static final String SIGNER = """
            {name: %1$s-signer, accessKeys: [{id: LTAI5t%1$s, secret: %1$sSecret%1$sSecret}],
             policies: [{Version: "1", Statement: [{Effect: Allow, Action: ["oss:*", "sts:AssumeRole"], Resource: "*"}]}],
             rotation: {every: PT3H, overlap: PT80M, removeAfter: %2$s}}""";

    final Witness witness;
    final SecureRandom random = Seeds.secure();
    private final Sealer sealer;
    final AtomicInteger deaths = new AtomicInteger();
    private final Tokens login;
    private final List<OutboxItem.OutgoingEvent> received = new ArrayList<>();
    private final AtomicInteger events = new AtomicInteger();
    volatile Instant now = Instant.parse("2026-11-22T03:00:00Z");

    /** @param root seals the secrets */
    Site(RegistryStore store, RootKey root) throws Exception {
        witness = new Witness(store);
        sealer = new Sealer(root, random);
        login = new Tokens();
        apply(witness);
        pass(Duration.ofSeconds(1));
    }

    /** The keys of who signs for a bucket that are not deleted, the oldest first. */
    List<StoredKey> keysOf(String bucket) {
        return witness.keysOf(bucket + "-signer");
    }

    /** One of the buckets. */
    static String any(RandomGenerator random) {
        return BUCKETS.get(random.nextInt(BUCKETS.size()));
    }

    Reader reader() {
        return new Reader(witness, sealer, login, random);
    }

    /** The token of a user who logs in now. */
    String login(String subject) throws GeneralSecurityException {
        return login.of(subject, now);
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    String newId() {
        return "event-" + events.incrementAndGet();
    }

    /** The start of a process. */
    void apply(RegistryStore store) throws Exception {
        Manifest manifest = Manifest.parse(MANIFEST.formatted(
                ACCOUNT,
                Tokens.ISSUER,
                Tokens.AUDIENCE,
                login.jwks(),
                each(bucket -> SIGNER.formatted(bucket, bucket.length() > 5 ? "PT2H" : "P30D")),
                each("{name: %1$s, region: cn-hangzhou, signer: %1$s-signer}"::formatted)));
        ApplyOptions.SigningCaps caps = new ApplyOptions.SigningCaps(LONGEST, LONGEST, LONGEST, BOUND);
        ManifestApplier.apply(
                manifest,
                store,
                sealer,
                new ApplyOptions(false, Set.of(), caps, "apply", BaseDomains.DEFAULT, UpstreamRule.DEFAULT),
                KeyKeeper.reportAlone(),
                now,
                random);
    }

    /** Sends one event to a process that lives. */
    void send(IncomingEvent event) throws StoreUnavailable {
        new Post(process(witness)).deliver(event, now);
    }

    void scheduled() throws StoreUnavailable {
        send(new IncomingEvent.Scheduled(newId()));
    }

    /** Something that a process does with the store. */
    interface Task {
        void run(RegistryStore store) throws Exception;
    }

    /** Runs the work while no process has replaced one that died. */
    interface Meanwhile {
        void pass() throws Exception;
    }

    /** Processes die at this task one after another: the first at its first write, the next at its second, until one outlives it. */
    void killed(Task task, Death death, Meanwhile meanwhile) throws Exception {
        for (int writes = 0; ; writes++) {
            try {
                task.run(new MortalStore(witness, writes, death));
                return;
            } catch (StoreUnavailable | ApplyRefusal.ApplyInterrupted e) {
                deaths.incrementAndGet();
                meanwhile.pass();
            }
        }
    }

    Task sending(IncomingEvent event) {
        return store -> new Post(process(store)).deliver(event, now);
    }

    /** Sends what waits in the outbox to the bus, which takes a part of it and is away now and then. */
    Task telling(int batches) {
        AtomicInteger left = new AtomicInteger(batches);
        return store -> {
            try {
                new Outbox(store, sent -> {
                            received.addAll(sent);
                            if (left.getAndDecrement() == 0) {
                                throw new IOException("the bus is away");
                            }
                        })
                        .sendAll(now);
            } catch (IOException e) {
                // The events wait.
            }
        };
    }

    /** Sends what still waits; then everything that was ever told has come, under one id for one fact. */
    void everythingWasTold() throws Exception {
        telling(Integer.MAX_VALUE).run(witness);
        Set<String> ids = new HashSet<>();
        received.forEach(event -> ids.add(event.id()));
        assertThat(ids).isEqualTo(witness.told());
        assertThat(new HashSet<>(received)).as("one fact under one id").hasSameSizeAs(ids);
    }

    private static String each(UnaryOperator<String> text) {
        return BUCKETS.stream().map(text).collect(Collectors.joining(", "));
    }

    private Rotation process(RegistryStore store) {
        return new Rotation(store, sealer, new RotateSettings(BOUND, Duration.ofDays(1)), random);
    }
}
