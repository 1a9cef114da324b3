package io.countersign.infra;

import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.targets.SnsTopic;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** The alarms that need an operator's attention, and the SNS topic that sends them. */
final class Alarms extends Construct {
    private static final Duration PERIOD = Duration.minutes(5);

    private final Topic topic;

    Alarms(Construct scope, String id, DeploymentSettings settings) {
        super(scope, id);
        Key key = Key.Builder.create(this, "Key")
                .description("Encrypts Countersign's alarms")
                .enableKeyRotation(true)
                .build();
        key.grantEncryptDecrypt(new ServicePrincipal("cloudwatch.amazonaws.com"));
        key.grantEncryptDecrypt(new ServicePrincipal("events.amazonaws.com"));
        topic = Topic.Builder.create(this, "Topic")
                .displayName("Countersign's alarms")
                .masterKey(key)
                .enforceSsl(true)
                .build();
        settings.alarmEmail().ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
    }

    /** Sends each event that the rule matches to the topic, unchanged: no event holds a secret. */
    void send(Rule rule) {
        rule.addTarget(new SnsTopic(topic));
    }

    /** Raises an alarm for one failed or throttled invocation in five minutes. */
    void watch(String name, Function function) {
        alarm(name + "Errors", "Invocations of " + name + " failed; its log has the reason", function.metricErrors());
        alarm(
                name + "Throttles",
                "Invocations of " + name + " were throttled; raise its concurrency, or find the senders",
                function.metricThrottles());
    }

    /** Raises an alarm for an event that the rule matches. */
    void watch(String name, String description, EventBus bus, Rule rule) {
        alarm(
                name,
                description,
                Metric.Builder.create()
                        .namespace("AWS/Events")
                        .metricName("MatchedEvents")
                        .dimensionsMap(Map.of("EventBusName", bus.getEventBusName(), "RuleName", rule.getRuleName()))
                        .statistic("Sum")
                        .period(PERIOD)
                        .build());
    }

    /** Raises an alarm for any message in the queue. */
    void watch(String name, Queue queue) {
        alarm(
                name,
                "Events were not carried out; read them from the queue, and send them again",
                queue.metricApproximateNumberOfMessagesVisible());
    }

    private void alarm(String name, String description, IMetric metric) {
        Alarm.Builder.create(this, name)
                .alarmDescription(description)
                .metric(metric)
                .threshold(1)
                .evaluationPeriods(1)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
                .treatMissingData(TreatMissingData.NOT_BREACHING)
                .build()
                .addAlarmAction(new SnsAction(topic));
    }
}
