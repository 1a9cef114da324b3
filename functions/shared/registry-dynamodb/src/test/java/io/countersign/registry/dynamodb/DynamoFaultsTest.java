package io.countersign.registry.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.registry.aws.AwsHost;
import io.countersign.registry.dynamodb.FaultyDynamo.Fault;
import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import io.countersign.testkit.Seeds;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The store's behaviour when DynamoDB fails. */
class DynamoFaultsTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final ItemKey A = new ItemKey("p", "a");
    private static final ItemKey B = new ItemKey("p", "b");
    private static final Duration PATIENT = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(600);

    private FaultyDynamo dynamo;
    private String table;

    @BeforeEach
    void start() throws Exception {
        LocalDynamo local = LocalDynamo.running();
        table = LocalDynamo.newTable();
        try (DynamoDbClient client = local.client()) {
            RegistryTable.make(client, table);
            TableUpgrade.bringUp(client, table);
        }
        dynamo = new FaultyDynamo(local.endpoint());
    }

    @AfterEach
    void stop() {
        dynamo.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "FAIL", "LOSE_ANSWER"})
    void aFaultThatPassesIsNotSeen(Fault fault) throws StoreUnavailable {
        try (DynamoStore store = ready(PATIENT)) {
            dynamo.then(fault);
            assertThat(put(store, A, Condition.absent())).isEqualTo(new RegistryStore.WriteResult.Committed());
            dynamo.then(fault);
            assertThat(read(store, A)).isPresent();
            dynamo.then(fault);
            assertThat(store.query("p", Optional.empty(), 10, RegistryStore.Consistency.STRONG, NOW)
                            .items())
                    .hasSize(1);
        }
    }

    @Test
    void aPutWhoseAnswerWasLostIsMadeOnceAndNotCalledRefused() throws StoreUnavailable {
        try (DynamoStore store = ready(PATIENT)) {
            dynamo.then(Fault.LOSE_ANSWER, Fault.LOSE_ANSWER);
            assertThat(put(store, A, Condition.absent())).isEqualTo(new RegistryStore.WriteResult.Committed());
            long version = read(store, A).orElseThrow().version();
            dynamo.then(Fault.LOSE_ANSWER);
            assertThat(put(store, A, Condition.versionEquals(version)))
                    .isEqualTo(new RegistryStore.WriteResult.Committed());
            dynamo.then(Fault.LOSE_ANSWER);
            assertThat(put(store, A, Condition.versionEquals(version)))
                    .isEqualTo(new RegistryStore.WriteResult.Conflict(List.of(A)));
        }
    }

    @Test
    void aTransactionWhoseAnswerWasLostIsMadeOnceAndNotCalledRefused() throws StoreUnavailable {
        try (DynamoStore store = ready(PATIENT)) {
            dynamo.then(Fault.LOSE_ANSWER, Fault.LOSE_ANSWER);
            assertThat(store.write(both("1"), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
            dynamo.then(Fault.LOSE_ANSWER);
            assertThat(store.write(both("2"), NOW)).isEqualTo(new RegistryStore.WriteResult.Conflict(List.of(A, B)));
            long version = read(store, A).orElseThrow().version();
            dynamo.then(Fault.LOSE_ANSWER);
            Write delete = Write.delete(A, Condition.versionEquals(version));
            assertThat(store.write(Transaction.of(delete), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
        }
    }

    @Test
    void aTransactionThatStoodInTheWayIsWaitedForAndThenNamedAsAConflictOfNoKey() throws StoreUnavailable {
        try (DynamoStore store = ready(PATIENT)) {
            dynamo.then(Fault.CONFLICT, Fault.CONFLICT);
            assertThat(store.write(both("1"), NOW)).isEqualTo(new RegistryStore.WriteResult.Committed());
        }
        try (DynamoStore store = ready(Duration.ofSeconds(2))) {
            dynamo.always(Fault.CONFLICT);
            assertThat(store.write(both("2"), NOW)).isEqualTo(new RegistryStore.WriteResult.Conflict(List.of()));
        }
    }

    @Test
    void whateverTheClientThrowsAtTheDeadlineIsAnOutage() {
        try (DynamoStore store =
                new DynamoStore(failing(SHORT.plusMillis(50)), new TableLocation.Table(table, SHORT), Seeds.secure())) {
            assertThatThrownBy(() -> read(store, A))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("did not answer in the time");
        }
        try (DynamoStore store =
                new DynamoStore(failing(Duration.ZERO), new TableLocation.Table(table, PATIENT), Seeds.secure())) {
            assertThatThrownBy(() -> read(store, A)).isInstanceOf(IllegalStateException.class);
        }
    }

    /** A client whose calls end after so long as no SDK should end them. */
    private static DynamoDbClient failing(Duration after) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    Thread.sleep(after);
                    throw new IllegalStateException("the connection is gone");
                });
    }

    @Test
    void keysThatWereLeftUnprocessedAreAskedForAgain() throws StoreUnavailable {
        try (DynamoStore store = ready(PATIENT)) {
            put(store, A, Condition.absent());
            int before = dynamo.requests();
            dynamo.then(Fault.UNPROCESSED, Fault.UNPROCESSED);
            assertThat(read(store, A)).isPresent();
            assertThat(dynamo.requests() - before).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"THROTTLE", "FAIL", "HANG", "GARBAGE", "UNPROCESSED", "LOSE_ANSWER", "DENY"})
    void aFaultThatStaysEndsInAClearErrorWithoutWhatWasAsked(Fault fault) {
        dynamo.always(fault);
        try (DynamoStore store = store(SHORT)) {
            assertThatThrownBy(() -> read(store, new ItemKey("accesskey/LTAI5tsecretive", "a")))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("table")
                    .hasMessageNotContaining("secretive");
        }
    }

    @Test
    void doesNotRetryAPermanentError() {
        dynamo.always(Fault.DENY);
        try (DynamoStore store = store(PATIENT)) {
            assertThatThrownBy(() -> read(store, A))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("AccessDeniedException");
            assertThat(dynamo.requests()).isEqualTo(1);
        }
    }

    @Test
    void aTableThatIsSilentIsAskedByOneCallAtATimeUntilItAnswers() throws Exception {
        try (DynamoStore store = store(SHORT)) {
            put(store, A, Condition.absent());
            dynamo.always(Fault.HANG);
            for (int i = 0; i < 5; i++) {
                assertThatThrownBy(() -> read(store, A)).isInstanceOf(StoreUnavailable.class);
            }
            int asked = dynamo.requests();
            long begun = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                assertThatThrownBy(() -> read(store, A))
                        .isInstanceOf(StoreUnavailable.class)
                        .hasMessageContaining("did not answer the last calls");
                assertThatThrownBy(() -> put(store, B, Condition.absent())).isInstanceOf(StoreUnavailable.class);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SHORT);
            assertThat(dynamo.requests()).isEqualTo(asked);
            dynamo.always(Fault.PASS);
            Thread.sleep(1_100);
            assertThat(read(store, A)).isPresent();
            assertThat(put(store, B, Condition.absent())).isEqualTo(new RegistryStore.WriteResult.Committed());
        }
    }

    @Test
    void aTableThatRefusesOrIsThrottledIsAskedByEveryCall() {
        try (DynamoStore store = store(SHORT)) {
            for (Fault fault : List.of(Fault.DENY, Fault.THROTTLE, Fault.FAIL)) {
                dynamo.always(fault);
                for (int i = 0; i < 6; i++) {
                    int asked = dynamo.requests();
                    assertThatThrownBy(() -> read(store, A)).isInstanceOf(StoreUnavailable.class);
                    assertThat(dynamo.requests()).isGreaterThan(asked);
                }
            }
        }
    }

    @Test
    void aCallHasNoMoreTimeThanTheRequestThatItIsMadeFor() {
        dynamo.always(Fault.HANG);
        try (DynamoStore store = store(PATIENT)) {
            long begun = System.nanoTime();
            assertThat(readUntil(store, begun + Duration.ofSeconds(1).toNanos()))
                    .contains("table");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
            int asked = dynamo.requests();
            assertThat(readUntil(store, System.nanoTime() - 1)).contains("in the time that was allowed");
            assertThat(dynamo.requests()).isEqualTo(asked);
        }
    }

    /** @return why not */
    private static String readUntil(DynamoStore store, long end) {
        return CallDeadline.until(end, () -> {
            try {
                return "read " + read(store, A);
            } catch (StoreUnavailable e) {
                return e.getMessage();
            }
        });
    }

    @Test
    void aMissingTableIsNamed() {
        table = LocalDynamo.newTable();
        try (DynamoStore store = store(PATIENT)) {
            assertThatThrownBy(() -> read(store, A))
                    .isInstanceOf(StoreUnavailable.class)
                    .hasMessageContaining("does not exist");
        }
    }

    @Test
    void refusesAnItemOfAnotherProgram() throws Exception {
        try (DynamoDbClient client = LocalDynamo.running().client()) {
            client.putItem(request -> request.tableName(table).item(Attributes.of(A)));
        }
        try (DynamoStore store = store(PATIENT)) {
            assertThat(read(store, A).orElseThrow().intact()).isEmpty();
        }
    }

    @Test
    void aClosedStoreSaysSo() {
        DynamoStore store = store(PATIENT);
        store.close();
        store.close();
        assertThatThrownBy(() -> read(store, A)).isInstanceOf(StoreUnavailable.class);
    }

    /** One that has read the table's mark already, so that the next fault meets what it is asked for. */
    private DynamoStore ready(Duration budget) throws StoreUnavailable {
        DynamoStore store = store(budget);
        read(store, A);
        return store;
    }

    private DynamoStore store(Duration budget) {
        System.setProperty("aws.accessKeyId", "local");
        System.setProperty("aws.secretAccessKey", "localsecret");
        TableLocation.Table settings = new TableLocation.Table(table, budget);
        return new DynamoStore(
                TableLocation.Clients.of("us-east-1", Optional.of(dynamo.endpoint()), settings, AwsHost.MACHINE),
                settings,
                Seeds.secure());
    }

    private static RegistryStore.WriteResult put(DynamoStore store, ItemKey key, Condition condition)
            throws StoreUnavailable {
        return store.write(Transaction.of(Write.put(key, "1", condition)), NOW);
    }

    private static Transaction both(String payload) {
        return Transaction.of(Write.put(A, payload, Condition.absent()), Write.put(B, payload, Condition.absent()));
    }

    private static Optional<Item> read(DynamoStore store, ItemKey key) throws StoreUnavailable {
        return Optional.ofNullable(
                store.get(Set.of(key), RegistryStore.Consistency.STRONG, NOW).get(key));
    }
}
