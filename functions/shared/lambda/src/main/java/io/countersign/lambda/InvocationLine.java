package io.countersign.lambda;

import io.countersign.json.JsonArrayWriter;
import io.countersign.json.JsonObjectWriter;
import io.countersign.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;

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

    private static void metadata(JsonObjectWriter aws, Invocation invocation) {
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
            JsonArrayWriter directives, List<String> dimensions, java.util.function.Consumer<JsonArrayWriter> metrics) {
        directives.object(directive -> directive
                .put("Namespace", NAMESPACE)
                .array("Dimensions", sets -> sets.array(set -> dimensions.forEach(set::add)))
                .array("Metrics", metrics));
    }

    private static void metric(JsonArrayWriter metrics, String name, String unit) {
        metrics.object(metric -> metric.put("Name", name).put("Unit", unit));
    }

    private static List<Duration> latencies(Invocation invocation) {
        List<Duration> times = invocation.storeTimes();
        return times.size() > MOST_VALUES ? times.subList(0, MOST_VALUES) : times;
    }
}
