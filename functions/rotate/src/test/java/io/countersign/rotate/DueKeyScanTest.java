package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.AccessKeyItem;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.Owner;
import io.countersign.registry.UserItem;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.rotate.ram.RamFault;
import io.countersign.rotate.ram.RamServer;
import io.countersign.testkit.Seeds;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One look at very many due keys, and at some about which nothing can be done. */
class DueKeyScanTest {
    private static final String OTHERS = "6543210987654321";

    private final Keys keys = new Keys();

    DueKeyScanTest() throws Exception {}

    /** The ways in which a key owner's record may be unreadable. */
    enum Unreadable {
        ENTRY {
            @Override
            ItemKey of(String user) {
                return DueItem.key(owner(user), Instant.EPOCH);
            }
        },
        USER {
            @Override
            ItemKey of(String user) {
                return UserItem.key(OTHERS, user);
            }
        },
        ACCESS_KEY {
            @Override
            ItemKey of(String user) {
                return AccessKeyItem.key("LTAI5t" + user);
            }
        };

        abstract ItemKey of(String user);
    }

    @Test
    void moreDueKeysInOnePartitionThanAPageHoldsAreAllReplaced() throws Exception {
        keys.fixture.apply(manifest(beside("x", 250), "registry"));
        keys.pass(Keys.EVERY);
        assertThat(keys.scheduled()).hasSize(251).containsOnly("AccessKeyCreated");
        assertThat(keys.scheduled()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Unreadable.class)
    void skipsAnUnreadableRecord(Unreadable what) throws Exception {
        keys.fixture.apply(manifest(beside("app-signer", 1), "registry"));
        String broken = beside("app-signer", 1).getFirst();
        keys.fixture.put(DueItem.key(owner(broken), Instant.EPOCH), DueItem.text(owner(broken)));
        keys.fixture.put(what.of(broken), "{}");
        keys.pass(Keys.EVERY);
        assertThatThrownBy(keys::scheduled)
                .isInstanceOf(StoreUnavailable.class)
                .hasMessageContaining(what.of(broken).partition());
        assertThat(keys.statuses()).containsExactly(KeyStatus.ACTIVE, KeyStatus.ACTIVE);
        keys.pass(Keys.BOUND);
        assertThatThrownBy(keys::scheduled).isInstanceOf(StoreUnavailable.class);
        assertThat(keys.statuses()).containsExactly(KeyStatus.RETIRING, KeyStatus.ACTIVE);
    }

    @Test
    void rotatesOtherKeysWhileRamIsSilent() throws Exception {
        List<String> users = beside("zoe", 40);
        keys.fixture.apply(manifest(users, "ram") + user("zoe", "registry"));
        try (RamServer ram = new RamServer(keys.now)) {
            users.forEach(user -> ram.put(user, "LTAI5t" + user, "Secret" + user, Instant.EPOCH));
            Rotation rotation = new Rotation(
                    keys.fixture.store,
                    keys.fixture.sealer,
                    new RotateSettings(Keys.BOUND, Keys.TOKEN_KEYS),
                    Seeds.secure(),
                    ram.client(UnaryOperator.identity()));
            keys.pass(Keys.EVERY);
            ram.clock(keys.now);
            ram.goWrong(Collections.nCopies(1_000, RamFault.DOWN).toArray(RamFault[]::new));
            rotation.handle(new IncomingEvent.Scheduled("one"), keys.now);
            assertThat(new KeyOwners(keys.fixture.store)
                            .load(owner("zoe"), keys.now)
                            .orElseThrow()
                            .keyOwner()
                            .keys())
                    .hasSize(2);
            assertThat(ram.actions()).hasSizeLessThanOrEqualTo(15);
            ram.goRight();
            keys.pass(java.time.Duration.ofMinutes(5));
            ram.clock(keys.now);
            assertThat(RamKeys.told(rotation.handle(new IncomingEvent.Scheduled("two"), keys.now)))
                    .filteredOn("AccessKeyCreated"::equals)
                    .hasSize(40);
        }
    }

    @Test
    void boundsTheWorkOfOneScanToOneRecord() throws Exception {
        keys.fixture.apply(manifest(beside("x", 1_200), "registry"));
        keys.pass(Keys.EVERY);
        IncomingEvent first = new IncomingEvent.Scheduled(keys.newId());
        EventAnswer answer = keys.rotation.handle(first, keys.now);
        int done = RamKeys.told(answer).size();
        assertThat(done).isBetween(1_000, 1_030);
        assertThat(keys.rotation.handle(first, keys.now)).isEqualTo(answer);
        assertThat(done + keys.scheduled().size()).isEqualTo(1_201);
        Fact longest = new Fact(Fact.Type.ACCESS_KEY_DEACTIVATED, "x".repeat(128));
        assertThat(IdempotencyStore.remember(first, new EventAnswer.Done(Collections.nCopies(1_030, longest)), keys.now)
                        .key()
                        .partition())
                .startsWith("event/");
    }

    private static Owner owner(String user) {
        return new Owner.OfUser(OTHERS, user);
    }

    /** So many names of users, in the order of the alphabet, that stand in the index where another does. */
    private static List<String> beside(String other, int count) {
        Owner owner = other.equals("app-signer") ? new Owner.OfUser(Keys.ACCOUNT, other) : owner(other);
        String partition = DueItem.key(owner, Instant.EPOCH).partition();
        return Stream.iterate(0, i -> i + 1)
                .map("u%06d"::formatted)
                .filter(name ->
                        DueItem.key(owner(name), Instant.EPOCH).partition().equals(partition))
                .limit(count)
                .toList();
    }

    private static String manifest(List<String> users, String authority) {
        return "accounts:\n  - id: \"" + OTHERS + "\"\n    users:\n"
                + users.stream().map(user -> user(user, authority)).collect(Collectors.joining());
    }

    private static String user(String name, String authority) {
        return "      - {name: %1$s, authority: %2$s, accessKeys: [{id: LTAI5t%1$s, secret: Secret%1$s}]}\n"
                .formatted(name, authority);
    }
}
