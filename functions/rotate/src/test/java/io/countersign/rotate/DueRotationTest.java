package io.countersign.rotate;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.registry.KeyRegistry;
import io.countersign.registry.KeyStatus;
import io.countersign.registry.rotation.DueItem;
import io.countersign.registry.rotation.OutboxItem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DueRotationTest {
    private final Keys keys = new Keys();

    DueRotationTest() throws Exception {}

    @Test
    void changesNothingBeforeAKeyIsDue() throws Exception {
        keys.pass(Keys.EVERY.minusSeconds(1).minusMillis(1));
        assertThat(keys.scheduled()).isEmpty();
        assertThat(keys.ids()).containsExactly(Keys.FIRST);
        assertThat(keys.outbox()).isEmpty();
    }

    @Test
    void aDueKeyIsFollowedByANewOneThatWaitsUntilEveryReaderKnowsIt() throws Exception {
        KeyRegistry reader = keys.reader();
        keys.pass(Keys.EVERY);
        assertThat(keys.signs(reader)).contains(Keys.FIRST);
        assertThat(keys.scheduled()).containsExactly("AccessKeyCreated");
        assertThat(keys.statuses()).containsExactly(KeyStatus.ACTIVE, KeyStatus.ACTIVE);
        assertThat(keys.signs(keys.reader())).contains(Keys.FIRST);
        assertThat(keys.scheduled()).isEmpty();
        keys.pass(Keys.BOUND);
        String newer = keys.ids().getLast();
        assertThat(keys.signs(keys.reader())).contains(newer);
        assertThat(keys.signs(reader)).contains(newer);
        assertThat(keys.verifies(reader, newer)).isTrue();
    }

    @Test
    void aKeyGoesThroughItsWholeLifeAndEachStepIsReported() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Keys.BOUND);
        assertThat(keys.scheduled()).containsExactly("AccessKeyRetiring");
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isTrue();
        keys.pass(Keys.OVERLAP.minusMillis(1));
        assertThat(keys.scheduled()).isEmpty();
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isTrue();
        keys.pass(Duration.ofMillis(1));
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeactivated");
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isFalse();
        keys.pass(Duration.ofDays(30));
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeleted");
        assertThat(keys.key(Keys.FIRST).sealed()).isEmpty();
        assertThat(keys.ids()).hasSize(1).doesNotContain(Keys.FIRST);
        assertThat(keys.outbox())
                .extracting(OutboxItem.OutgoingEvent::type)
                .containsExactly("AccessKeyCreated", "AccessKeyRetiring", "AccessKeyDeactivated", "AccessKeyDeleted");
        assertThat(keys.audit("2027-02")).hasSizeGreaterThanOrEqualTo(2).allSatisfy(record -> {
            assertThat(record.eventId()).startsWith("event-");
            assertThat(record.why()).isNotBlank();
        });
    }

    @Test
    void oneLateEventDoesAllThatIsDueByThen() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Duration.ofDays(80));
        assertThat(keys.scheduled()).containsExactly("AccessKeyRetiring");
        keys.pass(Duration.ofDays(8));
        assertThat(keys.scheduled()).containsExactly("AccessKeyDeactivated");
    }

    @Test
    void anOverlapCountsFromWhenTheKeyRetiredAndNotFromWhenItShouldHave() throws Exception {
        keys.pass(Keys.EVERY);
        keys.scheduled();
        keys.pass(Duration.ofDays(20));
        keys.scheduled();
        assertThat(keys.key(Keys.FIRST).status()).isEqualTo(KeyStatus.RETIRING);
        keys.pass(Keys.OVERLAP.minusSeconds(1));
        keys.scheduled();
        assertThat(keys.verifies(keys.reader(), Keys.FIRST)).isTrue();
    }

    @Test
    void everyHolderHasOneEntryInTheIndexOfDueKeys() throws Exception {
        for (int i = 0; i < 40; i++) {
            keys.scheduled();
            keys.pass(Duration.ofDays(7));
            int entries = 0;
            for (int shard = 0; shard < DueItem.SHARDS; shard++) {
                entries += (int) keys.list(keys.fixture.store, DueItem.partition(shard)).stream()
                        .filter(item -> item.key().sort().endsWith("app-signer"))
                        .count();
            }
            assertThat(entries).isEqualTo(1);
        }
    }

    @Test
    void removesADeletedOwnerFromTheIndex() throws Exception {
        keys.fixture.prune("accounts: []");
        keys.scheduled();
        for (int shard = 0; shard < DueItem.SHARDS; shard++) {
            assertThat(keys.list(keys.fixture.store, DueItem.partition(shard))).isEmpty();
        }
    }

    @Test
    void aFullHolderIsNotRotatedAndTheOperatorLearnsItOnceADay() throws Exception {
        keys.fixture.apply(
                io.countersign.registry.Fixture.golden()
                        .replace(
                                "{id: LTAI5tSignerSignerSigner, secret: \"signerSecretsignerSecretsigner\"}",
                                "{id: LTAI5tSignerSignerSigner, secret: \"signerSecretsignerSecretsigner\"}\n"
                                        + "          - {id: LTAI5tSecondSecondSecond, secret: \"secondSecretsecondSecretsecond\"}"));
        keys.pass(Keys.EVERY);
        assertThat(keys.scheduled()).containsExactly("RotationFailed");
        assertThat(keys.scheduled()).isEmpty();
        assertThat(keys.statuses()).containsExactly(KeyStatus.ACTIVE, KeyStatus.ACTIVE);
        keys.pass(Duration.ofDays(1));
        assertThat(keys.scheduled()).containsExactly("RotationFailed");
        assertThat(keys.outbox().getFirst().detail())
                .contains("\"reason\"")
                .contains("2 key pairs")
                .doesNotContain("Secret");
    }

    @Test
    void retriesAndReportsARefusalOnceADay() throws Exception {
        keys.fixture.apply(io.countersign.registry.Fixture.golden()
                .replace(
                        "removeAfter: P30D}\n        authority: registry",
                        "removeAfter: P30D}\n        authority: ram"));
        keys.pass(Keys.EVERY);
        assertThat(keys.scheduled()).containsExactly("RotationFailed");
        keys.pass(Duration.ofMinutes(1));
        assertThat(keys.scheduled()).isEmpty();
        keys.pass(Duration.ofDays(1));
        assertThat(keys.scheduled()).containsExactly("RotationFailed");
    }

    @Test
    void neverRemovesAKeyThatTheManifestSetInactive() throws Exception {
        keys.fixture.apply(io.countersign.registry.Fixture.golden()
                .replace("signerSecretsignerSecretsigner\"}", "signerSecretsignerSecretsigner\", status: Inactive}"));
        keys.pass(Duration.ofDays(400));
        assertThat(keys.scheduled()).isEmpty();
        assertThat(keys.statuses()).containsExactly(KeyStatus.INACTIVE);
    }

    @Test
    void applyingTheSameManifestRevivesNothing() throws Exception {
        Instant start = keys.now;
        for (int i = 0; i < 60; i++) {
            keys.scheduled();
            var before = keys.statuses();
            keys.apply();
            assertThat(keys.statuses()).isEqualTo(before);
            keys.pass(Duration.ofDays(3));
        }
        assertThat(Duration.between(start, keys.now)).isGreaterThan(Keys.EVERY);
        assertThat(keys.key(Keys.FIRST).status()).isEqualTo(KeyStatus.DELETED);
    }

    @Test
    void anAccountsOwnKeysStayUntilARequest() throws Exception {
        keys.pass(Duration.ofDays(1_000));
        keys.scheduled();
        assertThat(keys.key("LTAI5tRootRootRootRootRo").status()).isEqualTo(KeyStatus.ACTIVE);
        assertThat(keys.requested("LTAI5tRootRootRootRootRo")).containsExactly("AccessKeyCreated");
        keys.pass(Keys.BOUND);
        assertThat(keys.scheduled()).contains("AccessKeyRetiring");
        assertThat(keys.key("LTAI5tRootRootRootRootRo").status()).isEqualTo(KeyStatus.RETIRING);
    }
}
