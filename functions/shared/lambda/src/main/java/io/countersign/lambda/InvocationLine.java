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
 * One line of JSON for each invocation, which is the log's entry and CloudWatch's metrics in one: the embedded metric format (Amazon CloudWatch User Guide,
 * "Specification: Embedded metric format"). Nothing in it is a secret, a token or a URL.
 */
final class InvocationLine {
    private static final String NAMESPACE = "Countersign";
    /** Values that one metric may have in a line. */
    private static final int MOST_VALUES = 100;

    private InvocationLine() {}

    static String of(Invocation invocation) {
        return JsonText.object(line -> {
            line.object("_aws", aws -> metadata(aws, invocation));
            line.put("function", invocation.function())
                    .put("face", invocation.face())
                    .put("requestId", invocation.requestId())
                    .put("decision", invocation.outcome().decision())
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

    private static void metadata(JsonText.JsonObjectWriter aws, Invocation invocation) {
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
            JsonText.JsonArrayWriter directives,
            List<String> dimensions,
            java.util.function.Consumer<JsonText.JsonArrayWriter> metrics) {
        directives.object(directive -> directive
                .put("Namespace", NAMESPACE)
                .array("Dimensions", sets -> sets.array(set -> dimensions.forEach(set::add)))
                .array("Metrics", metrics));
    }

    private static void metric(JsonText.JsonArrayWriter metrics, String name, String unit) {
        metrics.object(metric -> metric.put("Name", name).put("Unit", unit));
    }

    private static List<Duration> latencies(Invocation invocation) {
        List<Duration> times = invocation.storeTimes();
        return times.size() > MOST_VALUES ? times.subList(0, MOST_VALUES) : times;
    }

    /**
     * What there is to say of one invocation.
     *
     * @param function its name, as {@code token}
     * @param face the path or the kind of event
     * @param storeTimes of each call of the store; none: everything was remembered
     * @param counts of what else was done, by name
     */
    public record Invocation(
            String function,
            String face,
            String requestId,
            Instant at,
            Duration duration,
            Outcome outcome,
            List<Duration> storeTimes,
            Map<String, Integer> counts) {
        public Invocation {
            storeTimes = List.copyOf(storeTimes);
            counts = Map.copyOf(counts);
        }
    }

    /** Where the line of each invocation goes. */
    static final class InvocationLog {
        private InvocationLog() {}

        /** Standard output, which Lambda sends to CloudWatch line by line. Whole lines only, as other threads may write too. */
        static Consumer<Invocation> standardOutput() {
            PrintStream out = System.out;
            return invocation -> {
                out.println(InvocationLine.of(invocation));
                out.flush();
            };
        }
    }
}
