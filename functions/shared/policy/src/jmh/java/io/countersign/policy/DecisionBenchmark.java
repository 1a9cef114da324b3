package io.countersign.policy;

import io.countersign.oss.Acl;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of one decision, with policies of 1 to 1,000 statements. docs/adr/0027-policy-index.md cites it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class DecisionBenchmark {
    @Param({"1", "10", "20", "100", "1000"})
    private int statements;

    private final Conditions conditions = Conditions.builder()
            .tell(ConditionKey.SOURCE_IP, "192.0.2.1")
            .tell(ConditionKey.CURRENT_TIME, "2026-11-22T02:00:00Z")
            .secureTransport(Optional.of(true))
            .build();

    private Principal user = AuthorizerFixtures.ANONYMOUS;
    private Principal session = AuthorizerFixtures.ANONYMOUS;
    private Principal withVariables = AuthorizerFixtures.ANONYMOUS;
    private List<NeededRight> allowed = List.of();
    private List<NeededRight> refused = List.of();
    private List<NeededRight> prefix = List.of();

    @Setup
    public void writePolicies() throws IllFormedClaimException {
        user = AuthorizerFixtures.user(document(PolicyDocument.Kind.IDENTITY, "alice/album-"));
        session = AuthorizerFixtures.session(
                document(PolicyDocument.Kind.ROLE, "alice/album-"), document(PolicyDocument.Kind.SESSION, "alice/album-"));
        withVariables =
                AuthorizerFixtures.session(document(PolicyDocument.Kind.ROLE, "${jwt:sub}/album-").filled(Map.of("sub", "alice")));
        BucketFacts bucket = AuthorizerFixtures.bucket(Acl.PRIVATE);
        String folder = "alice/album-%04d/".formatted(statements - 1);
        allowed = List.of(AuthorizerFixtures.get(bucket, folder + "2026/11/22/photo-000123.jpg"));
        refused = List.of(AuthorizerFixtures.get(bucket, "bob/album-0000/2026/11/22/photo-000123.jpg"));
        prefix = List.of(AuthorizerFixtures.prefix("oss:GetObject", bucket, folder + "2026/"));
    }

    @Benchmark
    public Decision userIsAllowed() {
        return Authorizer.decide(user, allowed, conditions);
    }

    /** The same decision without the index. */
    @Benchmark
    public Decision userIsAllowedByAskingEveryStatement() {
        return LinearOracle.decide(user, allowed, conditions);
    }

    @Benchmark
    public Decision userIsRefused() {
        return Authorizer.decide(user, refused, conditions);
    }

    @Benchmark
    public Decision userIsAllowedAPrefix() {
        return Authorizer.decide(user, prefix, conditions);
    }

    @Benchmark
    public Decision sessionIsAllowed() {
        return Authorizer.decide(session, allowed, conditions);
    }

    /** The worst case of the index: the variable is at the beginning of the path, so it cannot distinguish the paths. */
    @Benchmark
    public Decision ownFoldersAreAllowed() {
        return Authorizer.decide(withVariables, allowed, conditions);
    }

    /** Each statement is about one folder. The request is for the last one, and every tenth statement is a Deny. */
    private PolicyDocument document(PolicyDocument.Kind kind, String folder) {
        return Documents.of(
                kind,
                IntStream.range(0, statements)
                        .mapToObj(i -> statement(i, "acs:oss:*:*:examplebucket/" + folder + "%04d/*".formatted(i)))
                        .toArray(String[]::new));
    }

    private static String statement(int index, String resource) {
        return index % 10 == 5
                ? Documents.statement(
                        "Deny", "oss:*", resource, ",'Condition':{'NotIpAddress':{'acs:SourceIp':'192.0.2.0/24'}}")
                : "{'Effect':'Allow','Action':['oss:GetObject','oss:Put*'],'Resource':'" + resource + "'}";
    }
}
