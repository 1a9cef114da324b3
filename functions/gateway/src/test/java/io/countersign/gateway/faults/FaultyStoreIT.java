package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.registry.dynamodb.FaultyDynamo.Fault;
import io.countersign.registry.dynamodb.LocalDynamo;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DynamoDB is silent, refuses, throttles or talks garbage: nothing passes by it, every call is answered in time, and all is well when it is well. */
class FaultyStoreIT {
    /** The budget of a call to AWS, and what a busy machine adds. */
    private static final Duration ANSWER = Duration.ofSeconds(3 + 4);

    private static final int CLIENTS = 8;
    private static final Duration EACH = Duration.ofSeconds(4);

    @TempDir
    private Path directory;

    @Test
    void allowsNothingWhileTheStoreFails() throws Exception {
        try (FaultyDynamo dynamo = new FaultyDynamo(LocalDynamo.running().endpoint())) {
            Map<String, String> settings = new HashMap<>(StoreKind.DYNAMODB.settings());
            settings.put("countersign.dynamodb.endpoint", dynamo.endpoint().toString());
            settings.put("countersign.cache.ttl", "PT0.2S");
            new Installation(directory, settings).make();
            settings.put("countersign.aws.api-call-timeout", "PT3S");
            Installation installation = new Installation(directory, settings);
            try (PackagedGateway gateway = installation.serve();
                    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
                Verdicts verdicts = new Verdicts(new Calls(gateway.url()), ANSWER);
                for (Fault fault : List.of(Fault.HANG, Fault.FAIL, Fault.THROTTLE, Fault.GARBAGE, Fault.DENY)) {
                    dynamo.always(fault);
                    List<Future<Integer>> clients = new ArrayList<>();
                    Instant end = Instant.now().plus(EACH);
                    for (int i = 0; i < CLIENTS; i++) {
                        clients.add(threads.submit(() -> verdicts.unavailable(end)));
                    }
                    int unavailable = 0;
                    for (Future<Integer> client : clients) {
                        unavailable += client.get();
                    }
                    assertThat(unavailable).as(fault.name()).isPositive();
                    dynamo.always(Fault.PASS);
                    verdicts.areRightAgain();
                }
            }
        }
    }
}
