package io.countersign.lambda;

import io.countersign.json.JsonText;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Formats one line of JSON for each invocation. The line is the log's entry and carries the invocation's metrics: it has the embedded metric format (Amazon
 * CloudWatch User Guide, "Specification: Embedded metric format"). It holds no secret, token or URL.
 */
final class InvocationLine {
    private static final String NAMESPACE = "Countersign";
    /** The most values that the format allows one metric in a line. */
    private static final int MAX_VALUES = 100;

    private InvocationLine() {}

    static String of(Invocation invocation) {
        return JsonText.object(line -> {
            line.object("_aws", aws -> metadata(aws, invocation));
            line.put("function", invocation.function())
                    .put("face", invocation.endpoint())
                    .put("requestId", invocation.requestId())
                    .put("decision", invocation.outcome().decision().text())
                    .put("code", invocation.outcome().code())
                    .put("Decisions", 1)
                    .put("Duration", invocation.duration().toMillis())
                    .put("CacheHits", invocation.storeTimes().isEmpty() ? 1 : 0);
            if (!invocation.storeTimes().isEmpty()) {
                line.array("StoreLatency", times -> latencies(invocation).forEach(time -> times.add(time.toMillis())));
            }
            new TreeMap<>(invocation.counts()).forEach(line::put);
        });
    }

    private static void metadata(JsonText.ObjectWriter aws, Invocation invocation) {
        aws.put("Timestamp", invocation.at().toEpochMilli()).array("CloudWatchMetrics", directives -> {
            directive(
                    directives,
                    List.of("function", "decision", "code"),
                    metrics -> metric(metrics, "Decisions", "Count"));
            directive(directives, List.of("function"), metrics -> {
                metric(metrics, "Duration", "Milliseconds");
                metric(metrics, "CacheHits", "Count");
                if (!invocation.storeTimes().isEmpty()) {
                    metric(metrics, "StoreLatency", "Milliseconds");
                }
                new TreeMap<>(invocation.counts()).keySet().forEach(name -> metric(metrics, name, "Count"));
            });
        });
    }

    private static void directive(
            JsonText.ArrayWriter directives, List<String> dimensions, Consumer<JsonText.ArrayWriter> metrics) {
        directives.object(directive -> directive
                .put("Namespace", NAMESPACE)
                .array("Dimensions", sets -> sets.array(set -> dimensions.forEach(set::add)))
                .array("Metrics", metrics));
    }

    private static void metric(JsonText.ArrayWriter metrics, String name, String unit) {
        metrics.object(metric -> metric.put("Name", name).put("Unit", unit));
    }

    private static List<Duration> latencies(Invocation invocation) {
        List<Duration> times = invocation.storeTimes();
        return times.size() > MAX_VALUES ? times.subList(0, MAX_VALUES) : times;
    }

    /**
     * The facts of one invocation.
     *
     * @param function the function's name, such as {@code token}
     * @param endpoint the endpoint's path or the kind of event
     * @param storeTimes the duration of each call of the store; empty when the cache had every record
     * @param counts further metrics by name
     */
    public record Invocation(
            String function,
            String endpoint,
            String requestId,
            Instant at,
            Duration duration,
            InvocationOutcome outcome,
            List<Duration> storeTimes,
            Map<String, Integer> counts) {
        public Invocation {
            storeTimes = List.copyOf(storeTimes);
            counts = Map.copyOf(counts);
        }
    }

    /** Writes the line of each invocation. */
    static final class Log {
        private Log() {}

        /** Returns a log on standard output, which Lambda sends to CloudWatch line by line. It writes whole lines, because other threads may write too. */
        static Consumer<Invocation> standardOutput() {
            PrintStream out = System.out;
            return invocation -> {
                out.println(InvocationLine.of(invocation));
                out.flush();
            };
        }
    }
}
