package io.countersign.registry.dynamodb;

import io.countersign.registry.FormatItem;
import io.countersign.registry.store.Breaker;
import io.countersign.registry.store.CallDeadline;
import io.countersign.registry.store.Condition;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.ItemKey;
import io.countersign.registry.store.RegistryStore;
import io.countersign.registry.store.ScannableStore;
import io.countersign.registry.store.StoreUnavailable;
import io.countersign.registry.store.Transaction;
import io.countersign.registry.store.Write;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * The registry in one DynamoDB table, for any number of processes on any number of machines. A transaction that {@link
 * #write} acknowledged is durable in DynamoDB.
 *
 * <p>Throttling, timeouts and unprocessed keys are retried within {@link TableLocation.Table#budget}. After
 * that, or at the earlier {@link CallDeadline}, a call fails with {@link StoreUnavailable}. While the table does not
 * answer at all, calls fail at once, and one call a second checks whether it answers again. A lost answer never causes
 * a write to be made twice or a successful write to be reported as refused.
 */
public final class DynamoStore implements ScannableStore {
    private final DynamoDbClient client;
    private final TableLocation.Table settings;
    private final SecureRandom random;
    private volatile TableFormat format = TableFormat.UNKNOWN;
    private final Breaker breaker = new Breaker(System::nanoTime);
    private volatile boolean closed;

    /**
     * @param client is closed with the store; {@link TableLocation.Clients} makes one that fits the time limit
     * @param random the source of versions, which have 63 bits so that none is repeated, and of pauses
     */
    public DynamoStore(DynamoDbClient client, TableLocation.Table settings, SecureRandom random) {
        this.client = client;
        this.settings = settings;
        this.random = random;
    }

    @Override
    public Map<ItemKey, Item> get(Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        if (keys.size() > MAX_KEYS) {
            throw new IllegalArgumentException("a batch has at most " + MAX_KEYS + " keys");
        }
        if (keys.isEmpty()) {
            return Map.of();
        }
        return within(deadline -> items(keys, consistency, now, deadline));
    }

    @Override
    public RegistryStore.WriteResult write(Transaction transaction, Instant now) throws StoreUnavailable {
        List<Write> writes = transaction.writes().stream()
                .filter(write -> !(write instanceof Write.Check && write.condition() instanceof Condition.Anything))
                .toList();
        if (writes.isEmpty()) {
            return new RegistryStore.WriteResult.Committed();
        }
        long version = random.nextLong() & Long.MAX_VALUE;
        if (writes.size() == 1 && writes.getFirst() instanceof Write.Put put) {
            return within(deadline -> {
                format(deadline);
                return new TransactWrites.SinglePut(client, settings.table()).make(put, version, now, deadline);
            });
        }
        String token = UUID.randomUUID().toString();
        return within(deadline -> {
            format(deadline);
            return new TransactWrites(client, settings.table()).make(writes, version, token, now, deadline);
        });
    }

    @Override
    public RegistryStore.Page query(
            String partition, Optional<String> after, int limit, RegistryStore.Consistency consistency, Instant now)
            throws StoreUnavailable {
        RegistryStore.checkLimit(limit);
        return within(deadline -> new Listing(client, settings.table(), format(deadline))
                .page(partition, after, limit, consistency, now, deadline));
    }

    /** The mark of the format is left out: it belongs to the table. */
    @Override
    public ScannableStore.Part scan(Optional<ItemKey> after, int limit, Instant now) throws StoreUnavailable {
        return within(deadline -> {
            TableFormat as = format(deadline);
            var bound = deadline.bound();
            ScanResponse answer = client.scan(request -> {
                request.tableName(settings.table())
                        .limit(limit)
                        .consistentRead(true)
                        .overrideConfiguration(bound);
                after.ifPresent(key -> request.exclusiveStartKey(Attributes.of(key)));
            });
            List<Item> items = new ArrayList<>();
            for (var attributes : answer.items()) {
                Item item = Attributes.item(attributes, as);
                if (!item.key().equals(FormatItem.KEY) && !item.expired(now)) {
                    items.add(item);
                }
            }
            return new ScannableStore.Part(
                    items,
                    answer.hasLastEvaluatedKey()
                            ? Optional.of(Attributes.key(answer.lastEvaluatedKey()))
                            : Optional.empty());
        });
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }

    /**
     * The format mark is read in the same batch where there is room, so that the first records of a process cost no
     * further call.
     */
    private Map<ItemKey, Item> items(
            Set<ItemKey> keys, RegistryStore.Consistency consistency, Instant now, Deadline deadline)
            throws StoreUnavailable {
        Set<ItemKey> all = keys;
        if (format.isOpen() && keys.size() < MAX_KEYS) {
            all = new HashSet<>(keys);
            all.add(FormatItem.KEY);
        } else {
            format(deadline);
        }
        List<Map<String, AttributeValue>> found = new Batch(client, settings.table()).get(all, consistency, deadline);
        TableFormat as = format.isOpen() && all.contains(FormatItem.KEY) ? marked(found) : format;
        Map<ItemKey, Item> items = new HashMap<>();
        for (var attributes : found) {
            Item item = Attributes.item(attributes, as);
            if (keys.contains(item.key()) && !item.expired(now)) {
                items.put(item.key(), item);
            }
        }
        return Map.copyOf(items);
    }

    /** Returns the format of the table, which is read where it is not known yet. */
    private TableFormat format(Deadline deadline) throws StoreUnavailable {
        return format.isOpen()
                ? marked(new Batch(client, settings.table())
                        .get(Set.of(FormatItem.KEY), RegistryStore.Consistency.STRONG, deadline))
                : format;
    }

    private TableFormat marked(List<Map<String, AttributeValue>> found) throws StoreUnavailable {
        Optional<Map<String, AttributeValue>> mark = Optional.empty();
        for (var attributes : found) {
            if (Attributes.key(attributes).equals(FormatItem.KEY)) {
                mark = Optional.of(attributes);
            }
        }
        TableFormat read = TableFormat.of(settings.table(), mark);
        format = read;
        return read;
    }

    private interface Call<T> {
        T within(Deadline deadline) throws StoreUnavailable;
    }

    private <T> T within(Call<T> call) throws StoreUnavailable {
        if (closed) {
            throw new StoreUnavailable("the table " + settings.table() + " cannot be used: the store was closed");
        }
        Deadline deadline = new Deadline(settings.budget(), random);
        deadline.requireTime();
        Breaker.Pass pass = breaker.pass();
        if (pass == Breaker.Pass.REFUSED) {
            throw Failures.silent(settings.table());
        }
        Breaker.Outcome outcome = Breaker.Outcome.UNKNOWN;
        try {
            T answer = call.within(deadline);
            outcome = Breaker.Outcome.ANSWERED;
            return answer;
        } catch (SdkException e) {
            outcome = outcome(e, deadline);
            throw Failures.of(settings.table(), e);
        } catch (RuntimeException e) {
            // A request that the SDK cuts off at the deadline may end with any exception of the JDK's connection.
            if (!deadline.isOver()) {
                throw e;
            }
            throw Failures.tooLate(e);
        } finally {
            breaker.tell(pass, outcome);
        }
    }

    private Breaker.Outcome outcome(SdkException failure, Deadline deadline) {
        if (failure instanceof SdkServiceException) {
            return Breaker.Outcome.ANSWERED;
        }
        // For a call that began with little time, a slow table cannot be distinguished from a silent one.
        return deadline.wasAmple(settings.budget()) ? Breaker.Outcome.SILENT : Breaker.Outcome.UNKNOWN;
    }

    /** One batch of reads by key: a single request, and further ones only for keys that DynamoDB left unprocessed. */
    record Batch(DynamoDbClient client, String table) {
        /** Returns the items in no particular order. */
        List<Map<String, AttributeValue>> get(
                Set<ItemKey> keys, RegistryStore.Consistency consistency, Deadline deadline) throws StoreUnavailable {
            List<Map<String, AttributeValue>> found = new ArrayList<>();
            Map<String, KeysAndAttributes> wanted = Map.of(
                    table,
                    KeysAndAttributes.builder()
                            .keys(keys.stream().map(Attributes::of).toList())
                            .consistentRead(consistency == RegistryStore.Consistency.STRONG)
                            .build());
            while (true) {
                BatchGetItemResponse answer = send(wanted, deadline);
                found.addAll(answer.responses().getOrDefault(table, List.of()));
                if (answer.unprocessedKeys().isEmpty()) {
                    return List.copyOf(found);
                }
                if (!deadline.permits()) {
                    throw Failures.throttled(table);
                }
                wanted = answer.unprocessedKeys();
                deadline.pause();
            }
        }

        private BatchGetItemResponse send(Map<String, KeysAndAttributes> wanted, Deadline deadline)
                throws StoreUnavailable {
            var bound = deadline.bound();
            return client.batchGetItem(request -> request.requestItems(wanted).overrideConfiguration(bound));
        }
    }

    /** A page of a partition. DynamoDB counts expired items in its pages, so a page may need several requests. */
    record Listing(DynamoDbClient client, String table, TableFormat format) {
        RegistryStore.Page page(
                String partition,
                Optional<String> after,
                int limit,
                RegistryStore.Consistency consistency,
                Instant now,
                Deadline deadline)
                throws StoreUnavailable {
            List<Item> items = new ArrayList<>();
            Optional<String> from = after;
            do {
                QueryResponse answer = send(partition, from, limit - items.size(), consistency, deadline);
                for (var attributes : answer.items()) {
                    Item item = Attributes.item(attributes, format);
                    if (!item.expired(now)) {
                        items.add(item);
                    }
                }
                from = answer.hasLastEvaluatedKey()
                        ? Optional.of(Attributes.sort(answer.lastEvaluatedKey()))
                        : Optional.empty();
            } while (from.isPresent() && items.size() < limit && deadline.permits());
            return new RegistryStore.Page(items, from);
        }

        private QueryResponse send(
                String partition,
                Optional<String> after,
                int limit,
                RegistryStore.Consistency consistency,
                Deadline deadline)
                throws StoreUnavailable {
            Map<String, AttributeValue> values = new HashMap<>(Map.of(":partition", Attributes.text(partition)));
            after.ifPresent(sort -> values.put(":after", Attributes.text(sort)));
            String condition = Attributes.PARTITION + " = :partition"
                    + (after.isPresent() ? " AND " + Attributes.SORT + " > :after" : "");
            var bound = deadline.bound();
            return client.query(request -> request.tableName(table)
                    .keyConditionExpression(condition)
                    .expressionAttributeValues(values)
                    .limit(limit)
                    .consistentRead(consistency == RegistryStore.Consistency.STRONG)
                    .overrideConfiguration(bound));
        }
    }
}
