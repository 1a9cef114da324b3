package io.countersign.registry;

import static io.countersign.registry.Fixture.ACCOUNT;
import static io.countersign.registry.Fixture.NOW;
import static io.countersign.registry.Fixture.SIGNER_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.oss.Acl;
import io.countersign.policy.PolicyDocument;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * For any order of changes and requests: once nothing has changed for the time of the cache, all readers give the answer of the
 * store.
 */
class SameAnswersTest {
    private static final Duration BOUND = CacheSettings.Bounds.DEFAULT.known();
    private static final int ASKS = 5;
    /** Nothing on the way was missing. */
    private static final Pattern WHOLE = Pattern.compile(
            "Optional\\[(examplebucket|otherbucket)].*|(?!.*nobody|.*no role).*PT\\dH .+|1 Optional\\[PT.* true .*");

    private final Fixture fixture = new Fixture();
    private final List<Change> changes;
    private final SessionFacts.Query session;

    SameAnswersTest() throws Exception {
        fixture.apply(Fixture.golden());
        StoredKey key = fixture.key(SIGNER_KEY);
        RamUser reader = Records.read(fixture.item(UserItem.key(ACCOUNT, "reader")), UserItem::read);
        RamUser signer = Records.read(fixture.item(UserItem.key(ACCOUNT, "app-signer")), UserItem::read);
        Role role = Records.read(fixture.item(RoleItem.key(ACCOUNT, "mobile-app")), RoleItem::read);
        String provider = fixture.item(ProviderItem.audienceKey(RegistryReads.ISSUER, RegistryReads.AUDIENCE))
                .payload();
        String bucket = fixture.item(BucketItem.key("examplebucket")).payload();
        RevocationItem.Revocable founder = new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo");
        session = new SessionFacts.Query(
                ACCOUNT, "mobile-app", role.roleId(), new RevocationItem.Revocable.OfProvider(ACCOUNT, "demo"));
        changes = List.of(
                new Change(AccessKeyItem.key(SIGNER_KEY), Optional.of(AccessKeyItem.text(key))),
                new Change(
                        AccessKeyItem.key(SIGNER_KEY),
                        Optional.of(AccessKeyItem.text(key.movedTo(KeyStatus.INACTIVE, NOW)))),
                new Change(UserItem.key(ACCOUNT, "app-signer"), Optional.of(UserItem.text(signer))),
                new Change(UserItem.key(ACCOUNT, "app-signer"), Optional.of(UserItem.text(signer.with(List.of())))),
                new Change(
                        UserItem.key(ACCOUNT, "reader"), Optional.of(UserItem.text(reader.with(List.of(SIGNER_KEY))))),
                new Change(UserItem.key(ACCOUNT, "reader"), Optional.empty()),
                new Change(BucketItem.key("examplebucket"), Optional.of(bucket)),
                new Change(BucketItem.key("examplebucket"), Optional.of(bucket.replace("app-signer", "reader"))),
                new Change(BucketItem.key("examplebucket"), Optional.empty()),
                new Change(
                        BucketItem.domainKey(RegistryReads.DOMAIN), Optional.of(BucketItem.reference("examplebucket"))),
                new Change(
                        BucketItem.domainKey(RegistryReads.DOMAIN), Optional.of(BucketItem.reference("otherbucket"))),
                new Change(BucketItem.domainKey(RegistryReads.DOMAIN), Optional.empty()),
                new Change(
                        ObjectAclItem.key("examplebucket", RegistryReads.OBJECT),
                        Optional.of(ObjectAclItem.text(Acl.PRIVATE, false))),
                new Change(ObjectAclItem.key("examplebucket", RegistryReads.OBJECT), Optional.empty()),
                new Change(RoleItem.key(ACCOUNT, "mobile-app"), Optional.of(RoleItem.text(role))),
                new Change(
                        RoleItem.key(ACCOUNT, "mobile-app"),
                        Optional.of(RoleItem.text(of(role, "mobile-app", Duration.ofHours(2))))),
                new Change(RoleItem.key(ACCOUNT, "mobile-app"), Optional.empty()),
                new Change(
                        RoleItem.key(ACCOUNT, "second"),
                        Optional.of(RoleItem.text(of(role, "second", Duration.ofHours(3))))),
                new Change(RoleItem.key(ACCOUNT, "second"), Optional.empty()),
                new Change(
                        ProviderItem.audienceKey(RegistryReads.ISSUER, RegistryReads.AUDIENCE), Optional.of(provider)),
                new Change(
                        ProviderItem.audienceKey(RegistryReads.ISSUER, RegistryReads.AUDIENCE),
                        Optional.of(provider.replace("mobile-app", "second"))),
                new Change(ProviderItem.audienceKey(RegistryReads.ISSUER, RegistryReads.AUDIENCE), Optional.empty()),
                new Change(RevocationItem.key(founder), Optional.of(RevocationItem.text(NOW))),
                new Change(RevocationItem.key(founder), Optional.empty()));
    }

