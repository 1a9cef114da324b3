package io.countersign.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.gateway.cli.StoreKind;
import io.countersign.gateway.packaged.PackagedGateway;
import io.countersign.oss.Headers;
import io.countersign.oss.HttpMethod;
import io.countersign.oss.QueryParameters;
import io.countersign.oss.Target;
import io.countersign.registry.dynamodb.FaultyDynamo;
import io.countersign.registry.dynamodb.FaultyDynamo.Fault;
import io.countersign.registry.dynamodb.LocalDynamo;
import io.countersign.signing.SignatureVersion;
import io.countersign.signing.SigningKeys;
import io.countersign.signing.request.UrlSigner;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
                Calls calls = new Calls(gateway.url());
                for (Fault fault : List.of(Fault.HANG, Fault.FAIL, Fault.THROTTLE, Fault.GARBAGE, Fault.DENY)) {
                    dynamo.always(fault);
                    List<Future<Integer>> clients = new ArrayList<>();
                    Instant end = Instant.now().plus(EACH);
                    for (int i = 0; i < CLIENTS; i++) {
                        clients.add(threads.submit(() -> unavailable(calls, end)));
                    }
                    int unavailable = 0;
                    for (Future<Integer> client : clients) {
                        unavailable += client.get();
                    }
                    assertThat(unavailable).as(fault.name()).isPositive();
                    dynamo.always(Fault.PASS);
                    isWell(calls);
                }
            }
        }
    }

    /** How many calls were answered with 503; all others were right. */
    private static int unavailable(Calls calls, Instant end) throws Exception {
        String good = signed("a.jpg");
        String forged = good.replace("/a.jpg", "/b.jpg");
        int unavailable = 0;
        while (Instant.now().isBefore(end)) {
            long begun = System.nanoTime();
            int status = calls.auth(good).statusCode();
            assertThat(calls.auth(forged).statusCode()).isIn(403, 503);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(ANSWER.multipliedBy(2));
            assertThat(status).isIn(200, 503);
            unavailable += status == 503 ? 1 : 0;
        }
        return unavailable;
    }

    private static void isWell(Calls calls) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(15));
        while (calls.auth(signed("a.jpg")).statusCode() != 200) {
            assertThat(Instant.now()).isBefore(end);
            Thread.sleep(100);
        }
        assertThat(calls.health().statusCode()).isEqualTo(200);
    }

    private static String signed(String key) throws Exception {
        UrlSigner.UrlToSign url = new UrlSigner.UrlToSign(
                SignatureVersion.V4,
                HttpMethod.GET,
                Target.object(Installation.BUCKET, key),
                QueryParameters.NONE,
                Headers.NONE,
                Duration.ofMinutes(10),
                Optional.empty(),
                "cn-hangzhou");
        return "/" + key + "?"
                + new UrlSigner(new SigningKeys(1))
                        .sign(url, Installation.CALLER, Instant.now())
                        .query()
                        .encoded();
    }
}
