package io.countersign.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;

/**
 * One Lambda function.
 *
 * @param name its construct's
 * @param module whose {@code function.zip} it is
 * @param export which of the module's bindings it exports
 * @param uses what it does with the table
 * @param environment further settings
 * @param concurrency instances at once
 */
record FunctionSpec(
        String name,
        String module,
        String export,
        List<TableUse> uses,
        Map<String, String> environment,
        Duration timeout,
        int concurrency) {
    FunctionSpec {
        uses = List.copyOf(uses);
        environment = Map.copyOf(environment);
    }

    /** A function that somebody waits for. */
    static FunctionSpec ofRequests(String name, String module, String export, int concurrency, TableUse... uses) {
        return new FunctionSpec(name, module, export, List.of(uses), Map.of(), Duration.seconds(10), concurrency);
    }
}