    private static Role of(Role role, String name, Duration longest) {
        List<PolicyDocument> policies = role.policies();
        return new Role(
                role.accountId(),
                name,
                role.roleId(),
                longest,
                role.trust(),
                policies,
                role.authority(),
                role.signer(),
                role.naming(),
                role.limits(),
                role.faces());
    }

    /** @param payload none: the item is taken away */
    private record Change(ItemKey key, Optional<String> payload) {
        Write write() {
            return payload.isPresent()
                    ? Write.put(key, payload.get(), Condition.anything())
                    : Write.delete(key, Condition.anything());
        }
    }

    private sealed interface Event {
        record Pass(int millis) implements Event {}

        record Changed(int which) implements Event {}

        record Query(int which) implements Event {}
    }

    @Property
    void readersThatBringAlongAnswerAsThoseThatDoNot(@ForAll("events") List<Event> events) throws StoreUnavailable {
        RegistryReads ahead = new RegistryReads(fixture.registry(), true);
        RegistryReads plain = new RegistryReads(fixture.registry(), false);
        Instant now = NOW;
        Instant changed = NOW.minus(BOUND);
        for (Event event : events) {
            switch (event) {
                case Event.Pass pass -> now = now.plusMillis(pass.millis());
                case Event.Changed change -> {
                    fixture.store.write(
                            Transaction.of(changes.get(change.which()).write()), now);
                    changed = now;
                }
                case Event.Query query -> {
                    String answer = ask(ahead, query.which(), now);
                    String other = ask(plain, query.which(), now);
                    if (!now.isBefore(changed.plus(BOUND))) {
                        String truth = ask(new RegistryReads(fixture.registry(), false), query.which(), now);
                        assertThat(answer).isEqualTo(truth).isEqualTo(other);
                    }
                }
            }
        }
    }

    /** Without a change in between, a complete path costs one batch after its cache entries expired. */
    @Property
    void aRequestThatWasAnsweredBeforeCostsOneBatch(@ForAll("events") List<Event> events) throws StoreUnavailable {
        for (Event event : events) {
            if (event instanceof Event.Changed change) {
                fixture.store.write(Transaction.of(changes.get(change.which()).write()), NOW);
            }
        }
        RegistryReads ahead = new RegistryReads(fixture.registry(), true);
        Instant now = NOW;
        for (int which = 0; which < ASKS; which++) {
            String first = ask(ahead, which, now);
            now = now.plus(BOUND);
            int before = fixture.store.reads();
            assertThat(ask(ahead, which, now)).isEqualTo(first);
            if (WHOLE.matcher(first).matches()) {
                assertThat(fixture.store.reads() - before).as(first).isEqualTo(1);
            }
            now = now.plus(BOUND);
        }
    }

    private String ask(RegistryReads asking, int which, Instant now) throws StoreUnavailable {
        return switch (which) {
            case 0 -> asking.verify(RegistryReads.DOMAIN, now);
            case 1 -> asking.presign("examplebucket", now);
            case 2 -> asking.token(Optional.empty(), now);
            case 3 -> asking.token(Optional.of("second"), now);
            case 4 -> asking.session(session, now);
            default -> throw new IllegalArgumentException("nobody asks that");
        };
    }

    @Provide
    Arbitrary<List<Event>> events() {
        Arbitrary<Event> passes = Arbitraries.integers().between(0, 3_000).map(Event.Pass::new);
        Arbitrary<Event> changed = Arbitraries.integers().between(0, 23).map(Event.Changed::new);
        Arbitrary<Event> query = Arbitraries.integers().between(0, ASKS - 1).map(Event.Query::new);
        return Arbitraries.frequencyOf(Tuple.of(4, passes), Tuple.of(1, changed), Tuple.of(6, query))
                .list()
                .ofMinSize(10)
                .ofMaxSize(80);
    }
}
