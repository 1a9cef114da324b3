package io.countersign.infra;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.events.EventBus;
import software.amazon.awscdk.services.events.EventPattern;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.ArnPrincipal;
import software.amazon.awscdk.services.iam.IPrincipal;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The event bus: its policy for senders, and the rules that route events to rotation. */
final class RotationEvents extends Construct {
    private static final String SOURCE = "countersign";
    private static final int RETRIES = 8;

    /** The events that senders may put on the bus for rotation; {@code events/in} has their schemas. */
    static final List<String> REQUESTS = List.of(
            "AccessKeyCompromised",
            "AccessKeyRotationRequested",
            "TokenKeyRotationRequested",
            "TokenKeyCompromised",
            "SubjectCompromised");

    private final EventBus bus;
    private final Queue undelivered;
    private final Map<String, Rule> rules = new HashMap<>();

    RotationEvents(Construct scope, String id, DeploymentSettings settings) {
        super(scope, id);
        bus = EventBus.Builder.create(this, "Bus").eventBusName("countersign").build();
        undelivered = Queue.Builder.create(this, "Undelivered")
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .retentionPeriod(Duration.days(14))
                .removalPolicy(RemovalPolicy.RETAIN)
                .build();
        if (!settings.senders().isEmpty()) {
            bus.addToResourcePolicy(senderPolicy(settings.senders()));
        }
    }

    EventBus bus() {
        return bus;
    }

    /** The dead-letter queue: events that were not delivered to rotation, and invocations of it that failed after all retries. */
    Queue undelivered() {
        return undelivered;
    }

    /** Routes events to rotation by one rule for each type, so that each can be watched and disabled separately. */
    void routeTo(CountersignFunction rotate) {
        for (String type : REQUESTS) {
            Rule rule = rule(type);
            rule.addTarget(target(rotate));
            rules.put(type, rule);
        }
        Rule.Builder.create(this, "EveryMinute")
                .description("Makes Countersign search for keys that are due")
                .schedule(Schedule.rate(Duration.minutes(1)))
                .targets(List.of(target(rotate)))
                .build();
        rotate.allow(PolicyStatement.Builder.create()
                .actions(List.of("events:PutEvents"))
                .resources(List.of(bus.getEventBusArn()))
                .conditions(Map.of("StringEquals", Map.of("events:source", SOURCE)))
                .build());
    }

    /** Returns the rule that routes events of this type to rotation; call {@link #routeTo} before. */
    Rule request(String type) {
        return Objects.requireNonNull(rules.get(type), type);
    }

    /** Creates a rule for the events of this type on the bus. */
    Rule rule(String type) {
        return Rule.Builder.create(this, type)
                .eventBus(bus)
                .eventPattern(EventPattern.builder()
                        .source(List.of(SOURCE))
                        .detailType(List.of(type))
                        .build())
                .build();
    }

    private LambdaFunction target(CountersignFunction rotate) {
        return LambdaFunction.Builder.create(rotate.function())
                .deadLetterQueue(undelivered)
                .maxEventAge(Duration.hours(6))
                .retryAttempts(RETRIES)
                .build();
    }

    private PolicyStatement senderPolicy(List<String> senders) {
        List<IPrincipal> principals =
                senders.stream().<IPrincipal>map(ArnPrincipal::new).toList();
        return PolicyStatement.Builder.create()
                .sid("WhoMayAsk")
                .principals(principals)
                .actions(List.of("events:PutEvents"))
                .resources(List.of(bus.getEventBusArn()))
                .conditions(Map.of("StringEquals", Map.of("events:source", SOURCE, "events:detail-type", REQUESTS)))
                .build();
    }
}
