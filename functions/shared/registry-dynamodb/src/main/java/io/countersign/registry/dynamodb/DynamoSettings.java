package io.countersign.registry.dynamodb;

import java.time.Duration;

/**
 * How the table is used.
 *
 * @param table its name
 * @param budget what one call of the store may take, with all attempts; below the time that the function itself has. 100 ms to 5 minutes
 */
public record DynamoSettings(String table, Duration budget) {
    /** Below the ten seconds that a request's clients commonly wait, and enough for several attempts. */
    public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(3);

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofMinutes(5);

    /** @throws IllegalArgumentException for a name that no table can have, or a budget out of bounds */
    public DynamoSettings {
        if (!table.matches("[A-Za-z0-9_.-]{3,255}")) {
            throw new IllegalArgumentException("a table's name has 3 to 255 of A-Z a-z 0-9 _ . -");
        }
        if (budget.compareTo(LEAST) < 0 || budget.compareTo(MOST) > 0) {
            throw new IllegalArgumentException("the budget is " + LEAST + " to " + MOST);
        }
    }
}
