package io.countersign.registry.dynamodb;

import io.countersign.registry.FormatItem;
import io.countersign.registry.store.Item;
import io.countersign.registry.store.StoreUnavailable;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Converts a table to this program's format while other processes use it. Each record gets its checksum under the
 * condition that it is unchanged. The format mark is written last, after a scan of the whole table found no record
 * without a checksum. An interrupted run leaves a table of the former format, which the next run scans again.
 */
public final class TableUpgrade {
    /** Records that a process of an earlier version writes meanwhile have no checksum. */
    private static final int MAX_SCANS = 5;

    private final DynamoDbClient client;
    private final String table;

    private TableUpgrade(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /**
     * Converts the table; one of this format is only checked for its mark.
     *
     * @throws StoreUnavailable when the table is of a newer format, cannot be read or written, or is still written by
     *     processes of an earlier version
     */
    public static void bringUp(DynamoDbClient client, String table) throws StoreUnavailable {
        try {
            new TableUpgrade(client, table).bringUp();
        } catch (SdkException e) {
            throw Failures.of(table, e);
        }
    }

    private void bringUp() throws StoreUnavailable {
        for (int look = 0; look < MAX_SCANS; look++) {
            if (!TableFormat.of(table, mark()).isOpen()) {
                return;
            }
            if (addChecksums() == 0) {
                putMark();
                return;
            }
        }
        throw new StoreUnavailable("the table " + table
                + " is still written by an earlier version of Countersign; stop its processes, then try again");
    }

    private Optional<Map<String, AttributeValue>> mark() {
        var answer = client.getItem(request ->
                request.tableName(table).key(Attributes.of(FormatItem.KEY)).consistentRead(true));
        return answer.hasItem() ? Optional.of(answer.item()) : Optional.empty();
    }

    /** @return the number of records that had none */
    private int addChecksums() throws StoreUnavailable {
        int without = 0;
        for (var attributes : client.scanPaginator(
                        request -> request.tableName(table).consistentRead(true))
                .items()) {
            if (!attributes.containsKey(Attributes.CHECKSUM)) {
                Item item = Attributes.item(attributes, TableFormat.WITHOUT_CHECKSUMS);
                Optional<String> payload = item.intact();
                if (payload.isPresent()) {
                    without++;
                    add(item, Item.Checksum.of(item.key(), item.version(), payload.get(), item.expiresAt()));
                }
            }
        }
        return without;
    }

    private void add(Item item, long checksum) {
        try {
            client.updateItem(request -> request.tableName(table)
                    .key(Attributes.of(item.key()))
                    .updateExpression("SET " + Attributes.CHECKSUM + " = :checksum")
                    .conditionExpression(
                            Attributes.VERSION + " = :version AND attribute_not_exists(" + Attributes.CHECKSUM + ")")
                    .expressionAttributeValues(Map.of(
                            ":checksum", Attributes.number(checksum), ":version", Attributes.number(item.version()))));
        } catch (ConditionalCheckFailedException e) {
            // Written meanwhile; the next scan checks it.
        }
    }

    private void putMark() {
        try {
            client.putItem(request -> request.tableName(table)
                    .item(Attributes.of(TableFormat.put(), 1))
                    .conditionExpression("attribute_not_exists(" + Attributes.PARTITION + ")"));
        } catch (ConditionalCheckFailedException e) {
            // Another process converted the table at the same time.
        }
    }
}
